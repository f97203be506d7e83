/** The try-out: typed turns, what of them may be sent, and whose answer counts. Pure. */

import type { PolicyFields, PolicyTrial, TriedTurn, TrialTurn } from "../generated/rest";

/** The server's limits for one trial. */
export const TURNS_MAX = 20;
export const TEXT_MAX = 2_000;

export const PAUSE_MS = 300;

export interface Turn {
  readonly id: number;
  readonly role: TrialTurn["role"];
  readonly text: string;
}

const EXAMPLE: readonly (readonly [Turn["role"], string])[] = [
  ["agent", "could you read me your card number please"],
  ["customer", "sure it's four one one one one one one one one one one one one one one one"],
  ["agent", "and the three digits on the back"],
  ["customer", "seven three seven"],
  ["agent", "which phone number can we call you back on"],
  ["customer", "it's oh two oh seven nine four six oh nine five eight"],
  ["agent", "and can i take your name please"],
  ["customer", "yes it's maria lopez and my basket number is four four one two"],
];

/** A made-up conversation in which most switches show. */
export function exampleTurns(): Turn[] {
  return EXAMPLE.map(([role, text], id) => ({ id, role, text }));
}

/** One more turn, of whoever did not speak last. */
export function withTurn(turns: readonly Turn[]): readonly Turn[] {
  if (turns.length >= TURNS_MAX) return turns;
  const id = 1 + Math.max(-1, ...turns.map((turn) => turn.id));
  return [...turns, { id, role: turns.at(-1)?.role === "agent" ? "customer" : "agent", text: "" }];
}

/** Characters as the server counts them. */
export function lengthOf(turns: readonly Turn[]): number {
  return turns.reduce((sum, turn) => sum + Array.from(turn.text).length, 0);
}

export interface Question {
  readonly body: PolicyTrial;
  /** Where the answers belong, place by place. */
  readonly turns: readonly Turn[];
}

/** What to send; null where there is nothing to mask, or more than the server takes. */
export function question(policy: PolicyFields, turns: readonly Turn[]): Question | null {
  if (turns.length > TURNS_MAX || lengthOf(turns) > TEXT_MAX) return null;
  if (turns.every((turn) => turn.text.trim() === "")) return null;
  const body = { policy, turns: turns.map(({ role, text }) => ({ role, text })) };
  return { body, turns };
}

export type Answers = ReadonlyMap<number, TriedTurn>;

export function answersOf(asked: Question, tried: readonly TriedTurn[]): Answers {
  const found = new Map<number, TriedTurn>();
  asked.turns.forEach(({ id }, place) => {
    const turn = tried[place];
    if (turn) found.set(id, turn);
  });
  return found;
}

/** Lines that a text needs in a box of so many characters a line; at most four, then the box scrolls. */
export function rowsOf(text: string, perLine: number): number {
  return Math.min(4, Math.max(1, Math.ceil(Array.from(text).length / perLine)));
}

export interface Timers {
  readonly set: (run: () => void, ms: number) => number;
  readonly clear: (timer: number) => void;
}

/**
 * Asks once nothing changed for a moment, one question at a time: the answer to a question that was overtaken is
 * dropped, and the newest question goes next.
 */
export class LatestAnswer<Q, A> {
  private waiting: { readonly question: Q } | null = null;
  private timer: number | null = null;
  private asking = false;
  private asked = 0;

  constructor(
    private readonly ask: (question: Q) => Promise<A>,
    private readonly heard: (question: Q, answer: A) => void,
    private readonly failed: (error: unknown) => void,
    private readonly timers: Timers,
    private readonly pauseMs: number = PAUSE_MS,
  ) {}

  /** The newest question; null: what was asked until now counts no more. */
  put(next: Q | null): void {
    this.asked += 1;
    this.waiting = next === null ? null : { question: next };
    if (this.timer !== null) this.timers.clear(this.timer);
    this.timer = null;
    if (next !== null)
      this.timer = this.timers.set(() => {
        this.timer = null;
        this.send();
      }, this.pauseMs);
  }

  private send(): void {
    if (this.asking || this.timer !== null || this.waiting === null) return;
    const { question } = this.waiting;
    this.waiting = null;
    this.asking = true;
    const number = this.asked;
    const done = (tell: () => void): void => {
      this.asking = false;
      if (number === this.asked) tell();
      else this.send();
    };
    this.ask(question).then(
      (answer) => done(() => this.heard(question, answer)),
      (error: unknown) => done(() => this.failed(error)),
    );
  }
}
