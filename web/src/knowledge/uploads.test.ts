import { expect, it } from "vitest";
import { FILE_MAX_BYTES, refusal, sentence, uploadsDone, type Upload } from "./uploads";

it("refuses what would be refused anyway", () => {
  expect(refusal({ name: "Fees.PDF", size: 10 })).toBeNull();
  expect(refusal({ name: "fees.docx", size: 10 })).toContain("Markdown");
  expect(refusal({ name: "fees.md", size: 0 })).toContain("nothing");
  expect(refusal({ name: "fees.md", size: FILE_MAX_BYTES })).toBeNull();
  expect(refusal({ name: "fees.md", size: FILE_MAX_BYTES + 1 })).toContain("16 MiB");
});

it("says what came of several", () => {
  const upload = (state: Upload["state"]): Upload => ({ name: "a.md", state, told: "" });
  expect(uploadsDone([])).toBeNull();
  expect(uploadsDone([upload("done"), upload("loading")])).toBeNull();
  expect(uploadsDone([upload("done")])).toBe("1 file loaded.");
  expect(uploadsDone([upload("done"), upload("failed"), upload("failed")])).toBe("1 file loaded, 2 files not.");
  expect(uploadsDone([upload("failed")])).toBe("1 file could not be loaded.");
});

it("makes a sentence of what the server says", () => {
  expect(sentence("it is no text")).toBe("It is no text.");
  expect(sentence("The server does not answer.")).toBe("The server does not answer.");
});
