import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import type { ApiError } from "../api/client";
import { follow } from "../shell/router";

/** Instead of a call that is not known here, or that the server does not show. */
export function NoCall({ problem }: { problem: ApiError }): ReactNode {
  const unknown = problem.status === 404;
  return (
    <main className="full-page">
      <Box variant="h1">{unknown ? "This call is not known here" : "This call cannot be shown"}</Box>
      <Box variant="p" color="text-body-secondary">
        {unknown
          ? "It may have been deleted, or the address may be incomplete."
          : `${problem.title}. ${problem.detail}`}
      </Box>
      <Link href="/" onFollow={follow}>
        See all calls
      </Link>
    </main>
  );
}
