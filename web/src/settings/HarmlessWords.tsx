import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { withoutWord, withWords } from "./policy";
import { Label, type PartProps } from "./PolicyForm";

/** Words of the tenant's own that announce a number anybody may read. */
export function HarmlessWords({ policy, errors, disabled, isEdited, onChange }: PartProps): ReactNode {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLDivElement>(null);
  const fault = problem ?? errors.benignWords;
  useEffect(() => {
    // The server's word comes after the moment, and the words may reach below what is in view.
    if (fault !== undefined) field.current?.scrollIntoView({ block: "nearest" });
  }, [fault]);
  const add = (): void => {
    const next = withWords(policy, typed);
    setProblem(next.problem);
    if (next.problem !== null) return;
    setTyped("");
    if (next.policy.benignWords.length !== policy.benignWords.length) onChange(next.policy);
  };
  return (
    <div ref={field} className="scrolled-to">
      <FormField
        label={<Label text="Your own words for harmless numbers" edited={isEdited("benignWords")} />}
        description="A number that follows one of these may be read, such as a basket, a voucher, a gate."
        errorText={fault}
        stretch
      >
        <div className="in-line">
          <div className="grow">
            <Input
              value={typed}
              disabled={disabled}
              autoComplete={false}
              placeholder="basket"
              onChange={({ detail }) => {
                setTyped(detail.value);
                setProblem(null);
              }}
              onKeyDown={({ detail }) => {
                if (detail.key === "Enter") add();
              }}
            />
          </div>
          <Button onClick={add} disabled={disabled || typed.trim() === ""}>
            Add
          </Button>
        </div>
        <TokenGroup
          items={policy.benignWords.map((word) => ({ label: word, dismissLabel: `Remove ${word}`, disabled }))}
          onDismiss={({ detail }) => onChange(withoutWord(policy, policy.benignWords[detail.itemIndex] ?? ""))}
        />
      </FormField>
    </div>
  );
}
