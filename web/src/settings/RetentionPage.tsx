import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { useApi } from "../api/context";
import type { RetentionFields, RetentionVersion } from "../generated/rest";
import { navigate, retentionPath } from "../shell/router";
import { useWide } from "../shell/useWide";
import { Deletions } from "./Deletions";
import { InForce } from "./InForce";
import { problemWords } from "./problems";
import { ProfilePicker } from "./ProfilePicker";
import { PublishBar } from "./PublishBar";
import { fault, retention, serverFault } from "./retention";
import { RetentionForm } from "./RetentionForm";
import "./settings.css";
import { TonightPanel } from "./TonightPanel";
import { usePolicy, type Policy, type Source } from "./usePolicy";
import { useTonight } from "./useTonight";
import { Versions } from "./Versions";

/** How long data are kept: the policy of a profile, what goes tonight, and what went. */
export function RetentionPage({ profile }: { profile: string }): ReactNode {
  const [policies, readPolicies] = usePolicies();
  const [picked, setPicked] = useState(false);
  const pick = (next: string): void => {
    setPicked(true);
    navigate(retentionPath(next));
  };
  useEffect(() => {
    document.title = "Retention · Cueline";
  }, []);
  return (
    <ProfileRetention
      key={profile}
      profile={profile}
      policies={policies}
      onPublished={readPolicies}
      picked={picked}
      onPick={pick}
    />
  );
}

/** Which profiles have a policy; a list that cannot be read leaves the page with the profile that is open. */
function usePolicies(): [readonly RetentionVersion[], () => void] {
  const api = useApi();
  const [policies, setPolicies] = useState<readonly RetentionVersion[]>([]);
  const read = useCallback(() => {
    api.retentionPolicies().then(setPolicies, () => undefined);
  }, [api]);
  useEffect(read, [read]);
  return [policies, read];
}

function useSource(): Source<RetentionFields> {
  const api = useApi();
  return useMemo(
    () => ({
      key: "cueline.retention.",
      editing: retention,
      inForce: api.retention,
      versions: api.retentionVersions,
      publish: api.publishRetention,
    }),
    [api],
  );
}

interface Props {
  readonly profile: string;
  readonly policies: readonly RetentionVersion[];
  readonly onPublished: () => void;
  readonly picked: boolean;
  readonly onPick: (profile: string) => void;
}

function ProfileRetention({ profile, policies, onPublished, picked, onPick }: Props): ReactNode {
  const policy = usePolicy(useSource(), profile, onPublished);
  const { editor } = policy;
  const wrong = editor && fault(editor.draft.policy);
  const tonight = useTonight(profile, editor && wrong === null ? editor.draft.policy : null, policy.publishedVersion);
  const wide = useWide(1100);
  const refused = serverFault(policy.refused);
  const beside = editor && (
    <SpaceBetween size="m">
      <TonightPanel tonight={tonight} edited={retention.isEdited(editor)} />
      <Deletions />
    </SpaceBetween>
  );
  return (
    <main className="settings-page">
      <div className={wide && editor ? "settings-body two" : "settings-body"}>
        <div className="settings-column">
          <SpaceBetween size="m">
            <Header
              variant="h1"
              description="For how long after its end what is known of a call is kept. A change counts for calls of the past too."
            >
              Retention
            </Header>
            <ProfilePicker profile={profile} policies={policies} focused={picked} onPick={onPick} />
            {editor ? (
              <InForce inForce={editor.inForce} builtIn="Audio 90 days, text 365, metrics 1,095." />
            ) : (
              <Missing policy={policy} />
            )}
            {editor && (
              <RetentionForm
                base={editor.draft.base}
                policy={editor.draft.policy}
                errors={{
                  ...(wrong === null ? {} : { metricsDays: wrong }),
                  ...(refused ? { [refused.field]: refused.words } : {}),
                }}
                disabled={retention.isOvertaken(editor)}
                onChange={policy.edit}
              />
            )}
            {!wide && beside}
            {editor && (
              <Versions editor={editor} editing={retention} versions={policy.versions} onRestore={policy.restore} />
            )}
          </SpaceBetween>
        </div>
        {wide && beside && <div className="settings-column">{beside}</div>}
      </div>
      {editor && (
        <PublishBar
          policy={policy}
          editor={editor}
          editing={retention}
          noteError={refused?.field === "note" ? refused.words : null}
          effect="in the coming night"
          atField={(error) => serverFault(error) !== null}
        />
      )}
    </main>
  );
}

function Missing({ policy }: { policy: Policy<RetentionFields> }): ReactNode {
  if (policy.problem === null) return <StatusIndicator type="loading">Reading the policy</StatusIndicator>;
  return (
    <Alert
      type="error"
      header="The policy cannot be shown"
      action={<Button onClick={policy.readAgain}>Try again</Button>}
    >
      {problemWords(policy.problem)} What is in force stays in force.
    </Alert>
  );
}
