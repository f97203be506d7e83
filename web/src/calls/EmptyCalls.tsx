import Box from "@cloudscape-design/components/box";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

/** What to do when there is no call yet. */
export function EmptyCalls({ demo }: { demo: boolean }): ReactNode {
  return (
    <div className="empty" data-testid="no-calls">
      <Box variant="h2" padding={{ bottom: "xxs" }}>
        No calls yet
      </Box>
      {demo ? (
        <Box color="text-body-secondary">The demo call is about to begin. It opens here by itself.</Box>
      ) : (
        <SpaceBetween size="m">
          <Step title="See it work" text="Plays two sample calls through the whole path. It needs no account.">
            <Command text="cueline up --demo" />
          </Step>
          <Step
            title="Connect your contact centre"
            text="In the contact flow, start media streaming, then let the Cueline function report the call to"
          >
            <Command text={`POST ${window.location.origin}/v1/calls`} />
          </Step>
        </SpaceBetween>
      )}
    </div>
  );
}

function Step({ title, text, children }: { title: string; text: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <Box fontWeight="bold">{title}</Box>
      <Box color="text-body-secondary" padding={{ bottom: "xxs" }}>
        {text}
      </Box>
      {children}
    </div>
  );
}

function Command({ text }: { text: string }): ReactNode {
  return (
    <span className="command">
      <CopyToClipboard
        variant="inline"
        textToCopy={text}
        textToDisplay={text}
        copyButtonAriaLabel={`Copy ${text}`}
        copySuccessText="Copied"
        copyErrorText="Could not be copied"
      />
    </span>
  );
}
