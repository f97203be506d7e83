import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useApi } from "../api/context";
import type { PolicyFields, PolicyVersion } from "../generated/rest";
import { navigate, redactionPath } from "../shell/router";
import { useWide } from "../shell/useWide";
import { redaction } from "./editor";
import { InForce } from "./InForce";
import { Missing } from "./Missing";
import { PolicyForm } from "./PolicyForm";
import { fieldErrors } from "./problems";
import { ProfilePicker } from "./ProfilePicker";
import { PublishBar } from "./PublishBar";
import "./settings.css";
import { exampleTurns, type Turn } from "./trial";
import { TryOut } from "./TryOut";
import { usePolicy, type Source } from "./usePolicy";
import { useProfiles } from "./useProfiles";
import { useTrial } from "./useTrial";
import { Versions } from "./Versions";

/** What is hidden in transcripts: the policy of a profile, and a field to try it out. */
export function RedactionPage({ profile }: { profile: string }): ReactNode {
  const api = useApi();
  const [policies, readPolicies] = useProfiles(api.policies);
  const [turns, setTurns] = useState<readonly Turn[]>(exampleTurns);
  const [picked, setPicked] = useState(false);
  const pick = (next: string): void => {
    setPicked(true);
    navigate(redactionPath(next));
  };
  useEffect(() => {
    document.title = "Redaction · Cueline";
  }, []);
  return (
    <ProfilePolicy
      key={profile}
      profile={profile}
      policies={policies}
      onPublished={readPolicies}
      turns={turns}
      onTurns={setTurns}
      picked={picked}
      onPick={pick}
    />
  );
}

interface Props {
  readonly profile: string;
  readonly policies: readonly PolicyVersion[];
  readonly onPublished: () => void;
  readonly turns: readonly Turn[];
  readonly onTurns: (turns: readonly Turn[]) => void;
  readonly picked: boolean;
  readonly onPick: (profile: string) => void;
}

function useSource(): Source<PolicyFields> {
  const api = useApi();
  return useMemo(
    () => ({
      key: "cueline.redaction.",
      editing: redaction,
      inForce: api.policy,
      versions: api.policyVersions,
      publish: api.publishPolicy,
    }),
    [api],
  );
}

function ProfilePolicy({ profile, policies, onPublished, turns, onTurns, picked, onPick }: Props): ReactNode {
  const policy = usePolicy(useSource(), profile, onPublished);
  const { editor } = policy;
  const trial = useTrial(editor?.draft.policy ?? null, turns);
  const wide = useWide(1100);

  const errors = { ...fieldErrors(trial.problem), ...fieldErrors(policy.refused) };
  const tryOut = editor && <TryOut trial={trial} turns={turns} onTurns={onTurns} error={errors.turns ?? null} />;
  return (
    <main className="settings-page">
      <div className={wide && editor ? "settings-body two" : "settings-body"}>
        <div className="settings-column">
          <SpaceBetween size="m">
            <Header
              variant="h1"
              description="What is hidden in transcripts. A change takes effect on the next call; calls under way keep theirs."
            >
              Redaction
            </Header>
            <ProfilePicker profile={profile} policies={policies} focused={picked} onPick={onPick} />
            {editor ? (
              <InForce inForce={editor.inForce} builtIn="Everything that can be hidden is." />
            ) : (
              <Missing policy={policy} meanwhile="Calls go on under the policy that they began with." />
            )}
            {editor && (
              <PolicyForm
                base={editor.draft.base}
                policy={editor.draft.policy}
                errors={errors}
                disabled={redaction.isOvertaken(editor)}
                onChange={policy.edit}
              />
            )}
            {!wide && tryOut}
            {editor && (
              <Versions editor={editor} editing={redaction} versions={policy.versions} onRestore={policy.restore} />
            )}
          </SpaceBetween>
        </div>
        {wide && tryOut && <div className="settings-column">{tryOut}</div>}
      </div>
      {editor && (
        <PublishBar
          policy={policy}
          editor={editor}
          editing={redaction}
          noteError={errors.note ?? null}
          effect="on the next call"
          atField={(error) => fieldErrors(error) !== null}
        />
      )}
    </main>
  );
}
