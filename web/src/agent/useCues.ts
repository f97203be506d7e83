import { useApi } from "../api/context";
import type { CallView } from "../call/view";
import type { Cue, Mute, Rating } from "./desk";
import type { DeskState } from "./deskStore";
import type { Acts } from "./useActs";
import { useDesk } from "./useDesk";

export interface Cues {
  readonly state: DeskState;
  /** The cue that a key pressed now is for. */
  readonly current: () => Cue | null;
  /** These say whether there was anything to do. */
  readonly answer: (cue: Cue | null, given: "used" | "dismissed") => boolean;
  readonly mute: (cue: Cue | null) => boolean;
  readonly rate: (rating: Rating) => boolean;
  readonly unmute: (mute: Mute) => void;
}

interface Wanted {
  readonly callId: string;
  readonly by: string;
  readonly view: CallView;
  readonly loaded: boolean;
  readonly act: Acts["act"];
  /** A cue that shows a passage was used. */
  readonly onPassage: () => void;
}

/** The cues of a call and what the agent makes of them: seen here at once, and told to the server. */
export function useCues({ callId, by, view, loaded, act, onPassage }: Wanted): Cues {
  const api = useApi();
  const { state, desk } = useDesk(callId, view, loaded);
  const tell = (cue: Cue, given: Parameters<typeof api.answerCue>[2], lost: string): void =>
    void act(lost, () => api.answerCue(callId, cue.cueId, given, by));
  return {
    state,
    current: () => desk.answerable(),
    answer: (cue, given) => {
      if (!cue) return false;
      desk.answer(cue);
      tell(cue, given, `That the cue was ${given} was not saved`);
      if (given === "used" && cue.cueKind === "knowledge") onPassage();
      return true;
    },
    mute: (cue) => {
      if (!cue) return false;
      desk.mute(cue);
      tell(cue, "dismissed", "That the cue was dismissed was not saved");
      return true;
    },
    rate: (rating) => {
      const cue = desk.rate(rating);
      if (cue) tell(cue, rating, "Whether the cue helped was not saved");
      return cue !== null;
    },
    unmute: (mute) => desk.unmute(mute),
  };
}
