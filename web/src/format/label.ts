/** A label of the product (`replace_card`) as people read it ("Replace card"). Pure. */
export function labelWords(label: string): string {
  const words = label.replace(/_/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
