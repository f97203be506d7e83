import type { ReactNode } from "react";

/** The key that does the same. */
export function Key({ name }: { readonly name: string }): ReactNode {
  return (
    <kbd className="key" aria-hidden="true">
      {name}
    </kbd>
  );
}
