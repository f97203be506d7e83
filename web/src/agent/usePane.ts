import { useCallback, useState } from "react";
import type { PaneName } from "./Panes";
import type { Spot } from "./quote";

export interface Place {
  /** The pane shown where there is room for one. */
  readonly pane: PaneName;
  readonly setPane: (pane: PaneName) => void;
  /** Where to look in the talk; a new object each time it is asked for. */
  readonly spot: Spot | null;
  readonly goTo: (spot: Spot) => void;
}

/** Where one looks: at the talk, and at the notes once the call is over, unless something else was chosen. */
export function usePane(ended: boolean): Place {
  const [chosen, setChosen] = useState<{ readonly pane: PaneName; readonly ended: boolean }>({ pane: "talk", ended });
  const [spot, setSpot] = useState<Spot | null>(null);
  const pane = chosen.ended === ended ? chosen.pane : ended ? "notes" : "talk";
  const setPane = useCallback((next: PaneName) => setChosen({ pane: next, ended }), [ended]);
  const goTo = useCallback(
    (place: Spot) => {
      setPane("talk");
      setSpot({ ...place });
    },
    [setPane],
  );
  return { pane, setPane, spot, goTo };
}
