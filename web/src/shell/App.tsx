import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import TopNavigation from "@cloudscape-design/components/top-navigation";
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from "react";
import { AgentPage } from "../agent/AgentPage";
import { restApi } from "../api/client";
import { ApiContext } from "../api/context";
import { CallPage } from "../call/CallPage";
import { CallsPage } from "../calls/CallsPage";
import { FloorPage } from "../floor/FloorPage";
import type { SystemFacts } from "../generated/rest";
import { KnowledgePage } from "../knowledge/KnowledgePage";
import { PeoplePage } from "../people/PeoplePage";
import { RulesPage } from "../rules/RulesPage";
import { CheckPage } from "../settings/CheckPage";
import { RedactionPage } from "../settings/RedactionPage";
import { RetentionPage } from "../settings/RetentionPage";
import logo from "./logo.svg";
import {
  agentPath,
  CHECK_PATH,
  FLOOR_PATH,
  follow,
  navigate,
  KNOWLEDGE_PATH,
  PEOPLE_PATH,
  redactionPath,
  retentionPath,
  rulesPath,
  useRoute,
} from "./router";
import { setTheme, useTheme, type Theme } from "./theme";

/** Read when it is wanted: only who edits rules needs what reads YAML. */
const RuleSetPage = lazy(async () => ({ default: (await import("../rules/RuleSetPage")).RuleSetPage }));

export function App(): ReactNode {
  const [signedOut, setSignedOut] = useState(false);
  const [system, setSystem] = useState<SystemFacts | null>(null);
  const api = useMemo(() => restApi(() => setSignedOut(true)), []);
  const route = useRoute();

  useEffect(() => {
    let gone = false;
    let timer = 0;
    const read = (): void => {
      api.system().then(
        (info) => {
          if (!gone) setSystem(info);
        },
        () => {
          if (!gone) timer = window.setTimeout(read, 3000);
        },
      );
    };
    read();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [api]);

  if (signedOut) return <SignedOut />;
  return (
    <ApiContext value={api}>
      <div className="app">
        <TopBar version={system?.version ?? null} />
        {route.page === "calls" && <CallsPage system={system} />}
        {route.page === "call" && <CallPage key={route.callId} callId={route.callId} hints={system?.demo ?? false} />}
        {route.page === "agent" && <AgentPage callId={route.callId} />}
        {route.page === "floor" && <FloorPage />}
        {route.page === "people" && <PeoplePage />}
        {route.page === "knowledge" && <KnowledgePage />}
        {route.page === "rules" && route.name === null && <RulesPage />}
        {route.page === "rules" && route.name !== null && (
          <Suspense>
            <RuleSetPage key={route.name} name={route.name} />
          </Suspense>
        )}
        {route.page === "redaction" && <RedactionPage profile={route.profile} />}
        {route.page === "retention" && <RetentionPage profile={route.profile} />}
        {route.page === "check" && <CheckPage />}
        {route.page === "unknown" && <NotFound />}
      </div>
    </ApiContext>
  );
}

const THEMES: readonly { readonly id: Theme; readonly text: string }[] = [
  { id: "system", text: "Follow the system" },
  { id: "light", text: "Light" },
  { id: "dark", text: "Dark" },
];

/** The name leads to the list of calls, without loading the page anew. */
function home(event: { preventDefault: () => void }): void {
  event.preventDefault();
  navigate("/");
}

function TopBar({ version }: { version: string | null }): ReactNode {
  const theme = useTheme();
  return (
    <div className="top-bar">
      <TopNavigation
        identity={{ href: "/", title: "Cueline", logo: { src: logo, alt: "Logo" }, onFollow: home }}
        utilities={[
          { type: "button", text: "Calls", href: "/", disableUtilityCollapse: true, onFollow: follow },
          { type: "button", text: "Agent", href: agentPath(), disableUtilityCollapse: true, onFollow: follow },
          { type: "button", text: "Floor", href: FLOOR_PATH, disableUtilityCollapse: true, onFollow: follow },
          {
            type: "menu-dropdown",
            iconName: "settings",
            text: "Settings",
            ariaLabel: "Settings",
            title: "Settings",
            description: version ? `Cueline ${version}` : "",
            disableUtilityCollapse: true,
            items: [
              { id: "rules", text: "Rules", iconName: "script", href: rulesPath() },
              { id: "knowledge", text: "Knowledge", iconName: "file", href: KNOWLEDGE_PATH },
              { id: "people", text: "People", iconName: "group", href: PEOPLE_PATH },
              { id: "redaction", text: "Redaction", iconName: "lock-private", href: redactionPath() },
              { id: "retention", text: "Retention", iconName: "calendar", href: retentionPath() },
              { id: "check", text: "Connection check", iconName: "status-positive", href: CHECK_PATH },
              {
                id: "appearance",
                text: "Appearance",
                items: THEMES.map(({ id, text }) => ({
                  id,
                  text,
                  itemType: "checkbox" as const,
                  checked: id === theme,
                })),
              },
            ],
            onItemFollow: follow,
            onItemClick: ({ detail }) => {
              if (THEMES.some(({ id }) => id === detail.id)) setTheme(detail.id as Theme);
            },
          },
        ]}
      />
    </div>
  );
}

function SignedOut(): ReactNode {
  return (
    <main className="full-page" data-testid="signed-out">
      <div className="brand">
        <img src={logo} alt="" width={32} height={32} />
        Cueline
      </div>
      <Box variant="h1">
        This page needs the address that <code>cueline up</code> printed
      </Box>
      <Box variant="p" color="text-body-secondary">
        It ends in <code>?token=...</code> and signs this browser in. Look for the line that begins with{" "}
        <code>Cueline ready:</code> where Cueline was started, and open that address.
      </Box>
    </main>
  );
}

function NotFound(): ReactNode {
  return (
    <main className="full-page">
      <Box variant="h1">There is no page at this address</Box>
      <Link href="/" onFollow={follow}>
        See all calls
      </Link>
    </main>
  );
}
