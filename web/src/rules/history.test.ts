import { expect, it } from "vitest";
import { begun, redone, undone, wrote } from "./history";

it("goes back and forth", () => {
  let history = wrote(wrote(begun("a"), "b", null, 0), "c", null, 0);
  history = undone(undone(history));
  expect(history.now).toBe("a");
  expect(undone(history)).toBe(history);
  history = redone(redone(history));
  expect(history.now).toBe("c");
  expect(redone(history)).toBe(history);
});

it("takes typing without a pause as one step", () => {
  let history = begun("");
  for (const [at, text] of ["h", "he", "hey"].entries()) history = wrote(history, text, "text", at * 300);
  history = wrote(history, "hey you", "text", 5_000);
  expect(undone(history).now).toBe("hey");
  expect(undone(undone(history)).now).toBe("");
  expect(undone(wrote(history, "form", "rule 1", 5_100)).now).toBe("hey you");
});

it("forgets what was undone once something else is written, and keeps no step for nothing", () => {
  const history = wrote(undone(wrote(begun("a"), "b", null, 0)), "c", null, 0);
  expect(redone(history).now).toBe("c");
  expect(wrote(history, "c", null, 0)).toBe(history);
});

it("is bounded in steps and in characters", () => {
  let history = begun("0");
  for (let step = 1; step <= 500; step += 1) history = wrote(history, String(step), null, 0);
  expect(history.past).toHaveLength(200);
  let large = begun("x".repeat(3_000_000));
  for (let step = 1; step <= 5; step += 1) large = wrote(large, `${step}`.repeat(3_000_000), null, 0);
  expect(large.past).toHaveLength(2);
});
