// Sends what comes on standard input as audio through the AWS SDK, and prints what the SDK made of the answer.
// node transcribe_client.mjs MODULES-FOLDER PORT websocket|http2 ACCESS-KEY-ID SECRET-ACCESS-KEY
import { createRequire } from "node:module";
const [, , modules, port, transport, accessKeyId, secretAccessKey] = process.argv;
const require = createRequire(modules + "/");
const { TranscribeStreamingClient, StartStreamTranscriptionCommand } = require("@aws-sdk/client-transcribe-streaming");
const { WebSocketFetchHandler } = require("@aws-sdk/middleware-websocket");
const { eventStreamPayloadHandler } = require("@aws-sdk/middleware-sdk-transcribe-streaming");
const WS = require("ws");
const tls = require("node:tls");

// As in a browser, but that the SDK's fixed port leads to the emulator's; the Host that was signed stays.
globalThis.WebSocket = class extends WS {
  constructor(url) {
    super(url, { createConnection: (options) => tls.connect({ ...options, host: "127.0.0.1", port: Number(port), servername: "localhost" }) });
  }
};
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const audio = Buffer.concat(chunks);
let over;
const heard = new Promise((resolve) => (over = resolve));
async function* events() {
  for (let at = 0; at < audio.length; at += 3200) {
    yield { AudioEvent: { AudioChunk: audio.subarray(at, at + 3200) } };
  }
  if (transport === "websocket") {
    // The SDK closes the socket when this generator is done, and hears nothing after that.
    yield { AudioEvent: { AudioChunk: new Uint8Array(0) } };
    await heard;
  }
}
const way = transport === "websocket"
  ? { endpoint: "https://localhost", requestHandler: new WebSocketFetchHandler(), eventStreamPayloadHandlerProvider: () => eventStreamPayloadHandler }
  : { endpoint: `https://localhost:${port}` };
const client = new TranscribeStreamingClient({ region: "us-east-1", credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1, ...way });
try {
  const answer = await client.send(new StartStreamTranscriptionCommand({
    LanguageCode: "en-US", MediaEncoding: "pcm", MediaSampleRateHertz: 8000, EnableChannelIdentification: true, NumberOfChannels: 2,
    EnablePartialResultsStabilization: true, PartialResultsStability: "high", AudioStream: events() }));
  const seen = { sessionId: answer.SessionId, partials: 0, finals: [] };
  for await (const event of answer.TranscriptResultStream) {
    for (const result of event.TranscriptEvent?.Transcript?.Results ?? []) {
      if (result.IsPartial) seen.partials += 1;
      else seen.finals.push([result.ChannelId, result.Alternatives[0].Transcript, result.Alternatives[0].Items.every((i) => i.Type === "punctuation" || i.Stable)]);
    }
  }
  over();
  console.log(JSON.stringify(seen));
} catch (error) {
  console.log(JSON.stringify({ error: error.name, message: error.message, status: error.$metadata?.httpStatusCode }));
}
process.exit(0);
