/** What a trial of rules says, as it is shown: cues beside the words that caused them. Pure. */

import type { RuleFiring, TriedRules } from "../api/rules";

export interface Row {
  readonly utteranceId: string;
  readonly role: "agent" | "customer";
  readonly atMs: number;
  /** The text in pieces; `caused` is what a rule acted on. */
  readonly pieces: readonly { readonly text: string; readonly caused: boolean }[];
  readonly firings: readonly RuleFiring[];
}

export interface Shown {
  readonly rows: readonly Row[];
  /** What nothing that was said caused, such as a silence. */
  readonly others: readonly RuleFiring[];
}

/** A trial row by row. Of one rule, its own firings alone mark words. */
export function shownTrial(tried: TriedRules, ruleId: string | null): Shown {
  const known = new Set(tried.turns.map(({ utteranceId }) => utteranceId));
  const causeOf = (firing: RuleFiring): string | null => {
    const last = firing.words.at(-1)?.utteranceId;
    return last !== undefined && known.has(last) ? last : null;
  };
  const rows = tried.turns.map((turn) => ({
    ...turn,
    pieces: pieces(
      turn.text,
      tried.firings
        .filter((firing) => ruleId === null || firing.ruleId === ruleId)
        .flatMap(({ words }) => words)
        .filter(({ utteranceId }) => utteranceId === turn.utteranceId),
    ),
    firings: tried.firings.filter((firing) => causeOf(firing) === turn.utteranceId),
  }));
  return { rows, others: tried.firings.filter((firing) => causeOf(firing) === null) };
}

/** Offsets are code points. */
function pieces(text: string, spans: readonly { readonly start: number; readonly end: number }[]): Row["pieces"] {
  const points = Array.from(text);
  const marked = points.map((_, at) => spans.some(({ start, end }) => at >= start && at < end));
  const found: { text: string; caused: boolean }[] = [];
  points.forEach((point, at) => {
    const caused = marked[at] === true;
    const last = found.at(-1);
    if (last?.caused === caused) last.text += point;
    else found.push({ text: point, caused });
  });
  return found;
}

const DOES: Readonly<Record<string, string>> = {
  hint: "Hint",
  warning: "Warning",
  praise: "Praise",
  alert: "Alert",
  tick: "Tick",
  lookup: "Look-up",
  tag: "Tag",
  disposition: "Outcome",
};

export const doesWords = (kind: string): string => DOES[kind] ?? kind;
