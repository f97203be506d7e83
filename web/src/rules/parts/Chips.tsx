import Autosuggest from "@cloudscape-design/components/autosuggest";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Icon from "@cloudscape-design/components/icon";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import { useRef, useState, type ReactNode } from "react";
import { useFacts, useProblem } from "./context";

interface Props {
  readonly label: string;
  readonly place: string;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly hint?: string;
  readonly placeholder?: string;
  /** What may be chosen; anything else can be typed too. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly mono?: boolean;
}

/** Texts as chips: Enter adds one, pasted lines add several, a chip's words lead back into the field. */
export function Chips({ label, place, values, onChange, hint, placeholder, options, mono }: Props): ReactNode {
  const [typed, setTyped] = useState("");
  const field = useRef<InputProps.Ref>(null);
  const { problems } = useFacts();
  const problem = useProblem(place, true);
  const named = (value: string): string => options?.find((each) => each.value === value)?.label ?? value;
  const add = (text: string): void => {
    const fresh = text
      .split("\n")
      .map((each) => each.trim())
      .filter((each) => each !== "" && !values.includes(each));
    if (fresh.length > 0) onChange([...values, ...new Set(fresh)]);
    setTyped("");
  };
  const remove = (at: number): void => {
    onChange(values.filter((_, index) => index !== at));
    field.current?.focus();
  };
  const edit = (at: number): void => {
    setTyped(values[at] ?? "");
    remove(at);
  };
  return (
    <FormField label={label} constraintText={hint} errorText={problem} stretch>
      {values.length > 0 && (
        <ul className="chips" aria-label={label}>
          {values.map((value, at) => {
            const faulty = problems.some((each) => each.place === `${place}[${at}]`);
            return (
              <li key={value} className={faulty ? "chip faulty" : "chip"}>
                {options ? (
                  <span className="chip-words">{named(value)}</span>
                ) : (
                  <button
                    type="button"
                    className={mono ? "chip-words id" : "chip-words"}
                    onClick={() => edit(at)}
                    title="Change it"
                  >
                    {value}
                  </button>
                )}
                <button
                  type="button"
                  className="chip-remove"
                  aria-label={`Remove ${named(value)}`}
                  onClick={() => remove(at)}
                >
                  <Icon name="close" size="small" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {options ? (
        <Autosuggest
          ref={field}
          value={typed}
          options={options.filter(({ value }) => !values.includes(value)).map((each) => ({ ...each }))}
          enteredTextLabel={(text) => `Use ${text}`}
          placeholder={placeholder ?? "Choose, or type"}
          ariaLabel={`Add to ${label}`}
          expandToViewport
          empty="Nothing else to choose"
          onChange={({ detail }) => setTyped(detail.value)}
          onSelect={({ detail }) => add(detail.value)}
        />
      ) : (
        <div className="in-line">
          <div
            className="grow"
            onPaste={(event) => {
              const text = event.clipboardData.getData("text");
              if (!text.includes("\n")) return;
              event.preventDefault();
              add(`${typed}${text}`);
            }}
          >
            <Input
              ref={field}
              value={typed}
              placeholder={placeholder ?? ""}
              ariaLabel={`Add to ${label}`}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setTyped(detail.value)}
              onKeyDown={({ detail }) => {
                if (detail.key === "Enter") add(typed);
              }}
              onBlur={() => add(typed)}
            />
          </div>
          <Button onClick={() => add(typed)} disabled={typed.trim() === ""} ariaLabel={`Add to ${label}`}>
            Add
          </Button>
        </div>
      )}
    </FormField>
  );
}
