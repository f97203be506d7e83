import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { problemWords } from "./problems";
import type { Policy } from "./usePolicy";

/** In the place of a policy that is not there yet, or cannot be read. `meanwhile`: what that means for the calls. */
export function Missing<F>({ policy, meanwhile }: { policy: Policy<F>; meanwhile: string }): ReactNode {
  if (policy.problem === null) return <StatusIndicator type="loading">Reading the policy</StatusIndicator>;
  return (
    <Alert
      type="error"
      header="The policy cannot be shown"
      action={<Button onClick={policy.readAgain}>Try again</Button>}
    >
      {problemWords(policy.problem)} {meanwhile}
    </Alert>
  );
}
