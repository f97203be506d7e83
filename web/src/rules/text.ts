/** A rule set's document as text (YAML, of which JSON is a part), and places in it as lines. Pure. */

import { Document, isCollection, isNode, LineCounter, parseDocument, visit } from "yaml";
import type { RuleDocument, RuleProblem } from "../api/rules";

export const TEXT_MAX = 400_000;

export type Parsed =
  | { readonly document: RuleDocument; readonly fault: null }
  | { readonly document: null; readonly fault: PlacedProblem };

/** A problem with its line in the text, from 1; null where it is all of the text. */
export interface PlacedProblem extends RuleProblem {
  readonly line: number | null;
}

export const STYLE = { lineWidth: 100, indentSeq: true, flowCollectionPadding: false } as const;
/** What fits into so many characters stands on one line. */
const SHORT = 72;

/** As people write rules: short lists and maps on one line, everything else below each other. */
export function written(document: RuleDocument): string {
  // The set itself and its lists stay open, whatever their size.
  return folded(document, 2);
}

/** One object of a document, as it stands in it: open, with what is short in it on one line. */
export const writtenPart = (part: RuleDocument): string => folded(part, 1);

function folded(value: RuleDocument, open: number): string {
  const tree = new Document(value, { aliasDuplicateObjects: false });
  visit(tree, {
    Collection: (_, node, path) => {
      if (path.filter(isCollection).length < open) return undefined;
      node.flow = JSON.stringify(node.toJSON()).length <= SHORT;
      return node.flow ? visit.SKIP : undefined;
    },
  });
  return tree.toString(STYLE);
}

interface Read {
  readonly tree: Document;
  readonly lines: LineCounter;
}

function read(text: string): Read {
  const lines = new LineCounter();
  return { tree: parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true }), lines };
}

export function parsed(text: string): Parsed {
  if (text.length > TEXT_MAX) return faulty(null, `It is too long: at most ${TEXT_MAX} characters`);
  const { tree, lines } = read(text);
  const error = tree.errors[0];
  if (error) return faulty(lines.linePos(error.pos[0]).line, `This cannot be read: ${firstSentence(error.message)}`);
  let value: unknown;
  try {
    value = tree.toJS({ maxAliasCount: 100 });
  } catch {
    return faulty(null, "It refers to itself too often");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return faulty(1, "A rule set begins with its name, as in: name: banking");
  }
  return { document: value as RuleDocument, fault: null };
}

const faulty = (line: number | null, message: string): Parsed => ({
  document: null,
  fault: { place: "", message, line },
});

const firstSentence = (message: string): string => message.split("\n")[0]?.trim() ?? message;

/** Whether it has comments. Nothing else of YAML begins with # after a space or at a line's start, but long texts. */
export const hasComments = (text: string): boolean => /(^|\s)#/m.test(text);

/** Problems with the lines of their places, from top to bottom. */
export function placed(text: string, problems: readonly RuleProblem[]): PlacedProblem[] {
  if (problems.length === 0) return [];
  const found = read(text);
  return problems
    .map((problem) => ({ ...problem, line: lineOf(found, pathOf(problem.place)) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** `rules[3].when.of[1]` as keys and numbers. */
export function pathOf(place: string): (string | number)[] {
  return [...place.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, number]) =>
    number === undefined ? (name ?? "") : Number(number),
  );
}

/** The line of a place; of what it stands in where the place itself is not there, as a key that is missing. */
function lineOf({ tree, lines }: Read, path: readonly (string | number)[]): number | null {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = tree.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}

/** Where a line begins and ends in the text, to select it. Lines count from 1. */
export function spanOfLine(text: string, line: number): { readonly start: number; readonly end: number } {
  const all = text.split("\n");
  const start = all.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return { start, end: start + (all[line - 1]?.length ?? 0) };
}
