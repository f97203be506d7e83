import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Icon from "@cloudscape-design/components/icon";
import Multiselect from "@cloudscape-design/components/multiselect";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import Slider from "@cloudscape-design/components/slider";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useId, type ReactNode } from "react";
import type { PolicyFields } from "../generated/rest";
import { HarmlessWords } from "./HarmlessWords";
import {
  ALWAYS,
  DIGITS_MAX,
  DIGITS_MIN,
  digitsExample,
  GROUPS,
  isLanguage,
  LANGUAGES,
  type KindGroup,
  type Language,
} from "./kinds";
import { changes, hides, withHidden, withLanguages } from "./policy";
import type { FieldErrors } from "./problems";

export interface PartProps {
  readonly policy: PolicyFields;
  readonly errors: FieldErrors;
  readonly disabled: boolean;
  /** Whether a field or a switch differs from what the edits began from. */
  readonly isEdited: (id: string) => boolean;
  readonly onChange: (policy: PolicyFields) => void;
}

type Props = Omit<PartProps, "isEdited"> & { readonly base: PolicyFields };

/** Every choice of a policy. */
export function PolicyForm({ base, ...rest }: Props): ReactNode {
  const different = new Set<string>(changes(base, rest.policy).map((change) => change.id));
  const part = { ...rest, isEdited: (id: string) => different.has(id) };
  return (
    <SpaceBetween size="m">
      <Kinds {...part} />
      <Container header={<SectionHeader title="Numbers" />}>
        <SpaceBetween size="l">
          <MinimumDigits {...part} />
          <HarmlessWords {...part} />
          <MaskStyle {...part} />
        </SpaceBetween>
      </Container>
      <Container header={<SectionHeader title="Languages" text="Spoken in the calls of this profile." />}>
        <Languages {...part} />
      </Container>
    </SpaceBetween>
  );
}

function SectionHeader({ title, text }: { title: string; text?: string }): ReactNode {
  return (
    <Header variant="h3" headingTagOverride="h2" description={text}>
      {title}
    </Header>
  );
}

/** A label, and whether what it names was edited. */
export function Label({ text, edited }: { text: string; edited: boolean }): ReactNode {
  return (
    <>
      {text} {edited && <span className="edited">edited</span>}
    </>
  );
}

function Kinds(part: PartProps): ReactNode {
  return (
    <Container
      header={<SectionHeader title="What is hidden" text="Switched off, it stays readable to whoever sees the call." />}
    >
      <SpaceBetween size="m">
        <Always />
        {part.errors.off !== undefined && <FormField errorText={part.errors.off} />}
        {GROUPS.map((group) => (
          <Group key={group.id} group={group} {...part} />
        ))}
      </SpaceBetween>
    </Container>
  );
}

function Always(): ReactNode {
  const title = useId();
  return (
    <section className="always" aria-labelledby={title} data-testid="always">
      <h3 id={title} className="group-title">
        Card data and codes: always hidden
      </h3>
      <ul className="pills">
        {ALWAYS.map(({ kind, label }) => (
          <li key={kind} className="mask">
            <Icon name="lock-private" size="small" />
            {label}
          </li>
        ))}
      </ul>
      <p className="soft small tight">
        There is no switch for these. The rules for card payments (PCI DSS) forbid keeping them, and whoever reads a
        code or password can act as the caller. A number that nothing explains may be any of them, misheard.
      </p>
    </section>
  );
}

function Group({ group, policy, disabled, isEdited, onChange }: PartProps & { group: KindGroup }): ReactNode {
  const title = useId();
  return (
    <section aria-labelledby={title} role="group">
      <h3 id={title} className="group-title">
        {group.title}
      </h3>
      <div className="switches">
        {group.kinds.map(({ kind, label, hint }) => {
          const hidden = hides(policy, kind);
          return (
            <Toggle
              key={kind}
              checked={hidden}
              disabled={disabled}
              onChange={({ detail }) => onChange(withHidden(policy, kind, detail.checked))}
              data-kind={kind}
              description={hint}
            >
              {label} <State hidden={hidden} edited={isEdited(kind)} />
            </Toggle>
          );
        })}
      </div>
    </section>
  );
}

/** What a switch says, where it is not the usual "hidden", or where it says something new. */
function State({ hidden, edited }: { hidden: boolean; edited: boolean }): ReactNode {
  if (edited) return <span className="edited">now {hidden ? "hidden" : "readable"}</span>;
  return !hidden && <span className="readable">readable</span>;
}

function MinimumDigits({ policy, errors, disabled, isEdited, onChange }: PartProps): ReactNode {
  const { readable, hidden } = digitsExample(policy.minimumDigits);
  return (
    <FormField
      label={
        <Label
          text={`Unexplained numbers are hidden from ${policy.minimumDigits} digits on`}
          edited={isEdited("minimumDigits")}
        />
      }
      errorText={errors.minimumDigits}
      stretch
      constraintText={
        <>
          “{readable}” stays readable, “{hidden}” is hidden. It counts for numbers that nobody asked for or announced;
          what is recognised, such as a card number, is hidden however short. Higher hides less.
        </>
      }
    >
      <div className="digits">
        <Slider
          value={policy.minimumDigits}
          min={DIGITS_MIN}
          max={DIGITS_MAX}
          step={1}
          tickMarks
          disabled={disabled}
          valueFormatter={(value) => `${value} digits`}
          onChange={({ detail }) => onChange({ ...policy, minimumDigits: detail.value })}
        />
      </div>
    </FormField>
  );
}

function MaskStyle({ policy, errors, disabled, isEdited, onChange }: PartProps): ReactNode {
  return (
    <FormField
      label={<Label text="A card number is shown as" edited={isEdited("maskStyle")} />}
      errorText={errors.maskStyle}
      stretch
    >
      <RadioGroup
        value={policy.maskStyle}
        onChange={({ detail }) => onChange({ ...policy, maskStyle: detail.value === "type" ? "type" : "last_four" })}
        items={[
          { value: "type", disabled, label: <Pill text="card number hidden" />, description: "No digit is kept." },
          {
            value: "last_four",
            disabled,
            label: <Pill text="card number ending 1111" />,
            description: "The last four digits, where the whole number was heard and its check digit is right.",
          },
        ]}
      />
    </FormField>
  );
}

function Pill({ text }: { text: string }): ReactNode {
  return (
    <span className="mask">
      <Icon name="lock-private" size="small" />
      {text}
    </span>
  );
}

function Languages({ policy, errors, disabled, isEdited, onChange }: PartProps): ReactNode {
  const usual = policy.languages[0] ?? "en";
  const also = policy.languages.slice(1);
  const option = (language: Language): { value: string; label: string } => ({
    value: language,
    label: LANGUAGES[language],
  });
  const all = Object.keys(LANGUAGES).filter(isLanguage);
  return (
    <div className="halves">
      <FormField label={<Label text="Usually" edited={isEdited("languages")} />} errorText={errors.languages} stretch>
        <Select
          selectedOption={option(usual)}
          options={all.map(option)}
          disabled={disabled}
          onChange={({ detail }) => {
            const chosen = detail.selectedOption.value;
            if (isLanguage(chosen)) onChange(withLanguages(policy, chosen, also));
          }}
        />
      </FormField>
      <FormField label="Also spoken" stretch>
        <Multiselect
          selectedOptions={also.map(option)}
          options={all.filter((language) => language !== usual).map(option)}
          disabled={disabled}
          placeholder="None"
          deselectAriaLabel={({ label }) => `Remove ${label ?? ""}`}
          onChange={({ detail }) => {
            const chosen = detail.selectedOptions.map((each) => each.value).filter(isLanguage);
            onChange(withLanguages(policy, usual, chosen));
          }}
        />
      </FormField>
    </div>
  );
}
