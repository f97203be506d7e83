import Alert from "@cloudscape-design/components/alert";
import type { ReactNode } from "react";
import { Moment } from "../shell/Moment";
import { DEFAULT_PROFILE } from "../shell/router";
import type { Standing } from "./editor";

/** As long as there are no accounts, the server names the token in the place of a person. */
const TOKEN = "access token";

/** Who and when; nothing for the built-in policy, which nobody published. */
export function By({ by, atMs }: { by: string | null; atMs: number | null }): ReactNode {
  if (by === null || atMs === null) return null;
  return (
    <>
      <Moment epochMs={atMs} />
      {by === TOKEN ? ", with the access token" : `, by ${by}`}
    </>
  );
}

/** What calls of this profile follow now. `builtIn`: what the policy says that nobody published. */
export function InForce({ inForce, builtIn }: { inForce: Standing<unknown>; builtIn: string }): ReactNode {
  const { profile, version, inherited, note, changedBy, changedAtMs } = inForce;
  if (inherited && profile !== DEFAULT_PROFILE) {
    return (
      <Alert type="info" header={`${profile} has no policy of its own`}>
        Its calls follow {DEFAULT_PROFILE}
        {version > 0 && `, version ${version}`}. Publish to give it its own, which then no longer changes with{" "}
        {DEFAULT_PROFILE}.
      </Alert>
    );
  }
  return (
    <div data-testid="in-force" data-version={version}>
      {version === 0 ? (
        `In force: the built-in policy. ${builtIn}`
      ) : (
        <>
          In force: <strong>version {version}</strong>{" "}
          <span className="soft">
            (<By by={changedBy} atMs={changedAtMs} />)
          </span>
          {note !== "" && <div className="soft break">{note}</div>}
        </>
      )}
    </div>
  );
}
