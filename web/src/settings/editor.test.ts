import { expect, it } from "vitest";
import { profileProblem, redaction as editing, type Editor } from "./editor";
import { withHidden } from "./policy";
import { inForce, policy, published } from "./policy.fixture";

const edited = (version = 3): Editor => {
  const editor = editing.opened(inForce(version), null);
  return editing.noted(editing.edited(editor, withHidden(editor.draft.policy, "PHONE", false)), "shops");
};

it("opens on what is in force, with nothing to publish", () => {
  const editor = editing.opened(inForce(3), null);
  expect(editing.isEdited(editor)).toBe(false);
  expect(editing.canPublish(editor)).toBe(false);
  expect(editing.stored(editor)).toBeNull();
});

it("a profile that follows another may be given the same as its own", () => {
  expect(editing.canPublish(editing.opened({ ...inForce(3), inherited: true }, null))).toBe(true);
});

it("edits survive a reload and are known as kept", () => {
  const raw = editing.stored(edited());
  const again = editing.opened(inForce(3), editing.parsedDraft(raw));
  expect(again.kept).toBe(true);
  expect(again.draft).toEqual(edited().draft);
  expect(editing.isOvertaken(again)).toBe(false);
});

it("a note alone is kept, and is no edit", () => {
  const noted = editing.noted(editing.opened(inForce(3), null), "why");
  const again = editing.opened(inForce(4), editing.parsedDraft(editing.stored(noted)));
  expect(again.draft).toMatchObject({ note: "why", basedOn: 4 });
  expect([again.kept, editing.isEdited(again)]).toEqual([false, false]);
});

it.each(["", "{", "null", "3", "{}", '{"basedOn":3,"base":{},"policy":{},"note":""}'])("does not trust %s", (raw) => {
  expect(editing.parsedDraft(raw)).toBeNull();
});

it("taking an edit back leaves nothing to publish", () => {
  const editor = edited();
  const back = editing.edited(editor, withHidden(editor.draft.policy, "PHONE", true));
  expect(editing.isEdited(back)).toBe(false);
  expect(editing.isEdited(editing.discarded(editor))).toBe(false);
});

it("another's version is taken over where nothing was edited", () => {
  const next = editing.readAgain(editing.opened(inForce(3), null), inForce(4, { off: ["DOB"] }));
  expect(next.draft).toMatchObject({ basedOn: 4, policy: policy({ off: ["DOB"] }) });
  expect(editing.readAgain(next, inForce(4, { off: ["DOB"] }))).toBe(next);
});

it("another's version overtakes edits, which are kept and may be made on it", () => {
  const overtaken = editing.readAgain(edited(), inForce(4, { off: ["DOB"] }));
  expect(editing.isOvertaken(overtaken)).toBe(true);
  expect(editing.canPublish(overtaken)).toBe(false);
  expect(overtaken.draft).toEqual(edited().draft);
  const rebased = editing.rebased(overtaken);
  expect(editing.canPublish(rebased)).toBe(true);
  expect(rebased.draft).toMatchObject({ basedOn: 4, note: "shops", policy: policy({ off: ["DOB", "PHONE"] }) });
  expect(editing.edits(rebased).map((each) => each.id)).toEqual(["PHONE"]);
  expect(editing.discarded(overtaken).draft).toMatchObject({ basedOn: 4, policy: policy({ off: ["DOB"] }), note: "" });
});

it("edits that were kept over another's version are overtaken when the page opens", () => {
  const again = editing.opened(inForce(5), editing.parsedDraft(editing.stored(edited())));
  expect(editing.isOvertaken(again)).toBe(true);
});

it("an old version is restored by publishing it anew", () => {
  const editor = editing.restored(editing.opened(inForce(3), null), published(1, { minimumDigits: 6 }));
  expect(editor.draft).toMatchObject({ basedOn: 3, note: "Restores version 1", policy: policy({ minimumDigits: 6 }) });
  expect(editing.canPublish(editor)).toBe(true);
  expect(editing.isEdited(editing.published(inForce(4, { minimumDigits: 6 })))).toBe(false);
});

it("versions say what they changed, where the one before is known", () => {
  const rows = editing.versionRows([published(3), published(2, { off: ["PHONE"] }), published(1)], inForce(3));
  expect(rows.map((row) => row.changed?.map((each) => each.words) ?? null)).toEqual([
    ["Phone numbers: hidden"],
    ["Phone numbers: readable"],
    null,
  ]);
  expect(rows.map((row) => row.sameAsInForce)).toEqual([true, false, true]);
});

it("knows names of profiles", () => {
  for (const name of ["banking", "a", "A-1_x", "9"]) expect(profileProblem(name)).toBeNull();
  for (const name of ["", "-a", "a b", "é", "a/b", "a".repeat(65)]) expect(profileProblem(name)).not.toBeNull();
});
