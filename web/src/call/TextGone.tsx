import Alert from "@cloudscape-design/components/alert";
import type { ReactNode } from "react";
import { absolute } from "../format/time";

/** Where the words were. */
export function TextGone({ atMs }: { atMs: number }): ReactNode {
  return (
    <div data-testid="text-gone">
      <Alert type="info" header={`The words of this call were deleted on ${absolute(atMs)}`}>
        Its retention policy says so. Times and figures are kept for longer.
      </Alert>
    </div>
  );
}
