/**
 * What the stand-in's call is guided by, and what people do to it: cues, a checklist, knowledge, notes, the hand,
 * whispers, masking, and the settings page's routes. Everything is kept in memory.
 */

/** The place of words in a line, as an event tells it. */
const said = (utteranceId, text, words) => {
  const start = text.indexOf(words);
  return { utteranceId, start, end: start + words.length };
};

const LOST = "Hi, yes, I think I left my card in a taxi last night and I would like to have it blocked.";
const PAYMENTS = "Great. Were there any payments on it since last night?";
const NEW_CARD = "Good. The new card comes to your address within between three and five working days.";

const cue = (cueId, cueKind, text, why, seconds, evidence, more = {}) => ({
  kind: "CueRaised",
  cueId,
  cueKind,
  audience: "agent",
  text,
  why,
  ruleId: `rule-${cueId}`,
  priority: 50,
  expiresMs: seconds * 1000,
  evidence,
  passageId: null,
  provisional: false,
  ...more,
});

const tick = (itemId, utteranceId) => ({
  kind: "ChecklistTicked",
  checklistId: "lost-card",
  itemId,
  evidence: { utteranceId, start: 0, end: 0 },
  by: null,
});

const item = (itemId, label, dueMs = null) => ({ itemId, label, dueMs });

/** [second at which it is sent, payload] */
export const GUIDED = [
  [0.5, { kind: "GuidanceStarted", rules: "banking", version: 3 }],
  [
    14.2,
    cue("guess", "hint", "Ask whether the card is a debit card", "The customer may speak of a card", 40, [], {
      provisional: true,
    }),
  ],
  [14.6, { kind: "CueWithdrawn", cueId: "guess", reason: "contradicted" }],
  [
    17.6,
    {
      kind: "MomentFound",
      momentId: "m1",
      family: "reason",
      label: "lost_card",
      confidence: 0.94,
      speaker: "customer",
      startedMs: 12_400,
      endedMs: 16_800,
      evidence: said("u.c0", LOST, "left my card in a taxi"),
    },
  ],
  [
    17.7,
    {
      kind: "ChecklistOpened",
      checklistId: "lost-card",
      title: "Lost or stolen card",
      items: [
        item("greet", "Greet and say your name"),
        item("empathy", "Show that you are sorry"),
        item("verify", "Verify who is calling", 45_000),
        item("block", "Block the card"),
        item("payments", "Go through the last payments"),
        item("address", "Confirm the address", 62_000),
        item("recap", "Sum up what happens next"),
      ],
    },
  ],
  [17.8, tick("greet", "u.a2")],
  [
    18,
    cue("verify", "warning", "Verify the customer before you block the card", "No verification so far", 45, [
      said("u.c0", LOST, "have it blocked"),
    ]),
  ],
  [
    18.4,
    cue(
      "answer",
      "knowledge",
      "Replacing a lost card: free, three to five working days",
      "The customer lost a card",
      70,
      [said("u.c0", LOST, "left my card")],
      { passageId: "cards-2", priority: 40 },
    ),
  ],
  [20.7, tick("empathy", "u.a3")],
  [
    21.2,
    cue("kind", "praise", "That was warm: the customer thanked you", "Empathy, then thanks", 40, [
      { utteranceId: "u.c1", start: 0, end: 0 },
    ]),
  ],
  [30, { kind: "WhisperSent", text: "The fraud team is free if you need them.", by: "Sam" }],
  [41.2, tick("verify", "u.c4")],
  [41.3, { kind: "CueWithdrawn", cueId: "verify", reason: "settled" }],
  [47, tick("block", "u.a8")],
  [
    51,
    cue("payments", "hint", "Read out the payments since last night", "The customer asks about payments", 75, [
      said("u.c5", PAYMENTS, "any payments on it"),
    ]),
  ],
  [62, { kind: "ChecklistMissed", checklistId: "lost-card", itemId: "address" }],
  [62.2, cue("address", "warning", "Ask which address the card goes to", "Not asked within 1:00", 74, [])],
  [62.6, tick("payments", "u.a10")],
  [70.5, tick("recap", "u.a11")],
  [
    70.6,
    cue("praise", "praise", "Clear promise with a time", "Three to five working days", 74.5, [
      said("u.a11", NEW_CARD, "between three and five working days"),
    ]),
  ],
  [
    74.8,
    { kind: "DispositionSuggested", disposition: "card_replaced", why: "the card was blocked and a new one ordered" },
  ],
];

const DAY = 86_400_000;
const PASSAGES = [
  {
    passageId: "cards-2",
    title: "Cards",
    heading: "Lost or stolen",
    text: "A lost card is blocked at once and cannot be unblocked. The new card is free of charge and arrives within three to five working days at the address we have on file.\nThe PIN stays the same.",
    source: "handbook/cards.md",
    modifiedAtMs: Date.now() - 12 * DAY,
    score: 0.9,
  },
  {
    passageId: "cards-3",
    title: "Cards",
    heading: "Payments that the customer did not make",
    text: "Payments within 13 months can be disputed. Ask for date and amount, then open a dispute. The amount is credited within one working day.",
    source: "handbook/cards.md",
    modifiedAtMs: Date.now() - 12 * DAY,
    score: 0.6,
  },
  {
    passageId: "hours-1",
    title: "Branches",
    heading: "Opening hours",
    text: "Branches are open Monday to Friday from 9 to 17 o'clock, Thursday until 19 o'clock.",
    source: "handbook/branches.html",
    modifiedAtMs: Date.now() - 500 * DAY,
    score: 0.5,
  },
];

const field = (name, label, kind, required, lengthMax, choices = []) => ({
  name,
  label,
  kind,
  required,
  lengthMax,
  linesMax: 12,
  choices,
});
const SHAPE = {
  profile: "default",
  fields: [
    field("reason", "Reason", "text", true, 300),
    field("summary", "Summary", "text", true, 1500),
    field("actions", "Done", "lines", false, 300),
    field("promises", "Promised", "lines", false, 300),
    field("outcome", "Outcome", "choice", true, 100, ["done", "pending", "refused", "escalated", "unclear"]),
    field("disposition", "Disposition", "text", false, 100),
    field("follow_ups", "To follow up", "lines", false, 300),
  ],
};
const MADE = {
  reason: "Lost card",
  summary: "The customer left a card in a taxi last night and asked to have it blocked. The request was dealt with.",
  actions: ["Card blocked", "Two payments gone through"],
  promises: ["New card within three to five working days"],
  outcome: "done",
  disposition: "",
  follow_ups: [],
};

const notes = new Map();

/** Writes the first version of a call's notes; the payload that says so. */
export function madeNotes(callId) {
  notes.set(callId, [{ version: 1, fields: MADE, by: null, atMs: Date.now() }]);
  return { kind: "NotesWritten", version: 1, by: null };
}

const POLICY = {
  profile: "default",
  version: 0,
  inherited: false,
  policy: { off: [], minimumDigits: 4, names: true, benignWords: [], languages: ["en"], maskStyle: "type" },
  note: "",
  changedBy: null,
  changedAtMs: null,
};
let policy = POLICY;
const policyVersions = [];

function redaction(url, method, body) {
  const [, , , kind, , part] = url.pathname.split("/");
  if (kind === "try") return { turns: body.turns.map((turn) => ({ ...turn, masks: [] })) };
  if (method === "PUT") {
    policy = {
      ...POLICY,
      version: policy.version + 1,
      policy: body.policy,
      note: body.note,
      changedBy: "you",
      changedAtMs: Date.now(),
    };
    policyVersions.unshift(policy);
    return policy;
  }
  if (part === "versions") return { versions: policyVersions };
  return url.pathname.endsWith("/policies") ? { policies: [policy] } : policy;
}

/** The answer to what is asked for no call in particular; undefined where it is not known. */
export function answerForAll(url, method, body) {
  if (url.pathname.startsWith("/v1/redaction/")) return redaction(url, method, body);
  if (url.pathname === "/v1/notes/shape") return SHAPE;
  if (url.pathname === "/v1/knowledge/search") {
    const words = (url.searchParams.get("q") ?? "").toLowerCase().split(/\s+/);
    const holds = ({ title, heading, text }) =>
      words.some((word) => `${title} ${heading} ${text}`.toLowerCase().includes(word));
    return { passages: PASSAGES.filter(holds) };
  }
  const found = /^\/v1\/knowledge\/passages\/(.+)$/.exec(url.pathname);
  return found ? PASSAGES.find(({ passageId }) => passageId === found[1]) : undefined;
}

/** What is asked of a call, or done to it; undefined where it is not known. `add(payload)` commits an event. */
export function answerForCall(call, parts, method, body, add) {
  const callId = call.summary.callId;
  const [what, id, act] = parts;
  const recorded = (payload) => ({ sequence: add(payload).sequence });
  if (what === "cues" && act === "answer")
    return recorded({ kind: "CueAnswered", cueId: id, answer: body.answer, by: body.by });
  if (what === "checklist" && act === "tick") {
    return recorded({ kind: "ChecklistTicked", checklistId: "lost-card", itemId: id, evidence: null, by: body.by });
  }
  if (what === "hand")
    return recorded({ kind: method === "DELETE" ? "HandLowered" : "HandRaised", by: body?.by ?? "agent" });
  if (what === "whispers") return recorded({ kind: "WhisperSent", text: body.text, by: body.by });
  if (what === "utterances" && act === "mask") return masked(call, id, body, add);
  if (what !== "notes") return undefined;
  const versions = notes.get(callId) ?? [];
  if (method === "GET") return { newest: versions[0] ?? null, versions };
  const saved = { version: (versions[0]?.version ?? 0) + 1, fields: body.fields, by: body.by, atMs: Date.now() };
  notes.set(callId, [saved, ...versions]);
  add({ kind: "NotesWritten", version: saved.version, by: saved.by });
  return saved;
}

function masked(call, utteranceId, { start, end }, add) {
  const event = call.events.find((one) => one.kind === "UtteranceCommitted" && one.utteranceId === utteranceId);
  if (!event) return undefined;
  const shown = "[NUMBER]";
  const by = shown.length - (end - start);
  event.text = event.text.slice(0, start) + shown + event.text.slice(end);
  event.masks = [
    ...event.masks
      .filter((mask) => mask.end <= start || mask.start >= end)
      .map((mask) => (mask.start >= end ? { ...mask, start: mask.start + by, end: mask.end + by } : mask)),
    { start, end: start + shown.length, type: "NUMBER" },
  ].sort((a, b) => a.start - b.start);
  return { sequence: add({ kind: "UtteranceAmended", utteranceId, version: 2 }).sequence, version: 2 };
}
