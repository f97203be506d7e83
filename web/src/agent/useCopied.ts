import { useCallback, useEffect, useState } from "react";

const SHOWN_MS = 2000;

/** Puts a text on the clipboard and says for two seconds that it did; rejects where the browser does not let it. */
export function useCopied(): { copied: boolean; copy: (text: string) => Promise<unknown> } {
  const [count, setCount] = useState(0);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (count === 0) return undefined;
    const timer = window.setTimeout(() => setCopied(false), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [count]);
  const copy = useCallback(async (text: string) => {
    await writeText(text);
    setCopied(true);
    setCount((before) => before + 1);
  }, []);
  return { copied, copy };
}

/** Pages that came over plain HTTP from another machine have no clipboard interface: there the old command helps. */
async function writeText(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", put);
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a secure context
    if (!document.execCommand("copy")) throw new Error("The browser did not copy.");
  } finally {
    document.removeEventListener("copy", put);
  }
}
