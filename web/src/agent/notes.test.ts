import { describe, expect, it } from "vitest";
import type { NotesField, NotesFields, NotesVersion } from "../generated/rest";
import { copyAll, draftOf, faultsOf, fieldsOf, isEdited, keptDraft, restored, serverFaults } from "./notes";

const field = (name: string, more: Partial<NotesField> = {}): NotesField => ({
  name,
  label: name.toUpperCase(),
  kind: "text",
  required: false,
  lengthMax: 20,
  linesMax: 3,
  choices: [],
  ...more,
});
const SHAPE: NotesFields = {
  profile: "default",
  fields: [
    field("reason", { required: true }),
    field("actions", { kind: "lines" }),
    field("outcome", { kind: "choice", choices: ["done", "follow_up"] }),
  ],
};
const NOTES: NotesVersion = {
  version: 3,
  fields: { reason: "Straße gesperrt", actions: ["eins", "zwei"], outcome: "done" },
  by: null,
  atMs: 0,
};

it("every field is edited as a text, and sent as what it is", () => {
  const draft = draftOf(SHAPE, NOTES);
  expect(draft).toEqual({ basedOn: 3, values: { reason: "Straße gesperrt", actions: "eins\nzwei", outcome: "done" } });
  expect(fieldsOf(SHAPE, { ...draft.values, actions: " eins \n\n zwei\n" })).toEqual({
    reason: "Straße gesperrt",
    actions: ["eins", "zwei"],
    outcome: "done",
  });
  expect(draftOf(SHAPE, null)).toEqual({ basedOn: 0, values: { reason: "", actions: "", outcome: "" } });
});

it("blank lines and spaces are no edit", () => {
  const draft = draftOf(SHAPE, NOTES);
  const edited = (values: Record<string, string>): boolean =>
    isEdited(SHAPE, { ...draft, values: { ...draft.values, ...values } }, NOTES);
  expect(edited({})).toBe(false);
  expect(edited({ actions: "eins\n\nzwei\n", reason: " Straße gesperrt " })).toBe(false);
  expect(edited({ actions: "eins" })).toBe(true);
});

describe("faults", () => {
  const faults = (values: Record<string, string>): Readonly<Record<string, string>> =>
    faultsOf(SHAPE, { reason: "x", ...values });
  it("are told by field, in words", () => {
    expect(faults({})).toEqual({});
    expect(faults({ reason: "  " })).toEqual({ reason: "Please fill this in." });
    expect(faults({ outcome: "maybe" })).toEqual({ outcome: "Please choose one of the list." });
    expect(faults({ actions: "a\nb\nc\n\nd" })).toEqual({ actions: "At most 3 lines; these are 4." });
    expect(faults({ actions: `a\n${"b".repeat(21)}` }).actions).toBe("At most 20 characters in a line; these are 21.");
  });
  it("count what people count as a character", () => {
    expect(faults({ reason: "👋".repeat(20) })).toEqual({});
    expect(faults({ reason: "ü".repeat(21) }).reason).toBe("At most 20 characters; these are 21.");
  });
  it("of the server are found in what it says", () => {
    expect(serverFaults("fields.reason: must be filled in; fields.follow_ups: at most 12 lines")).toEqual({
      reason: "Must be filled in.",
      follow_ups: "At most 12 lines.",
    });
    expect(serverFaults("something else")).toEqual({});
  });
});

it("copies what is there, as one text", () => {
  expect(copyAll(SHAPE, { reason: "Karte verloren", actions: "gesperrt\n\nneu bestellt ", outcome: "follow_up" })).toBe(
    "REASON: Karte verloren\nACTIONS:\n- gesperrt\n- neu bestellt\nOUTCOME: Follow up",
  );
  expect(copyAll(SHAPE, { reason: "x", actions: " ", outcome: "" })).toBe("REASON: x");
});

describe("kept edits", () => {
  it("come back over what is stored, by the fields that there are now", () => {
    const kept = keptDraft(JSON.parse(JSON.stringify({ basedOn: 2, values: { reason: "Grüße", gone: "x" } })));
    expect(kept && restored(SHAPE, kept, NOTES)).toEqual({
      basedOn: 2,
      values: { reason: "Grüße", actions: "eins\nzwei", outcome: "done" },
    });
  });
  it("that are none are nothing", () => {
    for (const value of [
      null,
      1,
      "x",
      {},
      { basedOn: "1", values: {} },
      { basedOn: 1.5, values: {} },
      { basedOn: 1 },
    ]) {
      expect(keptDraft(value)).toBeNull();
    }
    expect(keptDraft({ basedOn: 1, values: { a: 1, b: "x" } })).toEqual({ basedOn: 1, values: { b: "x" } });
  });
});
