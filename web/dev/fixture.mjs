/**
 * A call for looking at the page without a server: everything that the page can show happens in its 75 seconds.
 * A line: [start s, end s, speaker, text]. `[TYPE]` is a mask; `{...}` around it says that it is held until the end.
 */

import { GUIDED } from "./guidance.mjs";

export const LINES = [
  [0.6, 4.1, "system", "Thank you for calling Northgate Bank. This call may be recorded."],
  [4.4, 6.8, "system", "Please hold while we connect you to an agent."],
  [9.2, 11.9, "agent", "Hello, you are speaking with Maria. How can I help you today?"],
  [12.4, 16.8, "customer", "Hi, yes, I think I left my card in a taxi last night and I would like to have it blocked."],
  [17.1, 19.9, "agent", "I am sorry to hear that. Let me do it for you right away."],
  [20.0, 20.6, "customer", "Thank you."],
  [21.0, 23.8, "agent", "Could you read me the number on the card, if you have it?"],
  [24.5, 29.6, "customer", "Sure, it is {[CREDIT_CARD]}"],
  [26.8, 27.3, "agent", "Mm-hm."],
  [30.1, 32.2, "agent", "And the three digits on the back?"],
  [32.9, 34.6, "customer", "That would be {[CVV]} I think."],
  [35.2, 37.6, "agent", "Perfect. And your date of birth, please?"],
  [38.2, 41.0, "customer", "It is {[DOB]}"],
  [41.6, 46.2, "agent", "Thank you, that is all I need. Your card is blocked as of now, nobody can use it any more."],
  [46.8, 50.4, "customer", "Great. Were there any payments on it since last night?"],
  [50.9, 53.2, "agent", "Let me look, I put you on hold for a moment."],
  [58.4, 62.0, "agent", "Thank you for waiting. There are two payments from before eight in the evening."],
  [62.4, 64.3, "customer", "Those two were me, so that is fine."],
  [64.8, 70.0, "agent", "Good. The new card comes to your address within between three and five working days."],
  [70.4, 71.9, "customer", "Wonderful, thank you so much. Bye."],
  [72.2, 73.4, "agent", "Goodbye, have a good day."],
];

export const MARKS = [
  [5.0, { kind: "CallQueued" }],
  [8.9, { kind: "AgentConnected", agentId: "maria" }],
  [36.0, { kind: "CallWarned", code: "audio_gap", message: "2 s of audio are missing: the stream had a gap" }],
  [53.4, { kind: "HoldStarted" }],
  [58.0, { kind: "HoldEnded" }],
  [74.6, { kind: "CallEnded", reason: "disconnected" }],
];

export const LENGTH_MS = 75_000;

/** Plain text and masks of a line; `held` shows what stands in braces as "...". */
function rendered(marked, held) {
  const masks = [];
  let text = "";
  for (const part of marked.split(/(\{?\[[A-Z_0-9]+\]\}?)/)) {
    const mask = /^(\{?)\[([A-Z_0-9]+)\]\}?$/.exec(part);
    if (!mask) text += part;
    else {
      const hold = held && mask[1] !== "";
      const shown = hold ? "..." : `[${mask[2]}]`;
      masks.push({ start: text.length, end: text.length + shown.length, type: hold ? "HELD" : mask[2] });
      text += shown;
    }
  }
  return { text, masks };
}

/** All events of the call, each with the moment (ms) at which it is sent. Committed ones have no sequence yet. */
export function timeline({ source = "script", seed = 1 } = {}) {
  const label = source === "script" ? "Recorded words" : "PocketSphinx 5.1.1 (adapted language model)";
  const sent = [
    [0, { kind: "CallStarted", contactId: "contact", profile: "default" }, 0],
    [
      300,
      {
        kind: "RecogniserStarted",
        recogniser: source === "script" ? "script" : "pocketsphinx",
        label,
        source,
        epoch: 1,
      },
      0,
    ],
  ];
  const ordinals = { customer: 0, agent: 0 };
  let random = seed;
  const chance = () => (random = (random * 16807) % 2147483647) / 2147483647;
  for (const [from, to, speaker, marked] of LINES) {
    const channel = speaker === "customer" ? "customer" : "agent";
    const utteranceId = `u.${channel[0]}${ordinals[channel]++}`;
    const startedMs = Math.round(from * 1000);
    const endedMs = Math.round(to * 1000);
    const head = { utteranceId, channel, speaker, startedMs };
    const words = marked.split(" ");
    for (let count = 2, revision = 1; count <= words.length; count += 2, revision += 1) {
      const at = startedMs + ((endedMs - startedMs) * count) / words.length + 500;
      sent.push([
        at,
        { kind: "PartialRevised", ...head, epoch: 1, revision, ...rendered(words.slice(0, count).join(" "), true) },
        startedMs,
      ]);
    }
    const done = rendered(marked, false);
    const arrived = endedMs + (marked.includes("{") ? 2200 : 700);
    sent.push([arrived, { kind: "UtteranceCommitted", ...head, endedMs, ...done, words: [] }, startedMs]);
    const final = 90 + chance() * 190;
    const redacted = final + 2 + chance() * 4;
    const committed = redacted + 6 + chance() * 25;
    const published = committed + 1 + chance() * 6;
    const stages = { recogniserPartial: 30 + chance() * 40, recogniserFinal: final, redacted, committed, published };
    if (chance() < 0.95) stages.delivered = published + 2 + chance() * 9 + (chance() > 0.9 ? 280 : 0);
    for (const name of Object.keys(stages)) stages[name] = Math.round(stages[name] * 10) / 10;
    sent.push([arrived + 60, { kind: "UtteranceTimed", utteranceId, stages }, startedMs]);
  }
  for (const [at, payload] of GUIDED) sent.push([at * 1000, payload, at * 1000]);
  for (const [at, payload] of MARKS) sent.push([at * 1000 + 300, payload, at * 1000]);
  for (let at = 2000; at < LENGTH_MS; at += 2000) {
    sent.push([at, { kind: "LagMeasured", heardMs: at - 400, behindMs: at > 30_000 && at < 35_000 ? 4200 : 400 }, at]);
  }
  return sent
    .sort((a, b) => a[0] - b[0])
    .map(([sendMs, payload, atMs]) => ({ sendMs, atMs: Math.round(atMs), payload }));
}
