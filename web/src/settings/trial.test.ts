import { beforeEach, expect, it } from "vitest";
import { policy } from "./policy.fixture";
import {
  answersOf,
  exampleTurns,
  LatestAnswer,
  lengthOf,
  question,
  rowsOf,
  TEXT_MAX,
  TURNS_MAX,
  withTurn,
  type Turn,
} from "./trial";

const turn = (text: string, id = 0, role: Turn["role"] = "customer"): Turn => ({ id, role, text });

it("the example may be sent as it is", () => {
  expect(question(policy(), exampleTurns())?.body.turns).toHaveLength(exampleTurns().length);
});

it("sends no more than the server takes, counted as it counts", () => {
  expect(question(policy(), [turn("x".repeat(TEXT_MAX))])).not.toBeNull();
  expect(question(policy(), [turn("x".repeat(TEXT_MAX)), turn("y", 1)])).toBeNull();
  expect(lengthOf([turn("😀a"), turn("b", 1)])).toBe(3);
  expect(question(policy(), [turn("😀".repeat(TEXT_MAX))])).not.toBeNull();
  const many = Array.from({ length: TURNS_MAX + 1 }, (_, id) => turn("x", id));
  expect(question(policy(), many)).toBeNull();
  expect(question(policy(), many.slice(1))).not.toBeNull();
});

it("asks nothing where nothing is said", () => {
  expect(question(policy(), [turn(" "), turn("", 1)])).toBeNull();
  expect(question(policy(), [])).toBeNull();
});

it("adds a turn of the other speaker, up to the limit", () => {
  let turns: readonly Turn[] = [turn("x", 4, "agent")];
  turns = withTurn(turns);
  expect(turns.at(-1)).toEqual({ id: 5, role: "customer", text: "" });
  expect(withTurn(turns).at(-1)?.role).toBe("agent");
  for (let count = 0; count < 30; count += 1) turns = withTurn(turns);
  expect(turns).toHaveLength(TURNS_MAX);
  expect(new Set(turns.map((each) => each.id)).size).toBe(TURNS_MAX);
  expect(withTurn([])[0]?.id).toBe(0);
});

it("gives each answer to its turn, also when turns were removed meanwhile", () => {
  const asked = question(policy(), [turn("a", 7), turn("b", 3)]);
  if (!asked) throw new Error("nothing was asked");
  const tried = asked.body.turns.map(({ role, text }) => ({ role, text: text.toUpperCase(), masks: [] }));
  expect(answersOf(asked, tried).get(3)?.text).toBe("B");
  expect(answersOf(asked, tried.slice(0, 1)).has(3)).toBe(false);
});

it("boxes grow with their text, within bounds", () => {
  expect([rowsOf("", 10), rowsOf("x".repeat(10), 10), rowsOf("x".repeat(11), 10), rowsOf("x".repeat(99), 10)]).toEqual([
    1, 1, 2, 4,
  ]);
});

let timers: { run: () => void; id: number }[];
let sent: { question: string; answer: (text: string) => void; fail: () => void }[];
let heard: string[];
let latest: LatestAnswer<string, string>;

const pause = (): void => {
  const due = timers;
  timers = [];
  for (const timer of due) timer.run();
};
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  timers = [];
  sent = [];
  heard = [];
  let id = 0;
  latest = new LatestAnswer<string, string>(
    (asked) => new Promise((answer, fail) => sent.push({ question: asked, answer, fail: () => fail(new Error("no")) })),
    (asked, answer) => heard.push(`${asked}: ${answer}`),
    () => heard.push("failed"),
    {
      set: (run) => {
        id += 1;
        timers.push({ run, id });
        return id;
      },
      clear: (gone) => {
        timers = timers.filter((timer) => timer.id !== gone);
      },
    },
  );
});

it("asks once after a pause, and for the newest", () => {
  latest.put("a");
  latest.put("ab");
  expect(sent).toEqual([]);
  pause();
  expect(sent.map((each) => each.question)).toEqual(["ab"]);
});

it("drops the answer to a question that was overtaken, and asks the newest next", async () => {
  latest.put("a");
  pause();
  latest.put("ab");
  pause();
  expect(sent).toHaveLength(1); // one at a time
  sent[0]?.answer("old");
  await settle();
  expect(heard).toEqual([]);
  expect(sent.map((each) => each.question)).toEqual(["a", "ab"]);
  sent[1]?.answer("new");
  await settle();
  expect(heard).toEqual(["ab: new"]);
});

it("an answer that comes while the newest still waits for its pause does not jump the pause", async () => {
  latest.put("a");
  pause();
  latest.put("ab");
  sent[0]?.answer("old");
  await settle();
  expect([heard, sent.length]).toEqual([[], 1]);
  pause();
  expect(sent.map((each) => each.question)).toEqual(["a", "ab"]);
});

it("tells of a failure, and asks again after the next change", async () => {
  latest.put("a");
  pause();
  sent[0]?.fail();
  await settle();
  expect(heard).toEqual(["failed"]);
  latest.put("ab");
  pause();
  expect(sent).toHaveLength(2);
});

it("hears nothing once there is no question", async () => {
  latest.put("a");
  pause();
  latest.put(null);
  sent[0]?.answer("late");
  await settle();
  expect([heard, sent.length, timers.length]).toEqual([[], 1, 0]);
});
