import Button from "@cloudscape-design/components/button";
import Popover from "@cloudscape-design/components/popover";
import Toggle from "@cloudscape-design/components/toggle";
import { type ReactNode } from "react";
import { KEY_WORDS } from "./keys";

/** The keys of this screen; those without Ctrl can be switched off, for who types with other means. */
export function KeysHelp({
  on,
  onChange,
}: {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}): ReactNode {
  return (
    <Popover
      header="Keys"
      triggerType="custom"
      position="bottom"
      size="medium"
      dismissAriaLabel="Close"
      content={
        <div className="keys-help">
          <dl>
            {KEY_WORDS.map(({ keys, does }) => (
              <div key={keys}>
                <dt>
                  <kbd className="key">{keys}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <Toggle checked={on} onChange={({ detail }) => onChange(detail.checked)}>
            Single keys work
          </Toggle>
        </div>
      }
    >
      <Button variant="icon" iconName="keyboard" ariaLabel="Keys of this screen" />
    </Popover>
  );
}
