import { expect, it } from "vitest";
import { ALWAYS, digitsExample, GROUPS } from "./kinds";
import {
  changes,
  hides,
  merged,
  parsedPolicy,
  samePolicy,
  withHidden,
  withLanguages,
  withoutWord,
  withWords,
} from "./policy";
import { policy } from "./policy.fixture";

const words = (before: Parameters<typeof changes>[0], after: Parameters<typeof changes>[1]): string[] =>
  changes(before, after).map((change) => change.words);

it("every kind stands once, and card data and codes have no switch", () => {
  const switched = GROUPS.flatMap((group) => group.kinds.map(({ kind }) => kind));
  expect(new Set(switched).size).toBe(switched.length);
  const always = ALWAYS.map(({ kind }) => kind);
  expect([...always].sort()).toEqual(["CARD_EXPIRY", "CREDIT_CARD", "CVV", "NUMBER", "OTP", "PASSWORD", "PIN"]);
  expect(switched.filter((kind) => always.includes(kind))).toEqual([]);
  expect(switched.length + always.length).toBe(25);
});

it("names have one switch for the two places where a policy may switch them off", () => {
  expect(hides(policy(), "PERSON")).toBe(true);
  expect(hides(policy({ names: false }), "PERSON")).toBe(false);
  expect(hides(policy({ off: ["PERSON"] }), "PERSON")).toBe(false);
  expect(withHidden(policy({ off: ["PERSON", "PHONE"], names: false }), "PERSON", true)).toEqual(
    policy({ off: ["PHONE"] }),
  );
  expect(withHidden(policy(), "PERSON", false)).toEqual(policy({ names: false }));
});

it("a switch adds and takes away its own kind only", () => {
  const off = withHidden(policy({ off: ["EMAIL"] }), "PHONE", false);
  expect(off.off).toEqual(["EMAIL", "PHONE"]);
  expect(withHidden(off, "PHONE", false).off).toEqual(["EMAIL", "PHONE"]);
  expect(withHidden(off, "EMAIL", true).off).toEqual(["PHONE"]);
});

it("the usual language stands first and once", () => {
  expect(withLanguages(policy(), "de", ["en", "de"]).languages).toEqual(["de", "en"]);
  expect(withLanguages(policy(), "en", ["de", "es"]).languages).toEqual(["en", "es", "de"]);
});

it("takes several typed words at once, each once", () => {
  expect(withWords(policy({ benignWords: ["gate"] }), " basket, voucher;Gate basket ").policy.benignWords).toEqual([
    "gate",
    "basket",
    "voucher",
  ]);
  expect(withWords(policy(), "").problem).toBeNull();
  expect(withWords(policy(), "größe l'ordre pre-order").problem).toBeNull();
});

it.each(["a", "gate7", "x".repeat(41), "good b@d", "-gate"])("refuses %s and adds nothing", (typed) => {
  const before = policy();
  const next = withWords(before, typed);
  expect(next.problem).not.toBeNull();
  expect(next.policy).toBe(before);
});

it("has room for fifty words", () => {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const many = Array.from(
    { length: 51 },
    (_, n) => `word${letters.charAt(n % 26)}${letters.charAt(Math.floor(n / 26))}`,
  );
  expect(withWords(policy(), many.slice(0, 50).join(" ")).policy.benignWords).toHaveLength(50);
  expect(withWords(policy(), many.join(" ")).problem).toMatch("50");
  expect(withoutWord(policy({ benignWords: ["one", "two"] }), "one").benignWords).toEqual(["two"]);
});

it("says what is different, in the page's order", () => {
  const after = policy({
    off: ["PHONE"],
    names: false,
    minimumDigits: 5,
    benignWords: ["basket"],
    languages: ["en", "de"],
    maskStyle: "last_four",
  });
  expect(words(policy({ benignWords: ["gate"] }), after)).toEqual([
    "Names of people: readable",
    "Phone numbers: readable",
    "Unexplained numbers: hidden from 5 digits, was 3",
    "Harmless words: added basket; removed gate",
    "Languages: English, German",
    "Card numbers: last four digits shown",
  ]);
  expect(words(after, { ...after, off: [] })).toEqual(["Phone numbers: hidden"]);
});

it("compares what a policy says, not how it is written", () => {
  expect(samePolicy(policy({ off: ["PHONE", "DOB"] }), policy({ off: ["DOB", "PHONE"] }))).toBe(true);
  expect(samePolicy(policy({ off: ["PERSON"] }), policy({ names: false }))).toBe(true);
  expect(samePolicy(policy({ languages: ["en", "de"] }), policy({ languages: ["de", "en"] }))).toBe(false);
});

it("merges switch by switch, word by word, field by field; on the same field the edit stays", () => {
  const base = policy({ off: ["DOB", "EMAIL"], benignWords: ["gate", "till"] });
  const mine = policy({ off: ["DOB", "PHONE"], benignWords: ["gate", "basket"], minimumDigits: 4 });
  const theirs = policy({
    off: ["EMAIL", "ADDRESS"],
    benignWords: ["gate", "till", "basket", "voucher"],
    minimumDigits: 6,
    maskStyle: "last_four",
    languages: ["es"],
  });
  const both = merged(base, mine, theirs);
  expect([...both.off].sort()).toEqual(["ADDRESS", "PHONE"]);
  expect(both.benignWords).toEqual(["gate", "basket", "voucher"]);
  expect(both).toMatchObject({ minimumDigits: 4, maskStyle: "last_four", languages: ["es"], names: true });
  expect(merged(base, base, theirs)).toEqual(theirs);
  expect(samePolicy(merged(base, mine, base), mine)).toBe(true);
});

it("reads back what it wrote, and nothing else", () => {
  const whole = policy({ off: ["PHONE"], benignWords: ["basket"], languages: ["de", "en"] });
  expect(parsedPolicy(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
  const part = { ...whole, maskStyle: undefined };
  for (const wrong of [
    null,
    3,
    [],
    {},
    part,
    { ...whole, off: ["NEWER"] },
    { ...whole, languages: [] },
    { ...whole, benignWords: [1] },
  ]) {
    expect(parsedPolicy(wrong)).toBeNull();
  }
});

it("explains a minimum by one number that is too short and one that is not", () => {
  expect(digitsExample(2)).toEqual({ readable: "four", hidden: "four one" });
  expect(digitsExample(8).hidden.split(" ")).toHaveLength(8);
});
