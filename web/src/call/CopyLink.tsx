import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { useState, useSyncExternalStore, type ReactNode } from "react";
import { clock } from "../format/time";
import type { Hearing } from "../player/hearing";
import { momentPath } from "../player/link";
import { callPath, utterancePath } from "../shell/router";
import type { Utterance } from "./view";

interface Props {
  readonly callId: string;
  /** The utterance that has the focus, or had it last. */
  readonly place: Utterance | undefined;
  readonly hearing: Hearing | null;
}

interface Seen {
  readonly placeId: string | null;
  readonly playedMs: number;
  /** Which of the two changed last. */
  readonly last: "place" | "played" | null;
}

/** A link to the call: at where it was last gone to, in the recording or in the transcript. */
export function CopyLink({ callId, place, hearing }: Props): ReactNode {
  const playedMs = useSyncExternalStore(hearing?.subscribe ?? never, () => hearing?.snapshot().placeMs ?? 0);
  const placeId = place?.id ?? null;
  const [seen, setSeen] = useState<Seen>({ placeId: null, playedMs: 0, last: null });
  if (seen.placeId !== placeId || seen.playedMs !== playedMs) {
    const played = seen.playedMs !== playedMs && playedMs > 0;
    setSeen({ placeId, playedMs, last: played ? "played" : seen.placeId === placeId ? seen.last : "place" });
  }
  const target =
    seen.last === "played" && hearing
      ? { atMs: playedMs, path: momentPath(callId, playedMs) }
      : place && seen.last === "place"
        ? { atMs: place.startedMs, path: utterancePath(callId, place.id) }
        : null;
  const words = target ? `Copy link at ${clock(target.atMs)}` : "Copy link";
  return (
    <CopyToClipboard
      variant="button"
      copyButtonText={words}
      textToCopy={window.location.origin + (target?.path ?? callPath(callId))}
      copyButtonAriaLabel={target ? `${words} of this call` : "Copy link to this call"}
      copySuccessText="Copied: whoever may sign in here can open it"
      copyErrorText="Could not be copied"
    />
  );
}

const never = (): (() => void) => () => undefined;
