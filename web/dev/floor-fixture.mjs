/** People, rules and a call's guidance, for the stand-in server of the supervisor's pages. */

const NAMES = ["Maria Lopez", "Tom Becker", "Aisha Khan", "Jonas Weber", "Chloe Martin", "Ravi Patel", "Elena Rossi"];
const TEAMS = ["Cards", "Loans", "Night desk"];

export const REASONS = [
  "lost_card",
  "dispute_charge",
  "schedule_appointment",
  "check_balance",
  "pay_bill",
  "open_account",
  "complaint",
];

export const PEOPLE = [
  ...NAMES.map((name, index) => ({
    username: name.split(" ")[0].toLowerCase(),
    name,
    role: "agent",
    team: TEAMS[index % TEAMS.length],
  })),
  { username: "sam", name: "Sam Okafor", role: "supervisor", team: "Cards" },
  { username: "ines", name: "Inês Duarte", role: "rules_editor", team: null },
];

const at = (seconds, payload) => ({ sendMs: seconds * 1000, atMs: Math.round(seconds * 1000), payload });
const said = (utteranceId, start = 0, end = 0) => ({ utteranceId, start, end });

function moment(seconds, family, label, speaker, evidence, lengthMs = 2000, confidence = 0.86) {
  return at(seconds, {
    kind: "MomentFound",
    momentId: `${family}.${label}.${seconds}`,
    family,
    label,
    confidence,
    speaker,
    startedMs: Math.round(seconds * 1000) - 900,
    endedMs: Math.round(seconds * 1000) - 900 + lengthMs,
    evidence,
  });
}

function cue(seconds, cueId, cueKind, text, why, evidence, more = {}) {
  return at(seconds, {
    kind: "CueRaised",
    cueId,
    cueKind,
    audience: cueKind === "alert" ? "supervisor" : "agent",
    text,
    why,
    ruleId: cueId,
    priority: 60,
    expiresMs: Math.round(seconds * 1000) + 40_000,
    evidence,
    passageId: null,
    provisional: false,
    ...more,
  });
}

/** What guidance says of the sample call of fixture.mjs. */
export function guidanceOf(callId) {
  const tick = (seconds, itemId, evidence) =>
    at(seconds, { kind: "ChecklistTicked", checklistId: "lost_card", itemId, evidence, by: null });
  return [
    at(0.5, { kind: "GuidanceStarted", rules: "banking", version: 3 }),
    moment(13, "act", "greeting", "agent", said("u.a2")),
    moment(18, "reason", "lost_card", "customer", said("u.c0", 19, 43)),
    at(18.1, {
      kind: "ChecklistOpened",
      checklistId: "lost_card",
      title: "Lost or stolen card",
      items: [
        { itemId: "greet", label: "Greet and say your name", dueMs: null },
        { itemId: "verify", label: "Verify the caller", dueMs: 45_000 },
        { itemId: "block", label: "Block the card", dueMs: null },
        { itemId: "payments", label: "Check payments since the loss", dueMs: null },
        { itemId: "fee", label: "Say what the new card costs", dueMs: 70_000 },
        { itemId: "recap", label: "Say when the new card comes", dueMs: null },
      ],
    }),
    tick(18.2, "greet", said("u.a2")),
    cue(
      19,
      "verify_first",
      "hint",
      "Verify the caller before you block the card",
      "the customer asks to block a card",
      [said("u.c0", 60, 87)],
    ),
    moment(20.5, "act", "empathy", "agent", said("u.a3")),
    cue(21, "well_done", "praise", "That was kind", "you said you were sorry", [said("u.a3", 0, 26)]),
    at(24, { kind: "CueAnswered", cueId: "verify_first", answer: "used", by: "maria" }),
    moment(31, "act", "verification_question", "agent", said("u.a6")),
    cue(33, "cvv", "warning", "Never ask for the three digits on the back", "a security code was asked for", [
      said("u.a6"),
    ]),
    cue(34, `${callId}.alert`, "alert", "Security code asked for", "the agent asked for the digits on the back", [
      said("u.a6"),
    ]),
    at(36, { kind: "CueAnswered", cueId: "cvv", answer: "dismissed", by: "maria" }),
    at(36.5, { kind: "CueAnswered", cueId: "cvv", answer: "helpful", by: "maria" }),
    tick(42, "verify", said("u.a7")),
    moment(42.4, "sentiment", "negative", "customer", said("u.c4")),
    at(43, { kind: "HandRaised", by: "maria" }),
    tick(46.5, "block", said("u.a8", 28, 56)),
    cue(47, "fees", "knowledge", "A new card costs nothing after a loss", "payments were asked for", [said("u.c4")], {
      passageId: "cards-12",
    }),
    moment(57, "voice", "hold_long", null, null, 5000, 1),
    tick(62.5, "payments", said("u.a10")),
    at(63, { kind: "CueWithdrawn", cueId: "fees", reason: "settled" }),
    moment(65, "sentiment", "positive", "customer", said("u.c5")),
    at(70, { kind: "ChecklistMissed", checklistId: "lost_card", itemId: "fee" }),
    tick(70.5, "recap", said("u.a11")),
    moment(72, "intent", "gives_thanks", "customer", said("u.c6")),
    at(72.5, { kind: "CallTagged", label: "card_blocked", ruleId: "tag" }),
    at(74.7, {
      kind: "VoiceMeasured",
      agentTalkShare: 0.58,
      customerTalkShare: 0.42,
      agentWordsPerMinute: 148,
      customerWordsPerMinute: 162,
      deadAirMs: 1200,
      longestDeadAirMs: 900,
      overtalkMs: 500,
      holdMs: 4600,
      agentInterruptions: 1,
      customerInterruptions: 0,
      agentLoudnessDb: -21.5,
      customerLoudnessDb: -23.1,
    }),
    at(74.8, { kind: "DispositionSuggested", disposition: "card_blocked", why: "the card was blocked" }),
    at(74.9, { kind: "NotesWritten", version: 1, by: null }),
  ];
}

export const NOTES = {
  version: 1,
  by: null,
  atMs: Date.now() - 3_500_000,
  fields: {
    reason: "Lost card: left in a taxi last night.",
    actions: ["Blocked the card", "Checked payments since the loss"],
    promises: ["New card within three to five working days"],
    outcome: "Card blocked",
  },
};

const field = (name, label, kind) => ({
  name,
  label,
  kind,
  required: false,
  lengthMax: 400,
  linesMax: 8,
  choices: [],
});

export const NOTES_SHAPE = {
  profile: "banking",
  fields: [
    field("reason", "Why they called", "text"),
    field("actions", "What was done", "lines"),
    field("promises", "What was promised", "lines"),
    field("outcome", "Outcome", "text"),
  ],
};

/** A small rule set, and sentences as a server would write them. */
export const RULES = {
  name: "banking",
  title: "Banking",
  checklists: [
    { checklistId: "lost_card", title: "Lost or stolen card", items: [{ itemId: "verify", label: "Verify" }] },
  ],
  rules: [
    {
      ruleId: "block-first",
      title: "Card gone, block it first",
      when: { kind: "reason", reasons: ["lost_card"] },
      then: [{ kind: "hint", text: "Verify, then block the card before anything else." }],
      priority: 85,
    },
    {
      ruleId: "verify-late",
      title: "Lost card and not verified",
      when: { kind: "missing", withinS: 60, what: { kind: "ticked", items: ["verify"] } },
      then: [{ kind: "warning", text: "Verify the customer now." }],
      priority: 80,
    },
    {
      ruleId: "lawyers",
      title: "Lawyers are spoken of",
      when: { kind: "said", speaker: "customer", phrases: ["my lawyer", "take you to court"] },
      then: [{ kind: "alert", text: "Customer speaks of lawyers." }],
      priority: 90,
    },
  ],
  dispositions: [{ name: "card_blocked", title: "Card blocked" }],
};

function sentenceOf({ when, then }) {
  const what = {
    reason: () => `the call is about ${when.reasons.join(" or ").replaceAll("_", " ")}`,
    missing: () => `${when.what.items.join(", ")} is not ticked within ${when.withinS} s`,
    said: () => `the ${when.speaker} says ${when.phrases.map((phrase) => `“${phrase}”`).join(" or ")}`,
  };
  const acts = then.map(
    (action) => `${action.kind === "alert" ? "alert the supervisor" : "tell the agent"}: “${action.text}”`,
  );
  return `When ${what[when.kind]()}, then ${acts.join(", and ")}`;
}

/** What is wrong with a document, and those of its rules that can be read. */
export function checked(document) {
  const problems = [];
  const sentences = [];
  for (const [number, rule] of (document.rules ?? []).entries()) {
    try {
      sentences.push({
        number,
        ruleId: rule.ruleId,
        title: rule.title ?? "",
        sentence: sentenceOf(rule),
        enabled: rule.enabled ?? true,
      });
    } catch {
      problems.push({ place: `rules[${number}].when`, message: "it is not one of reason, missing, said: choose one" });
    }
  }
  return { problems, sentences };
}

const side = (more) => ({
  name: "banking",
  version: null,
  rules: 3,
  cues: 41,
  cuesPerMinute: 0.62,
  callsWithCues: 19,
  alerts: 3,
  lookUps: 8,
  labels: 4,
  dispositions: 17,
  ticked: 64,
  missed: 9,
  feedback: { useful: 14, notUseful: 5, precision: 0.74 },
  ...more,
});

const rule = (ruleId, title, draft, published, more = {}) => ({
  ruleId,
  title,
  draft: { firings: draft, calls: draft },
  published: { firings: published, calls: published },
  both: Math.min(draft, published),
  onlyDraft: Math.max(0, draft - published),
  onlyPublished: Math.max(0, published - draft),
  fromStart: null,
  fromEnd: { p50Ms: 60, p95Ms: 140, count: draft },
  feedback: { useful: 6, notUseful: 2, precision: 0.75 },
  examples: [{ callId: "past3", atMs: 31_000, side: "draft", utteranceId: "u.a6", start: 0, end: 0 }],
  ...more,
});

export const SHADOW = {
  calls: 24,
  minutes: 66.2,
  utterances: 913,
  cutCalls: 0,
  stoppedEarly: false,
  draft: side({ cues: 47, cuesPerMinute: 0.71, alerts: 5 }),
  published: side({ version: 3 }),
  rules: [
    rule("block-first", "Card gone, block it first", 18, 18),
    rule("verify-late", "Lost card and not verified", 22, 14),
    rule("lawyers", "Lawyers are spoken of", 5, 7, {
      fromEnd: null,
      feedback: { useful: 0, notUseful: 0, precision: null },
    }),
  ],
  rulesLeftOut: 0,
};
