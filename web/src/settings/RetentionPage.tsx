import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useApi } from "../api/context";
import type { RetentionFields, RetentionVersion } from "../generated/rest";
import { navigate, retentionPath } from "../shell/router";
import { useWide } from "../shell/useWide";
import { Deletions } from "./Deletions";
import { InForce } from "./InForce";
import { Missing } from "./Missing";
import { ProfilePicker } from "./ProfilePicker";
import { PublishBar } from "./PublishBar";
import { fault, retention, serverFault } from "./retention";
import { RetentionForm } from "./RetentionForm";
import "./settings.css";
import { TonightPanel } from "./TonightPanel";
import { usePolicy, type Source } from "./usePolicy";
import { useProfiles } from "./useProfiles";
import { useTonight } from "./useTonight";
import { Versions } from "./Versions";

/** How long data are kept: the policy of a profile, what goes tonight, and what went. */
export function RetentionPage({ profile }: { profile: string }): ReactNode {
  const api = useApi();
  const [policies, readPolicies] = useProfiles(api.retentionPolicies);
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
              <Missing policy={policy} meanwhile="What is in force stays in force." />
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
