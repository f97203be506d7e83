import { useCallback, useEffect, useState } from "react";
import type { Version } from "./editor";

/**
 * Which profiles have a policy, and how to read them again; a list that cannot be read leaves the page with the profile
 * that is open. `ask` must stay the same for as long as the page is open.
 */
export function useProfiles<F>(
  ask: () => Promise<readonly Version<F>[]>,
): readonly [policies: readonly Version<F>[], read: () => void] {
  const [policies, setPolicies] = useState<readonly Version<F>[]>([]);
  const read = useCallback(() => {
    ask().then(setPolicies, () => undefined);
  }, [ask]);
  useEffect(read, [read]);
  return [policies, read];
}
