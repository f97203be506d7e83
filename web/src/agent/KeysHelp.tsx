import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import Toggle from "@cloudscape-design/components/toggle";
import { type ReactNode } from "react";
import { KEY_WORDS } from "./keys";
import type { Keys } from "./useKeys";

/** The keys of this screen; those without Ctrl can be switched off, for who types with other means. */
export function KeysHelp({ keys }: { readonly keys: Keys }): ReactNode {
  const { single, setSingle, help, setHelp } = keys;
  return (
    <>
      <Button variant="icon" iconName="keyboard" ariaLabel="Keys of this screen" onClick={() => setHelp(true)} />
      <Modal visible={help} header="Keys" size="small" closeAriaLabel="Close" onDismiss={() => setHelp(false)}>
        <div className="keys-help">
          <dl>
            {KEY_WORDS.map(({ keys: names, does }) => (
              <div key={names}>
                <dt>
                  <kbd className="key">{names}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <Toggle checked={single} onChange={({ detail }) => setSingle(detail.checked)}>
            Single keys work
          </Toggle>
        </div>
      </Modal>
    </>
  );
}
