// Written by scripts/generate_web_types.py from src/cueline/delivery/rest.py. Do not edit: run that script again.

export interface RecogniserInfo {
  readonly name: string;
  readonly label: string;
  readonly source: "recognised" | "script";
}

export interface SystemInfo {
  readonly version: string;
  readonly demo: boolean;
  readonly recogniser: RecogniserInfo;
}

export interface CallSummary {
  readonly callId: string;
  readonly contactId: string;
  readonly phase: "connected" | "ended" | "held" | "offered" | "queued" | "system";
  readonly sequence: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly durationMs: number | null;
  readonly agentId: string | null;
  readonly customerEndpoint: string | null;
  readonly profile: string;
  readonly recogniser: string | null;
  readonly recogniserSource: "recognised" | "script" | null;
  readonly endReason:
    "disconnected" | "failed" | "next_contact" | "no_audio" | "stream_missing" | "transferred" | null;
  readonly utterances: number;
  readonly warnings: number;
  readonly masks: number;
  readonly title: string | null;
}

export interface CallList {
  readonly calls: ReadonlyArray<CallSummary>;
}

export interface UtteranceTiming {
  readonly utteranceId: string;
  readonly stages: Readonly<Record<string, number>>;
}

export interface TimingList {
  readonly timings: ReadonlyArray<UtteranceTiming>;
}

export interface LiveToken {
  readonly token: string;
  readonly expiresInS: number;
}
