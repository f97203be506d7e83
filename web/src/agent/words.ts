/** What the agent's screen calls things. Pure. */

import type { IconProps } from "@cloudscape-design/components/icon";
import type { Standing } from "./checklist";
import type { Cue, Mute, Parting } from "./desk";

export interface KindWords {
  readonly word: string;
  readonly icon: IconProps.Name;
}

/** Icon and word together: colour alone tells nobody anything. */
export const KINDS: Readonly<Record<Cue["cueKind"], KindWords>> = {
  warning: { word: "Warning", icon: "status-warning" },
  hint: { word: "Hint", icon: "suggestions" },
  praise: { word: "Well done", icon: "thumbs-up" },
  knowledge: { word: "Answer found", icon: "file" },
};

const KIND_PLURALS: Readonly<Record<Cue["cueKind"], string>> = {
  warning: "Warnings",
  hint: "Hints",
  praise: "Praise",
  knowledge: "Answers found",
};

export const PARTINGS: Readonly<Record<Parting, string>> = {
  settled: "Done, no longer needed",
  contradicted: "Not needed: it was heard otherwise",
  replaced: "A newer one takes its place",
  expired: "Its time has passed",
};

export const STANDINGS: Readonly<Record<Standing, string>> = {
  done: "Done",
  now: "Now",
  later: "Later",
  missed: "Missed",
};

export function muteWords(mute: Mute): string {
  return mute.of === "kind" ? KIND_PLURALS[mute.kind] : `“${mute.text}”`;
}

/** What muting this cue would do. */
export function muteTitle(cue: Cue): string {
  return cue.cueKind === "warning"
    ? "Do not show this warning again in this call"
    : `No more of these in this call: ${KIND_PLURALS[cue.cueKind].toLowerCase()}`;
}
