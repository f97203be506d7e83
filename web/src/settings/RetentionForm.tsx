import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import type { RetentionFields } from "../generated/rest";
import { Label } from "./PolicyForm";
import { DAYS_MAX, KINDS, parsedDays, type DaysField, type Kind } from "./retention";

interface Props {
  readonly base: RetentionFields;
  readonly policy: RetentionFields;
  readonly errors: Readonly<Partial<Record<DaysField, string>>>;
  readonly disabled: boolean;
  readonly onChange: (policy: RetentionFields) => void;
}

/** Days, for each kind of data. */
export function RetentionForm({ base, policy, errors, disabled, onChange }: Props): ReactNode {
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2" description="Days after the call's end; 0: until the next night.">
          How long it is kept
        </Header>
      }
    >
      <SpaceBetween size="l">
        {KINDS.map((kind) => (
          <DaysInput
            key={kind.field}
            kind={kind}
            days={policy[kind.field]}
            edited={policy[kind.field] !== base[kind.field]}
            error={errors[kind.field] ?? null}
            disabled={disabled}
            onChange={(days) => onChange({ ...policy, [kind.field]: days })}
          />
        ))}
      </SpaceBetween>
    </Container>
  );
}

interface DaysProps {
  readonly kind: Kind;
  readonly days: number;
  readonly edited: boolean;
  readonly error: string | null;
  readonly disabled: boolean;
  readonly onChange: (days: number) => void;
}

function DaysInput({ kind, days, edited, error, disabled, onChange }: DaysProps): ReactNode {
  /** What stands in the field while it is no number of days. */
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed === null ? error : `A whole number of days, from 0 to ${DAYS_MAX}. Kept as it was: ${days}.`;
  return (
    <FormField
      label={<Label text={`${kind.label}, in days`} edited={edited} />}
      constraintText={kind.hint}
      errorText={wrong}
      stretch
    >
      <div className="days">
        <Input
          value={typed ?? String(days)}
          inputMode="numeric"
          autoComplete={false}
          disabled={disabled}
          ariaLabel={`${kind.label}, in days`}
          onChange={({ detail }) => {
            const found = parsedDays(detail.value);
            setTyped(found === null ? detail.value : null);
            if (found !== null) onChange(found);
          }}
          onBlur={() => setTyped(null)}
        />
      </div>
    </FormField>
  );
}
