"""A leak is planted into stored text, behind the gate's back: it is found, masked everywhere, beeped, and told.

On the real PostgreSQL, with a recording in an object store; the workflow is interpreted as every engine does it, from a
journal, and its process is killed after any of its steps.
"""

import msgspec
import numpy as np
import pytest

from cueline.archive.chunks import ChunkContext, digest, seal_chunk
from cueline.archive.layout import chunk_key, manifest_key
from cueline.archive.manifest import manifest_of, seal_manifest
from cueline.archive.reading import RecordingReader
from cueline.archive.rendering import _merged
from cueline.archive.tone import beeped
from cueline.archive.waveform import summary
from cueline.events.catalogue import CallEnded, UtteranceAmended, UtteranceCommitted
from cueline.events.history import CallQuery
from cueline.events.recording import SAMPLE_RATE_HZ, BeepSpan, RecordingChunk
from cueline.events.records import NewEvent, NewUtterance
from cueline.events.redacted import Mask, RedactedText, RedactedWord
from cueline.events.verification import CallVerified
from cueline.kernel.clock import VirtualClock
from cueline.kernel.ids import CHANNELS, utterance_id
from cueline.roles.verification import VerificationStarter, VerificationSteps, planned
from cueline.storage.engine import Database
from cueline.storage.notes import PostgresNotes
from cueline.storage.recordings import PostgresRecordings
from cueline.storage.verifications import PostgresVerifications
from cueline.workflows.interpret import Outcome, StepCall, interpret
from cueline.workflows.plan import StepRefusedError
from cueline.workflows.verify_call import VERIFY_CALL
from tests.fakes.keys import MemoryKeys
from tests.fakes.objects import MemoryObjects
from tests.unit.storage.conftest import TENANT, World, commit

pytestmark = pytest.mark.component("postgres")

DIALOGUE = (
    ("agent", "okay and what is the card number please"),
    ("customer", "sure it is [CREDIT_CARD]"),
    ("agent", "thank you and the security code on the back"),
    ("customer", "the security code is [CVV]"),
    ("agent", "great that is all i need have a lovely day"),
)
LEAK = "four one two"
LEAKED = f"the security code is {LEAK}"
LENGTH_S = 30


class Killed(Exception):
    """The process is gone: nothing that it did after this is recorded."""


def turn(call, ordinal, channel, text):
    start = 1_000 + ordinal * 5_000
    words = tuple(RedactedWord(each, start + 400 * at, start + 400 * at + 300) for at, each in enumerate(text.split()))
    masks = tuple(
        Mask(text.index(each), text.index(each) + len(each), each[1:-1]) for each in text.split() if each[0] == "["
    )
    item = NewUtterance(
        utterance_id(call, channel, ordinal), channel, ordinal, channel, start, words[-1].end_ms,
        RedactedText(text, words, masks),
    )  # fmt: skip
    return NewEvent(words[-1].end_ms, item)


class Stage:
    """One ended call with text, notes and a recording, and the steps that verify it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.objects, self.keys = MemoryObjects(), MemoryKeys()
        self.recordings = PostgresRecordings(world.database)
        self.notes = PostgresNotes(world.database, clock=world.clock)
        self.book = PostgresVerifications(
            world.database, world.outbox, clock=world.clock, announce=("quarantine_webhook",)
        )
        self.steps = VerificationSteps(
            calls=world.calls, notes=self.notes, book=self.book, recordings=self.recordings, objects=self.objects,
            keys=self.keys, clock=world.clock,
        )  # fmt: skip
        self.journal: dict[tuple[int, int], Outcome] = {}
        self.order: list[str] = []

    async def play(self) -> None:
        claimed = await self.world.claimed()
        self.call = claimed.record.call_id
        writer = self.world.writer(claimed)
        said = [turn(self.call, at, channel, text) for at, (channel, text) in enumerate(DIALOGUE)]
        await writer.commit(commit(1, *said))
        await self._record(claimed.epoch)
        await writer.commit(commit(2, NewEvent(LENGTH_S * 1_000, CallEnded("disconnected"))))
        await self.notes.save(TENANT, self.call, {"summary": "The code was taken."}, based_on=0, by=None)
        await self.book.compared(TENANT, self.call, "clean", turns=len(said), compared_turns=len(said))

    async def plant(self) -> None:
        """As if the gate had let it through: text, words and audio."""
        leaked = turn(self.call, 3, "customer", LEAKED).item.content
        await self.world.database.statement(
            "UPDATE utterances SET text = $2, words = $3::jsonb, masks = '[]'::jsonb WHERE utterance_id = $1",
            utterance_id(self.call, "customer", 3), leaked.text, msgspec.json.encode(leaked.words).decode(),
        )  # fmt: skip
        await self.world.database.statement("UPDATE notes SET fields = $1::jsonb", f'{{"summary": "{LEAKED}."}}')
        await self._record(None)

    async def _record(self, epoch: int | None) -> None:
        """The recording of the words as they stand now: noise for speech, tone for masks."""
        rng = np.random.default_rng(3)
        self.speech = rng.integers(-5_000, 5_000, (LENGTH_S * SAMPLE_RATE_HZ, 2)).astype("<i2")
        wanted, _ = planned(await self.book.turns(TENANT, self.call))
        end = len(self.speech)
        spans = [BeepSpan(each.start, min(each.end, end), each.channel) for each in wanted]
        sides = [
            np.frombuffer(
                beeped(
                    np.ascontiguousarray(self.speech[:, at]).tobytes(),
                    _merged(span for span in spans if span.channel == channel),
                    at=0,
                ),
                dtype="<i2",
            )
            for at, channel in enumerate(CHANNELS)
        ]
        pcm = np.stack(sides, axis=1).tobytes()
        if epoch is not None:
            self.data_key, wrapped = await self.keys.new_data_key(TENANT)
            await self.recordings.begin(TENANT, self.call, epoch=epoch, codec="flac", key=wrapped)
        size, parts = 10 * SAMPLE_RATE_HZ, []
        await self.world.database.statement("DELETE FROM recording_chunks")
        await self.world.database.statement(
            "UPDATE recordings SET chunks = 0, position = 0, state = 'recording', manifest_revision = NULL"
        )
        for number in range(LENGTH_S // 10):
            at = number * size
            body_pcm = pcm[at * 4 : (at + size) * 4]
            context = ChunkContext(TENANT, self.call, number, 0, at, size)
            body = seal_chunk(body_pcm, context=context, codec="flac", data_key=self.data_key)
            await self.objects.put(chunk_key(TENANT, self.call, number, 0), body)
            cut = tuple(
                BeepSpan(max(span.start, at), min(span.end, at + size), span.channel)
                for span in sorted(spans)
                if span.start < at + size and at < span.end
            )
            chunk = RecordingChunk(number, 0, at, size, len(body), digest(body), cut)
            await self.recordings.add(TENANT, self.call, chunk, epoch=epoch or 1)
            parts.append((at, summary(body_pcm, position=at)))
        chunks = await self.recordings.chunks(TENANT, self.call)
        manifest = manifest_of(TENANT, self.call, revision=0, codec="flac", chunks=chunks, waveforms=parts)
        await self.objects.put(manifest_key(TENANT, self.call, 0), seal_manifest(manifest, data_key=self.data_key))
        await self.recordings.seal(TENANT, self.call, epoch=epoch or 1, at_ms=1)

    async def verify(self, *, kill_after: int | None = None, attempt: int = 1) -> None:
        """Runs the workflow from its journal; kill_after: so many steps of this process have their effect and then
        it dies before the last one's outcome is recorded."""
        left = kill_after

        async def perform(step: StepCall, _: object) -> Outcome:
            nonlocal left
            known = self.journal.get((step.number, step.tried))
            if known is not None:
                return known
            try:
                outcome = Outcome(value=dict(await self.steps.functions()[step.step](step)))
            except StepRefusedError as error:
                outcome = Outcome(code=error.reason)
            await self._guide()
            if left is not None:
                left -= 1
                if left == 0:
                    raise Killed
            self.order.append(step.step)
            self.journal[step.number, step.tried] = outcome
            return outcome

        async def sleep(_: int) -> None:
            self.world.clock.advance_to(self.world.clock.monotonic_ms() + 5_000)

        argument = {"tenant": TENANT, "callId": self.call, "attempt": attempt}
        self.ended = await interpret(VERIFY_CALL, "verify:1", argument, perform=perform, sleep=sleep)

    async def _guide(self) -> None:
        """The guide makes notes again of what may still be read."""
        events = [each.payload for each in await self.world.calls.events(TENANT, self.call, after=0, limit=100)]
        if any(isinstance(each, UtteranceAmended) for each in events):
            said = next(each.text for each in events if isinstance(each, UtteranceCommitted) and "code is" in each.text)
            await self.notes.remake(TENANT, self.call, {"summary": f"{said}."})

    async def everything(self) -> str:
        """All text that PostgreSQL has of the call, in one."""
        found = ""
        for table in ("utterances", "events", "notes", "webhook_deliveries", "verifications", "outbox"):
            rows = await self.world.database.statement(f"SELECT to_jsonb(t)::text AS said FROM {table} t")
            found += "\n".join(row["said"] for row in rows)
        return found

    async def heard(self) -> np.ndarray:
        opened = await RecordingReader(self.objects, self.keys, self.recordings).open(TENANT, self.call)
        return np.frombuffer(await opened.pcm(0, opened.samples), dtype="<i2").reshape(-1, 2)


@pytest.fixture
async def staged(database_url):
    database = Database(database_url, pool_size=4)
    clock = VirtualClock(epoch_origin_ms=1_700_000_000_000)
    stage = Stage(World(database_url, database, clock))
    await stage.play()
    yield stage
    await database.close()


async def assert_mended(stage: Stage) -> None:
    assert LEAK not in await stage.everything()
    events = await stage.world.calls.events(TENANT, stage.call, after=0, limit=100)
    texts = [each.payload.text for each in events if isinstance(each.payload, UtteranceCommitted)]
    assert texts == [text for _, text in DIALOGUE]
    [verdict] = [each.payload for each in events if isinstance(each.payload, CallVerified)]
    assert (verdict.state, dict(verdict.findings), verdict.by) == ("widened", {"CVV": 2}, None)
    assert [each.sequence for each in events] == list(range(1, len(events) + 1))
    found = await stage.world.calls.search(TENANT, CallQuery(limit=5, words=f'"{LEAK}"'))
    assert found.calls == ()
    assert (await stage.world.calls.search(TENANT, CallQuery(limit=5, words="code"))).calls != ()
    # The words "four one two" were said from 17.6 s on.
    heard, at = await stage.heard(), slice(17_600 * 8, 18_700 * 8)
    assert np.abs(heard[at, 0]).max() <= 3_000
    assert np.array_equal(heard[: 8 * 1_500, 0], stage.speech[: 8 * 1_500, 0])
    assert np.array_equal(heard[:, 1], stage.speech[:, 1])
    known = await stage.book.find(TENANT, stage.call)
    assert (known.state, known.results.audio, known.results.open, known.results.reasons) == ("widened", "clean", (), ())
    assert await stage.world.value("SELECT verification FROM calls") == "widened"


async def test_a_clean_call_is_verified(staged):
    await staged.verify()
    known = await staged.book.find(TENANT, staged.call)
    assert (known.state, known.compared, known.results.audio) == ("verified", "clean", "clean")
    assert staged.order == ["verify_open", "verify_scan", "verify_audio", "verify_decide"]
    assert staged.ended.result == {"state": "verified"}


async def test_a_planted_leak_is_masked_everywhere_beeped_and_told(staged):
    await staged.plant()
    assert LEAK in await staged.everything()
    await staged.verify()
    assert staged.order == [
        "verify_open", "verify_scan", "verify_amend", "verify_scan", "verify_audio", "verify_rebeep", "verify_audio",
        "verify_decide",
    ]  # fmt: skip
    await assert_mended(staged)


@pytest.mark.parametrize("step", range(1, 9))
async def test_killed_after_any_step_it_ends_the_same(staged, step):
    await staged.plant()
    with pytest.raises(Killed):
        await staged.verify(kill_after=step)
    await staged.verify()
    await assert_mended(staged)


async def test_killed_after_every_single_step(staged):
    await staged.plant()
    for _ in range(50):
        try:
            # Each process does one step that counts and dies at its second.
            await staged.verify(kill_after=2)
            break
        except Killed:
            continue
    await staged.verify()
    await assert_mended(staged)


async def test_what_people_wrote_is_not_changed_but_quarantined(staged):
    await staged.notes.save(TENANT, staged.call, {"summary": "card number 4111 1111 1111 1111"}, based_on=1, by="sam")
    await staged.verify()
    known = await staged.book.find(TENANT, staged.call)
    assert (known.state, known.results.reasons) == ("quarantined", ("text",))
    [finding] = known.results.open
    assert (finding.place, finding.ref, finding.type) == ("note", "summary", "CREDIT_CARD")
    told = await staged.world.value("SELECT body::text FROM webhook_deliveries WHERE kind = 'quarantine_webhook'")
    assert msgspec.json.decode(told)["reasons"] == ["text"]
    assert "4111" not in told


async def test_a_recording_that_was_tampered_with_is_quarantined(staged):
    key = chunk_key(TENANT, staged.call, 1, 0)
    staged.objects.bodies[key] = staged.objects.bodies[key][:-1] + b"\0"
    await staged.verify()
    known = await staged.book.find(TENANT, staged.call)
    assert (known.state, known.results.reasons) == ("quarantined", ("audio",))
    assert known.results.audio_faults == ("chunk_refused",)


async def test_without_a_recording_the_text_is_verified(staged):
    await staged.world.database.statement("DELETE FROM recordings")
    await staged.verify()
    known = await staged.book.find(TENANT, staged.call)
    assert (known.state, known.results.audio) == ("verified", "none")


async def test_a_process_that_never_compared_is_waited_for_and_noted(staged):
    await staged.world.database.statement("UPDATE verifications SET compared = 'pending'")
    await staged.verify()
    known = await staged.book.find(TENANT, staged.call)
    assert (known.state, known.compared) == ("verified", "notCompared")
    assert staged.order.count("verify_open") > 3


class Engine:
    """Notes what is started."""

    def __init__(self) -> None:
        self.started: list[str] = []

    async def start(self, run_id, workflow, argument):
        self.started.append(run_id)

    async def result(self, run_id):
        return None


async def test_every_ended_call_is_started_once_also_those_that_ended_while_nobody_looked(staged):
    await staged.world.database.statement("DELETE FROM verifications")
    await staged.world.claimed("contact-2")  # goes on
    engine = Engine()
    starter = VerificationStarter(staged.book, staged.world.calls, tenant=TENANT, clock=staged.world.clock)
    assert await starter.turn(engine) == 1
    assert await starter.turn(engine) == 0
    again = VerificationStarter(staged.book, staged.world.calls, tenant=TENANT, clock=staged.world.clock)
    await again.turn(engine)
    assert engine.started == [f"verify:{staged.call}:1"] * 2
    await staged.verify()
    await again.turn(engine)
    assert len(engine.started) == 2
    assert await staged.book.again(TENANT, staged.call)
    await again.turn(engine)
    assert engine.started[2:] == [f"verify:{staged.call}:2"]
