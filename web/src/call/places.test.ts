import { expect, it } from "vitest";
import type { Mask } from "../generated/events";
import { timedSegments } from "../player/speech";
import { placesOf } from "./places";

const mask = (start: number, end: number): Mask => ({ start, end, type: "CVV" });

it("names places of the text as the server has it, however masks are drawn", () => {
  const text = "😀 it is [CVV] and [CVV]";
  const masks = [mask(18, 23), mask(8, 13)];
  const words = text.split(" ").map((word, at) => ({ text: word, startMs: at * 100, endMs: at * 100 + 90 }));
  const points = Array.from(text);
  for (const spoken of [[], words]) {
    const parts = timedSegments(text, masks, spoken);
    const places = placesOf(parts, masks);
    parts.forEach((part, at) => {
      const { from, to } = places[at] ?? { from: 0, to: 0 };
      const written = points.slice(from, to).join("");
      expect(written).toBe(part.kind === "text" ? part.text : "[CVV]");
    });
    expect(places.at(-1)?.to).toBe(points.length);
  }
});
