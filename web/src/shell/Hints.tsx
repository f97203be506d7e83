import Button from "@cloudscape-design/components/button";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import Link from "@cloudscape-design/components/link";
import { useState, type ReactNode } from "react";
import { keep, local, readKept } from "./kept";
import { follow } from "./router";

const KEY = "cueline.hints-read";

interface Props {
  /** Where this call's agent looks at it. */
  readonly agentHref: string;
}

/** Three things to see in the demo, until they were read; no tour. */
export function Hints({ agentHref }: Props): ReactNode {
  const [read, setRead] = useState(() => readKept(local, KEY, (value) => (value === true ? true : null)) ?? false);
  if (read) return null;
  const hide = (): void => {
    setRead(true);
    keep(local, KEY, true);
  };
  return (
    <div className="hints small" role="note" aria-label="What to look at" data-testid="hints">
      <ul>
        <Hint icon="lock-private">Numbers and names are hidden before anything is stored.</Hint>
        <Hint icon="status-in-progress">The time beside a turn unfolds: where its delay came from.</Hint>
        <Hint icon="suggestions">
          See it as{" "}
          <Link href={agentHref} onFollow={follow} fontSize="body-s">
            its agent does
          </Link>
          : cues, checklist, answers.
        </Hint>
      </ul>
      <Button variant="inline-link" onClick={hide}>
        Got it
      </Button>
    </div>
  );
}

function Hint({ icon, children }: { readonly icon: IconProps.Name; readonly children: ReactNode }): ReactNode {
  return (
    <li>
      <Icon name={icon} size="small" />
      <span>{children}</span>
    </li>
  );
}
