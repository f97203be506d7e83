/** What this browser keeps between two loads of the page. A browser that keeps nothing is no fault. */

export function readKept<T>(storage: () => Storage, key: string, check: (value: unknown) => T | null): T | null {
  try {
    const text = storage().getItem(key);
    return text === null ? null : check(JSON.parse(text));
  } catch {
    return null;
  }
}

/** False where the browser would not keep it; `null` removes what was kept. */
export function keep(storage: () => Storage, key: string, value: unknown): boolean {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export const local = (): Storage => window.localStorage;
export const session = (): Storage => window.sessionStorage;
