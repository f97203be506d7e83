import { expect, it } from "vitest";
import { ApiError } from "../api/client";
import { fieldErrors, problemWords } from "./problems";

const bad = (detail: string): ApiError => new ApiError(400, "Bad request", detail);

it("puts a broken rule at its field", () => {
  expect(fieldErrors(bad("the redaction policy is not valid: benignWords: single words, of letters"))).toEqual({
    benignWords: "Single words, of letters.",
  });
  expect(fieldErrors(bad("turns: at most 2000 characters in all"))).toEqual({
    turns: "At most 2000 characters in all.",
  });
});

it("puts what does not fit the description at its field, in words", () => {
  const errors = fieldErrors(bad("not as described: policy.benignWords[0]; see /schema for what is expected"));
  expect(errors?.benignWords).toMatch("2 to 40");
  expect(fieldErrors(bad("not as described: note; see /schema for what is expected"))?.note).toMatch("500");
});

it("leaves other faults to the page", () => {
  expect(fieldErrors(bad("not as described: body; see /schema"))).toBeNull();
  expect(fieldErrors(new ApiError(409, "Conflict", "off: x"))).toBeNull();
  expect(fieldErrors(new TypeError("x"))).toBeNull();
  expect(fieldErrors(null)).toBeNull();
});

it("says every other fault in words", () => {
  expect(problemWords(new ApiError(503, "Unavailable", "the trial took too long"))).toBe("The trial took too long.");
  expect(problemWords(new ApiError(502, "Request failed", ""))).toBe("Request failed.");
  expect(problemWords(new SyntaxError("json"))).toBe("The answer made no sense.");
});
