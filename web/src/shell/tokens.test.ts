import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as tokens from "@cloudscape-design/design-tokens";
import { expect, it } from "vitest";

it("the design tokens are those of the components: both packages come from one release of Cloudscape", () => {
  const entry = createRequire(import.meta.url).resolve("@cloudscape-design/components");
  const own = readFileSync(new URL("internal/generated/styles/tokens.js", `file://${entry}`), "utf8");
  for (const value of [tokens.colorBackgroundLayoutMain, tokens.colorTextBodyDefault, tokens.fontSizeBodyS]) {
    expect(own).toContain(value.slice(0, value.indexOf(",")));
  }
});
