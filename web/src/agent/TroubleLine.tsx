import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import type { ReactNode } from "react";
import type { Acts } from "./useActs";

/** What the server did not take, why, and what to do. */
export function TroubleLine({ acts: { trouble, dismiss } }: { readonly acts: Acts }): ReactNode {
  return (
    <div role="status">
      {trouble && (
        <Alert
          type="warning"
          dismissible
          i18nStrings={{ dismissAriaLabel: "Close" }}
          onDismiss={dismiss}
          action={<Button onClick={trouble.again}>Try again</Button>}
        >
          {trouble.what}. {trouble.why}
        </Alert>
      )}
    </div>
  );
}
