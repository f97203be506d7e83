/** Policies for tests. */

import type { PolicyFields, PolicyInForce, PolicyVersion } from "../generated/rest";
import { BUILT_IN } from "./policy";

export const policy = (more: Partial<PolicyFields> = {}): PolicyFields => ({ ...BUILT_IN, ...more });

export const inForce = (version: number, more: Partial<PolicyFields> = {}): PolicyInForce => ({
  ...published(version, more),
  inherited: false,
});

export const published = (version: number, more: Partial<PolicyFields> = {}): PolicyVersion => ({
  profile: "default",
  version,
  policy: policy(more),
  note: "",
  changedBy: "access token",
  changedAtMs: 1_750_000_000_000,
});
