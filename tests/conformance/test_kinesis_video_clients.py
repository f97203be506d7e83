"""Unmodified AWS clients, aiobotocore and boto3, against the emulated Kinesis Video Streams."""

import asyncio
import dataclasses
import datetime as dt
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import boto3  # type: ignore[import-untyped]
import numpy as np
import pytest
from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.exceptions import ClientError, ResponseStreamingError

from cueline.emulators.kinesis_video import KinesisVideoEmulator, Showing, read_faults, serve
from cueline.emulators.kinesis_video_faults import ERROR_STATUS, Fault
from cueline.emulators.kinesis_video_plan import PlayOptions
from cueline.emulators.kinesis_video_playback import Playback
from cueline.emulators.kinesis_video_recording import Recording
from cueline.kernel.clock import VirtualClock
from cueline.kernel.errors import InputError, UnavailableError
from cueline.media.demuxer import Demuxer
from cueline.media.events import FragmentCompleted
from cueline.media.muxer import Shape

EPOCH_MS = 1_700_000_000_000
CREDENTIALS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "emulated",
    "aws_secret_access_key": "emulated",
}
NOISE = np.random.default_rng(3).integers(-9000, 9000, (2, 48_005)).astype("<i2")
CALL = Recording.from_pcm(customer=NOISE[0].tobytes(), agent=NOISE[1].tobytes())
"""Six seconds: six fragments of a second, and one of five samples."""
OPTIONS = PlayOptions(fragment_ms=1000, first_producer_ms=EPOCH_MS)
EARLIEST = {"StartSelectorType": "EARLIEST"}
SESSION = get_session()


class Clients:
    """An emulator on a clock that stands still, and aiobotocore's clients for it."""

    def __init__(self, emulator: KinesisVideoEmulator, clock: VirtualClock, url: str) -> None:
        self.emulator = emulator
        self.clock = clock
        self.url = url
        self.control: Any = None
        self.media: Any = None
        self.archive: Any = None

    def advance_to(self, now_ms: int) -> None:
        self.clock.advance_to(now_ms)
        self.emulator.release_due()

    def play(self, *, contact: str = "contact-1", speed: float | None = None, **options: Any) -> Playback:
        chosen = dataclasses.replace(OPTIONS, **options)
        return self.emulator.play(CALL, stream="s", contact_id=contact, speed=speed, options=chosen)

    async def get_media(self, selector: dict[str, Any]) -> Any:
        return (await self.media.get_media(StreamName="s", StartSelector=selector))["Payload"]


@asynccontextmanager
async def running(*faults: Fault, **settings: Any) -> AsyncIterator[Clients]:
    clock = VirtualClock(epoch_origin_ms=EPOCH_MS)
    emulator = KinesisVideoEmulator(clock=clock, faults=faults, **settings)
    clients = Clients(emulator, clock, await emulator.start())
    config = AioConfig(retries={"total_max_attempts": 1}, max_pool_connections=50)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(emulator.stop)
        names = {"control": "kinesisvideo", "media": "kinesis-video-media", "archive": "kinesis-video-archived-media"}
        for attribute, service in names.items():
            made = SESSION.create_client(service, endpoint_url=clients.url, config=config, **CREDENTIALS)
            setattr(clients, attribute, await stack.enter_async_context(made))
        yield clients


class Reading:
    """What comes out of one GetMedia, fragment by fragment."""

    def __init__(self, body: Any) -> None:
        self._body = body
        self._demuxer = Demuxer()
        self.ended = False

    async def next(self) -> FragmentCompleted | None:
        """The next fragment; None at a normal end."""
        while True:
            event = self._demuxer.next_event()
            if isinstance(event, FragmentCompleted):
                return event
            if event is not None:
                continue
            if self.ended:
                return None
            data = await asyncio.wait_for(self._body.read(7001), 5)
            self.ended = not data
            if data:
                self._demuxer.receive_data(data)
            else:
                self._demuxer.receive_end()

    async def take(self, count: int) -> list[FragmentCompleted]:
        found = [await self.next() for _ in range(count)]
        return [one for one in found if one is not None]

    async def rest(self) -> list[FragmentCompleted]:
        found = []
        while (one := await self.next()) is not None:
            found.append(one)
        return found


def starts(fragments: Sequence[FragmentCompleted]) -> list[int]:
    return [(one.producer_ms or 0) - EPOCH_MS for one in fragments]


def joined(fragments: Sequence[FragmentCompleted]) -> tuple[bytes, bytes]:
    return b"".join(one.customer or b"" for one in fragments), b"".join(one.agent or b"" for one in fragments)


async def refused(call: Any) -> tuple[str, int, str]:
    """The error that a call ends with: its code as botocore reads it, HTTP status, the header's spelling."""
    with pytest.raises(ClientError) as error:
        await call
    metadata = error.value.response["ResponseMetadata"]
    code = error.value.response["Error"]["Code"]
    return code, metadata["HTTPStatusCode"], metadata["HTTPHeaders"]["x-amzn-errortype"]


async def test_a_stream_is_made_described_listed_changed_and_deleted() -> None:
    async with running() as clients:
        control = clients.control
        arn = (await control.create_stream(StreamName="mine", DataRetentionInHours=2, KmsKeyId="k"))["StreamARN"]
        assert arn == clients.emulator.create_stream("mine")
        info = (await control.describe_stream(StreamARN=arn))["StreamInfo"]
        assert (info["StreamName"], info["StreamARN"], info["Status"]) == ("mine", arn, "ACTIVE")
        assert (info["DataRetentionInHours"], info["KmsKeyId"]) == (2, "k")
        assert info["CreationTime"].timestamp() == EPOCH_MS / 1000
        change = {"StreamName": "mine", "DataRetentionChangeInHours": 1, "Operation": "DECREASE_DATA_RETENTION"}
        await control.update_data_retention(CurrentVersion=info["Version"], **change)
        stale = control.update_data_retention(CurrentVersion=info["Version"], **change)
        assert (await refused(stale))[0] == "VersionMismatchException"
        clients.emulator.create_stream("other")
        listed = await control.list_streams(MaxResults=1)
        assert [one["DataRetentionInHours"] for one in listed["StreamInfoList"]] == [1]
        listed = await control.list_streams(MaxResults=1, NextToken=listed["NextToken"])
        assert [one["StreamName"] for one in listed["StreamInfoList"]] == ["other"]
        assert "NextToken" not in listed
        named = await control.list_streams(
            StreamNameCondition={"ComparisonOperator": "BEGINS_WITH", "ComparisonValue": "m"}
        )
        assert [one["StreamName"] for one in named["StreamInfoList"]] == ["mine"]
        await control.delete_stream(StreamARN=arn)
        assert (await refused(control.describe_stream(StreamName="mine")))[:2] == ("ResourceNotFoundException", 404)


async def test_retention_zero_is_described_as_zero_and_lists_nothing() -> None:
    async with running() as clients:
        clients.emulator.create_stream("s", retention_hours=0)
        clients.play()
        info = (await clients.control.describe_stream(StreamName="s"))["StreamInfo"]
        assert info["DataRetentionInHours"] == 0
        assert (await clients.archive.list_fragments(StreamName="s", FragmentSelector=whole()))["Fragments"] == []
        assert starts(await Reading(await clients.get_media(EARLIEST)).take(1)) == [0]
        clients.advance_to(5 * 60_000 + 1)
        clients.play(first_producer_ms=EPOCH_MS + 3_600_000)
        assert starts(await Reading(await clients.get_media(EARLIEST)).take(1)) == [3_600_000]


async def test_the_data_endpoint_is_the_server_itself() -> None:
    async with running() as clients:
        arn = clients.emulator.create_stream("s")
        for name in ("GET_MEDIA", "LIST_FRAGMENTS", "GET_MEDIA_FOR_FRAGMENT_LIST"):
            answer = await clients.control.get_data_endpoint(StreamARN=arn, APIName=name)
            assert answer["DataEndpoint"] == clients.url


def whole(kind: str = "PRODUCER_TIMESTAMP", start_s: int = 0, end_s: int = 100) -> dict[str, Any]:
    return {
        "FragmentSelectorType": kind,
        "TimestampRange": {
            "StartTimestamp": EPOCH_MS / 1000 + start_s,
            "EndTimestamp": EPOCH_MS / 1000 + end_s,
        },
    }


@pytest.mark.parametrize(
    ("selector", "first_ms"),
    [
        (lambda playback, tokens: EARLIEST, 0),
        (lambda playback, tokens: {"StartSelectorType": "NOW"}, 6000),
        (
            lambda playback, tokens: {
                "StartSelectorType": "FRAGMENT_NUMBER",
                "AfterFragmentNumber": playback.start_fragment_number,
            },
            1000,
        ),
        (
            lambda playback, tokens: {"StartSelectorType": "CONTINUATION_TOKEN", "ContinuationToken": tokens[2]},
            3000,
        ),
        (
            lambda playback, tokens: {
                "StartSelectorType": "PRODUCER_TIMESTAMP",
                "StartTimestamp": playback.start_timestamp_ms / 1000 + 2,
            },
            2000,
        ),
        (
            lambda playback, tokens: {
                "StartSelectorType": "PRODUCER_TIMESTAMP",
                "StartTimestamp": dt.datetime.fromtimestamp(0, dt.UTC),
            },
            0,
        ),
        (
            lambda playback, tokens: {"StartSelectorType": "SERVER_TIMESTAMP", "StartTimestamp": EPOCH_MS / 1000 + 2},
            1000,
        ),
    ],
)
async def test_every_selector(selector: Callable[[Playback, list[str]], dict[str, Any]], first_ms: int) -> None:
    async with running() as clients:
        playback = clients.play()
        first = await Reading(await clients.get_media(EARLIEST)).take(7)
        tokens = [one.continuation_token or "" for one in first]
        (found,) = await Reading(await clients.get_media(selector(playback, tokens))).take(1)
        assert starts([found]) == [first_ms]


async def test_a_start_that_is_gone_is_said_in_the_stream() -> None:
    async with running() as clients:
        clients.play()
        selector = {"StartSelectorType": "FRAGMENT_NUMBER", "AfterFragmentNumber": "12"}
        (said,) = await Reading(await clients.get_media(selector)).rest()
        assert said.error is not None
        assert (said.error.error_id, said.contact_id) == ("4000", None)


@pytest.mark.parametrize(
    ("options", "settings"),
    [
        ({}, {}),
        ({"odd_cuts": True}, {"write_bytes": 333}),
        ({"shape": Shape(contact_tags="before", cluster_size_known=True, block_bytes=191)}, {}),
        ({"tagless": frozenset({-1}), "repeats": frozenset()}, {"write_bytes": 7}),
    ],
)
async def test_the_audio_is_the_source(options: dict[str, Any], settings: dict[str, Any]) -> None:
    async with running(**settings) as clients:
        clients.play(**options)
        fragments = await Reading(await clients.get_media(EARLIEST)).take(7)
        assert joined(fragments) == (CALL.customer, CALL.agent)
        assert [one.millis_behind_now for one in fragments] == [5001, 4001, 3001, 2001, 1001, 1, 0]


async def test_getmedia_waits_for_what_comes() -> None:
    async with running() as clients:
        playback = clients.play(speed=1.0)
        selector = {"StartSelectorType": "PRODUCER_TIMESTAMP", "StartTimestamp": playback.start_timestamp_ms / 1000}
        reading = Reading(await clients.get_media(selector))
        waiting = asyncio.create_task(reading.next())
        clients.advance_to(999)
        done, _ = await asyncio.wait([waiting], timeout=0.02)
        assert not done
        clients.advance_to(1000)
        first = await asyncio.wait_for(waiting, 5)
        assert first is not None
        clients.advance_to(6001)
        fragments = [first, *await reading.take(6)]
        assert joined(fragments) == (CALL.customer, CALL.agent)
        await asyncio.wait_for(playback.released(), 1)


async def test_a_fragment_number_that_is_on_its_way_can_be_started_after() -> None:
    async with running() as clients:
        playback = clients.play(speed=1.0)
        number = playback.start_fragment_number
        body = await clients.get_media({"StartSelectorType": "FRAGMENT_NUMBER", "AfterFragmentNumber": number})
        clients.advance_to(2000)
        assert starts(await Reading(body).take(1)) == [1000]


async def test_a_stream_is_used_again_for_the_next_contact() -> None:
    async with running() as clients:
        first = clients.play()
        second = clients.play(contact="contact-2", pause_ms=500)
        fragments = await Reading(await clients.get_media(EARLIEST)).take(14)
        assert [one.contact_id for one in fragments] == ["contact-1"] * 7 + ["contact-2"] * 7
        assert joined(fragments[7:]) == (CALL.customer, CALL.agent)
        assert fragments[7].number == second.start_fragment_number
        assert fragments[7].producer_ms == second.start_timestamp_ms == first.stop_timestamp_ms + 500


async def test_a_dropped_connection_surfaces_as_a_payload_error_and_each_place_drops_once() -> None:
    async with running(Fault(kind="drop_connection", at_ms=1500, every_ms=2000)) as clients:
        clients.play()
        selector, drops = EARLIEST, 0
        seen: list[FragmentCompleted] = []
        while len(seen) < 7:
            reading = Reading(await clients.get_media(selector))
            try:
                while len(seen) < 7:
                    seen.extend(await reading.take(1))
            except aiohttp.ClientPayloadError:
                drops += 1
            if seen:  # aiohttp drops what it has not handed out yet when a connection breaks
                selector = {"StartSelectorType": "CONTINUATION_TOKEN", "ContinuationToken": seen[-1].number}
        assert drops == 3
        assert joined(seen) == (CALL.customer, CALL.agent)


async def test_sessions_end_normally_on_demand() -> None:
    async with running(Fault(kind="end_session", at_ms=3000), Fault(kind="truncate", at_fragment=4)) as clients:
        clients.play()
        assert starts(await Reading(await clients.get_media(EARLIEST)).rest()) == [0, 1000, 2000]
        assert starts(await Reading(await clients.get_media(EARLIEST)).rest()) == [0, 1000, 2000, 3000]
        assert len(await Reading(await clients.get_media(EARLIEST)).take(7)) == 7


async def test_a_session_ends_at_its_limit() -> None:
    async with running(session_limit_s=0.02) as clients:
        clients.play()
        reading = Reading(await clients.get_media(EARLIEST))
        assert len(await reading.take(7)) == 7
        waiting = asyncio.create_task(reading.next())
        clients.clock.advance_to(20)
        assert await asyncio.wait_for(waiting, 5) is None


async def test_error_tags_end_the_session_once() -> None:
    async with running(Fault(kind="error_tag", at_fragment=1, id=4500)) as clients:
        clients.play(errors={2: 5000})
        ids = []
        for _ in range(3):
            *_, last = await Reading(await clients.get_media(EARLIEST)).take(3)
            ids.append(last.error.error_id if last.error else None)
        assert ids == ["4500", "5000", None]


@pytest.mark.parametrize("name", list(ERROR_STATUS))
async def test_each_documented_error_on_demand(name: str) -> None:
    async with running(Fault(kind="refuse", at_ms=0, error=name)) as clients:
        clients.play()
        assert await refused(clients.get_media(EARLIEST)) == (name, ERROR_STATUS[name], name)
        assert await Reading(await clients.get_media(EARLIEST)).take(1)
    async with running(Fault(kind="refuse", at_ms=0, error=name, operation="DescribeStream", times=2)) as clients:
        clients.emulator.create_stream("s")
        for _ in range(2):
            assert (await refused(clients.control.describe_stream(StreamName="s")))[0] == name
        await clients.control.describe_stream(StreamName="s")


async def test_a_reconnection_can_be_refused() -> None:
    drop = Fault(kind="drop_connection", at_ms=2500)
    async with running(drop, Fault(kind="refuse", at_ms=2500, error="ClientLimitExceeded")) as clients:
        clients.play()
        with pytest.raises(aiohttp.ClientPayloadError):
            await Reading(await clients.get_media(EARLIEST)).rest()
        assert (await refused(clients.get_media(EARLIEST)))[0] == "ClientLimitExceededException"
        assert len(await Reading(await clients.get_media(EARLIEST)).take(7)) == 7


async def test_a_stream_has_three_connections() -> None:
    async with running() as clients:
        clients.play()
        bodies = [await clients.get_media(EARLIEST) for _ in range(3)]
        assert await refused(clients.get_media(EARLIEST)) == (
            "ConnectionLimitExceededException",
            400,
            "ConnectionLimitExceededException",
        )
        bodies[0].close()
        for _ in range(100):
            try:
                again = await clients.get_media(EARLIEST)
                break
            except ClientError:
                await asyncio.sleep(0.005)
        assert len(await Reading(again).take(7)) == 7


@pytest.mark.parametrize(
    ("service", "operation", "request_body"),
    [
        ("media", "getMedia", b"{"),
        ("media", "getMedia", b'{"StreamName": "s"}'),
        ("media", "getMedia", b'{"StartSelector": {"StartSelectorType": "NOW"}}'),
        ("media", "getMedia", b'{"StreamName": "s", "StartSelector": {"StartSelectorType": "LATER"}}'),
        ("media", "getMedia", b'{"StreamName": "s", "StartSelector": {"StartSelectorType": "FRAGMENT_NUMBER"}}'),
        ("media", "getMedia", b'{"StreamName": "s\\u0000", "StartSelector": {"StartSelectorType": "NOW"}}'),
        (
            "media",
            "getMedia",
            b'{"StreamName": "s", "StartSelector": {"StartSelectorType": "FRAGMENT_NUMBER", "AfterFragmentNumber": 7}}',
        ),
        ("control", "getDataEndpoint", b'{"StreamName": "s", "APIName": "TAKE_MEDIA"}'),
        ("control", "describeStream", b"{}"),
        ("control", "describeStream", b'{"StreamARN": "arn:aws:s3:::bucket"}'),
        ("control", "createStream", b'{"StreamName": "a b"}'),
        ("control", "deleteStream", b'{"StreamName": "s"}'),
        ("control", "listStreams", b'{"NextToken": "zz"}'),
        ("archive", "listFragments", b'{"StreamName": "s"}'),
        ("archive", "listFragments", b'{"StreamName": "s", "NextToken": "bm90aGluZw=="}'),
        ("archive", "listFragments", b'{"StreamName": "s", "MaxResults": 1001}'),
        ("archive", "getMediaForFragmentList", b'{"StreamName": "s", "Fragments": []}'),
    ],
)
async def test_requests_that_make_no_sense_are_refused(service: str, operation: str, request_body: bytes) -> None:
    emulator = KinesisVideoEmulator()
    url = await emulator.start()
    emulator.create_stream("s")
    try:
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{url}/{operation}", data=request_body) as answer,
        ):
            assert (answer.status, answer.headers["x-amzn-ErrorType"]) == (400, "InvalidArgumentException")
            assert (await answer.json())["Message"]
    finally:
        await emulator.stop()


async def test_other_paths_methods_and_streams_are_refused() -> None:
    async with running() as clients:
        async with aiohttp.ClientSession() as http:
            for method, path in (("GET", "/getMedia"), ("POST", "/putMedia"), ("POST", "/")):
                async with http.request(method, clients.url + path) as answer:
                    assert (answer.status, answer.headers["x-amzn-ErrorType"]) == (404, "UnknownOperationException")
        assert (await refused(clients.get_media(EARLIEST)))[:2] == ("ResourceNotFoundException", 404)
        arn = clients.emulator.create_stream("s")
        elsewhere = arn.replace("us-east-1", "eu-west-1")
        assert (await refused(clients.control.describe_stream(StreamARN=elsewhere)))[0] == "ResourceNotFoundException"
        both = clients.control.describe_stream(StreamARN=arn, StreamName="other")
        assert (await refused(both))[0] == "InvalidArgumentException"
        assert (await refused(clients.control.create_stream(StreamName="s")))[:2] == ("ResourceInUseException", 400)


async def test_fragments_are_listed_in_pages_and_fetched() -> None:
    async with running() as clients:
        playback = clients.play()
        page = await clients.archive.list_fragments(StreamName="s", MaxResults=4, FragmentSelector=whole())
        found = page["Fragments"]
        assert len(found) == 4
        page = await clients.archive.list_fragments(StreamName="s", MaxResults=4, NextToken=page["NextToken"])
        found += page["Fragments"]
        assert "NextToken" not in page
        assert [one["FragmentLengthInMilliseconds"] for one in found] == [1000] * 6 + [1]
        assert found[0]["FragmentNumber"] == playback.start_fragment_number
        assert found[1]["ProducerTimestamp"].timestamp() == EPOCH_MS / 1000 + 1
        assert found[0]["FragmentSizeInBytes"] == 32_000
        numbers = [one["FragmentNumber"] for one in found]
        got = await clients.archive.get_media_for_fragment_list(StreamName="s", Fragments=numbers)
        fragments = await Reading(got["Payload"]).rest()
        assert joined(fragments) == (CALL.customer, CALL.agent)
        assert {one.contact_id for one in fragments} == {"contact-1"}
        assert starts(fragments)[:3] == [0, 1000, 2000]


async def test_ranges_and_missing_fragments() -> None:
    async with running() as clients:
        clients.play(gaps=frozenset({2}))
        listed = await clients.archive.list_fragments(StreamName="s", FragmentSelector=whole(start_s=1, end_s=3))
        numbers = [one["FragmentNumber"] for one in listed["Fragments"]]
        assert len(numbers) == 2
        by_server = whole("SERVER_TIMESTAMP", start_s=1, end_s=3)
        listed = await clients.archive.list_fragments(StreamName="s", FragmentSelector=by_server)
        assert [one["FragmentNumber"] for one in listed["Fragments"]] == numbers[:1]
        asked = [numbers[0], "17"]
        got = await clients.archive.get_media_for_fragment_list(StreamName="s", Fragments=asked)
        there, missing = await Reading(got["Payload"]).rest()
        assert (there.error, there.number) == (None, numbers[0])
        assert missing.error is not None
        assert (missing.number, missing.error.error_id) == ("17", "4000")


async def test_stopping_ends_open_sessions() -> None:
    async with running() as clients:
        clients.play()
        reading = Reading(await clients.get_media(EARLIEST))
        await reading.take(7)
        await asyncio.wait_for(clients.emulator.stop(), 5)
        assert await reading.next() is None


async def test_deleting_a_stream_ends_its_sessions() -> None:
    async with running() as clients:
        playback = clients.play(speed=1.0)
        reading = Reading(await clients.get_media(EARLIEST))
        await clients.control.delete_stream(StreamARN=playback.stream_arn)
        assert await reading.next() is None
        await asyncio.wait_for(playback.released(), 1)


async def test_a_port_that_is_taken_is_said() -> None:
    async with running() as clients:
        port = int(clients.url.rsplit(":", 1)[1])
        with pytest.raises(UnavailableError, match="cannot listen"):
            await KinesisVideoEmulator().start(port)


async def test_names_and_ids_are_checked_in_python_too() -> None:
    emulator = KinesisVideoEmulator()
    with pytest.raises(InputError, match="not a stream"):
        emulator.create_stream("a b")
    with pytest.raises(InputError, match="contact id"):
        emulator.play(CALL, stream="s", contact_id="a b")
    with pytest.raises(InputError, match="unknown kind"):
        KinesisVideoEmulator(faults=[Fault(kind="flood", at_ms=0)])


async def test_serving_for_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "faults.json"
    file.write_text(json.dumps([{"kind": "refuse", "atMs": 0, "error": "NotAuthorized"}]))
    with pytest.raises(InputError, match="cannot read the faults file"):
        read_faults(tmp_path / "absent.json")
    stop, urls, playing = asyncio.Event(), asyncio.Queue[str](), asyncio.Queue[Playback]()
    serving = asyncio.create_task(
        serve(
            host="127.0.0.1",
            port=0,
            faults=read_faults(file),
            recordings=[Showing(CALL, "s", "contact-1")],
            speed=None,
            ready=urls.put_nowait,
            playing=playing.put_nowait,
            stop=stop,
        )
    )
    url = await asyncio.wait_for(urls.get(), 5)
    playback = await asyncio.wait_for(playing.get(), 5)
    async with SESSION.create_client("kinesis-video-media", endpoint_url=url, **CREDENTIALS) as media:
        asked = {"StreamARN": playback.stream_arn, "StartSelector": EARLIEST}
        assert (await refused(media.get_media(**asked)))[:2] == ("NotAuthorizedException", 401)
        got = await media.get_media(**asked)
        assert len(await Reading(got["Payload"]).take(6)) == 6
    stop.set()
    await asyncio.wait_for(serving, 5)


async def test_boto3_in_a_thread() -> None:
    async with running(Fault(kind="end_session", at_ms=5500)) as clients:
        clients.play()

        def synchronously() -> tuple[str, bytes, list[str], str]:
            def client(service: str) -> Any:
                return boto3.client(service, endpoint_url=clients.url, **CREDENTIALS)

            control = client("kinesisvideo")
            arn = control.describe_stream(StreamName="s")["StreamInfo"]["StreamARN"]
            endpoint = control.get_data_endpoint(StreamARN=arn, APIName="GET_MEDIA")["DataEndpoint"]
            got = client("kinesis-video-media").get_media(StreamARN=arn, StartSelector=EARLIEST)
            media = got["Payload"].read()
            archive = client("kinesis-video-archived-media")
            pages = archive.get_paginator("list_fragments").paginate(StreamARN=arn, FragmentSelector=whole())
            numbers = [one["FragmentNumber"] for page in pages for one in page["Fragments"]]
            fetched = archive.get_media_for_fragment_list(StreamARN=arn, Fragments=numbers[:2])["Payload"].read()
            try:
                control.describe_stream(StreamName="absent")
            except control.exceptions.ResourceNotFoundException as error:
                return endpoint, media, numbers, error.response["Error"]["Message"] + str(len(fetched) > 60_000)
            return endpoint, media, numbers, ""

        endpoint, media, numbers, refusal = await asyncio.to_thread(synchronously)
        assert endpoint == clients.url
        assert refusal.endswith("not active.True")
        demuxer = Demuxer()
        demuxer.receive_data(media)
        demuxer.receive_end()
        fragments = []
        while (event := demuxer.next_event()) is not None:
            if isinstance(event, FragmentCompleted):
                fragments.append(event)
        assert joined(fragments) == (CALL.customer[: 5 * 16_000], CALL.agent[: 5 * 16_000])
        assert len(numbers) == 7


async def test_boto3_sees_a_cut_connection_too() -> None:
    async with running(Fault(kind="drop_connection", at_ms=2500)) as clients:
        clients.play()

        def synchronously() -> str:
            media = boto3.client("kinesis-video-media", endpoint_url=clients.url, **CREDENTIALS)
            body = media.get_media(StreamName="s", StartSelector=EARLIEST)["Payload"]
            try:
                body.read()
            except ResponseStreamingError:
                return "cut"
            return "ended"

        assert await asyncio.to_thread(synchronously) == "cut"
