import "@cloudscape-design/global-styles/index.css";
import "./shell/app.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./shell/App";
import { withoutToken } from "./shell/router";
import { startTheme } from "./shell/theme";
import { nameTokens } from "./shell/tokens";

if (window.location.search.includes("token=")) {
  window.history.replaceState(null, "", withoutToken(window.location.href));
}

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
startTheme();
nameTokens(root);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
