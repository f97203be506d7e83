import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { useApi } from "../api/context";
import type { PolicyVersion } from "../generated/rest";
import { useWide } from "../shell/useWide";
import { isOvertaken } from "./editor";
import { InForce } from "./InForce";
import { PolicyForm } from "./PolicyForm";
import { fieldErrors, problemWords } from "./problems";
import { ProfilePicker } from "./ProfilePicker";
import { PublishBar } from "./PublishBar";
import "./settings.css";
import { exampleTurns, type Turn } from "./trial";
import { TryOut } from "./TryOut";
import { usePolicy } from "./usePolicy";
import { useTrial } from "./useTrial";
import { Versions } from "./Versions";

/** What is hidden in transcripts: the policy of a profile, and a field to try it out. */
export function RedactionPage({ profile }: { profile: string }): ReactNode {
  const [policies, readPolicies] = usePolicies();
  const [turns, setTurns] = useState<readonly Turn[]>(exampleTurns);
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
    />
  );
}

/** Which profiles have a policy; a list that cannot be read leaves the page with the profile that is open. */
function usePolicies(): [readonly PolicyVersion[], () => void] {
  const api = useApi();
  const [policies, setPolicies] = useState<readonly PolicyVersion[]>([]);
  const read = useCallback(() => {
    api.policies().then(setPolicies, () => undefined);
  }, [api]);
  useEffect(read, [read]);
  return [policies, read];
}

interface Props {
  readonly profile: string;
  readonly policies: readonly PolicyVersion[];
  readonly onPublished: () => void;
  readonly turns: readonly Turn[];
  readonly onTurns: (turns: readonly Turn[]) => void;
}

function ProfilePolicy({ profile, policies, onPublished, turns, onTurns }: Props): ReactNode {
  const policy = usePolicy(profile, onPublished);
  const { editor } = policy;
  const trial = useTrial(editor?.draft.policy ?? null, turns);
  const wide = useWide(1100);

  const head = (
    <SpaceBetween size="s">
      <Header
        variant="h1"
        description="What is hidden in transcripts. A change takes effect on the next call; calls under way keep theirs."
      >
        Redaction
      </Header>
      <ProfilePicker profile={profile} policies={policies} />
    </SpaceBetween>
  );
  if (!editor) {
    return (
      <main className="settings-page">
        <div className="settings-body">
          <div className="settings-column">
            {head}
            {policy.problem === null ? (
              <Box padding={{ top: "l" }}>
                <StatusIndicator type="loading">Reading the policy</StatusIndicator>
              </Box>
            ) : (
              <Alert
                type="error"
                header="The policy cannot be shown"
                action={<Button onClick={policy.readAgain}>Try again</Button>}
              >
                {problemWords(policy.problem)} Calls go on under the policy that they began with.
              </Alert>
            )}
          </div>
        </div>
      </main>
    );
  }

  const errors = { ...fieldErrors(trial.problem), ...fieldErrors(policy.refused) };
  const form = (
    <SpaceBetween size="m">
      {head}
      <InForce inForce={editor.inForce} />
      <PolicyForm
        base={editor.draft.base}
        policy={editor.draft.policy}
        errors={errors}
        disabled={isOvertaken(editor)}
        onChange={policy.edit}
      />
    </SpaceBetween>
  );
  const tryOut = <TryOut trial={trial} turns={turns} onTurns={onTurns} error={errors.turns ?? null} />;
  const versions = <Versions editor={editor} versions={policy.versions} onRestore={policy.restore} />;
  return (
    <main className="settings-page">
      {wide ? (
        <div className="settings-body two">
          <div className="settings-column">
            <SpaceBetween size="m">
              {form}
              {versions}
            </SpaceBetween>
          </div>
          <div className="settings-column">{tryOut}</div>
        </div>
      ) : (
        <div className="settings-body">
          <div className="settings-column">
            <SpaceBetween size="m">
              {form}
              {tryOut}
              {versions}
            </SpaceBetween>
          </div>
        </div>
      )}
      <PublishBar policy={policy} editor={editor} noteError={errors.note ?? null} />
    </main>
  );
}
