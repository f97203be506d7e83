/** Keys of the agent's screen. Pure. */

export type Action =
  | "used"
  | "dismissed"
  | "mute"
  | "helpful"
  | "unhelpful"
  | "copyPassage"
  | "search"
  | "copyNotes"
  | "saveNotes"
  | "help";

export interface Press {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** The key is held down. */
  readonly repeat: boolean;
  /** The focus is where letters are typed or choose something: a field, a list, an open menu. */
  readonly typing: boolean;
}

const SINGLE: Readonly<Record<string, Action>> = {
  u: "used",
  d: "dismissed",
  m: "mute",
  y: "helpful",
  n: "unhelpful",
  c: "copyPassage",
  "/": "search",
  "?": "help",
};

export const KEY_WORDS: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: "U", does: "The cue was used" },
  { keys: "D", does: "Dismiss the cue" },
  { keys: "M", does: "Mute cues of this kind" },
  { keys: "Y", does: "The last cue helped" },
  { keys: "N", does: "The last cue did not help" },
  { keys: "C", does: "Copy the passage" },
  { keys: "/", does: "Search the knowledge" },
  { keys: "?", does: "Show these keys" },
  { keys: "↑ ↓", does: "Go through the transcript" },
  { keys: "H", does: "On an utterance: choose words to mask" },
  { keys: "Ctrl+Shift+C", does: "Copy all notes" },
  { keys: "Ctrl+S", does: "Save the notes" },
];

/** What a key means here. `single`: whether keys without Ctrl are wanted at all. */
export function actionOf(press: Press, single: boolean): Action | null {
  if (press.repeat || press.alt) return null;
  const key = press.key.toLowerCase();
  if (press.ctrl) {
    if (press.shift) return key === "c" ? "copyNotes" : null;
    return key === "s" ? "saveNotes" : null;
  }
  if (!single || press.typing || (press.shift && key !== "/" && key !== "?")) return null;
  return SINGLE[key] ?? null;
}
