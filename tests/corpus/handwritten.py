"""Live streams written by hand, byte for byte, from what is published about them: without Cueline's muxer.

``CASES`` maps a name to (the stream, the fragments it holds, whether it is complete). Load it with
``runpy.run_path(path)["CASES"]``. A fragment is a dict of what a reader must find in it; audio is PCM per channel, or
``None`` where the track is not declared.

Sources: the Kinesis Video Streams guide (GetMedia, GetMediaForFragmentList: tags, error ids), the Amazon Connect
guide (track names), RFC 9559 and RFC 8794 (elements, sizes), and published captures for what no guide says: codec
fields that lie, Connect's tags before or after the Cluster or missing, sizes unknown or known, short blocks.
"""

from typing import Any, NamedTuple

MAGIC = bytes.fromhex("1A45DFA3")
CONTACT = "c0a80101-0000-4000-8000-00000000000a"
OTHER = "c0a80101-0000-4000-8000-00000000000b"
NUMBER = "91343852333181432392682062607743926871820000001"


class Case(NamedTuple):
    stream: bytes
    fragments: list[dict[str, Any]]
    complete: bool = True


def element(hex_id: str, body: bytes, size_bytes: int = 0) -> bytes:
    """An element of known size; its size in ``size_bytes`` bytes (0: one if it fits, else eight)."""
    width = size_bytes or (1 if len(body) < 127 else 8)
    return bytes.fromhex(hex_id) + (len(body) + (1 << 7 * width)).to_bytes(width, "big") + body


def unknown(hex_id: str, body: bytes) -> bytes:
    return bytes.fromhex(hex_id) + bytes.fromhex("01FFFFFFFFFFFFFF") + body


def header() -> bytes:
    return element("1A45DFA3", element("4286", b"\x01") + element("4282", b"matroska") + element("4287", b"\x02"))


def info(scale: int = 1_000_000) -> bytes:
    body = element("73A4", bytes(16)) + element("2AD7B1", scale.to_bytes(4, "big")) + element("7BA9", b"Kinesis")
    return element("1549A966", body + element("4D80", b"x") + element("5741", b"y"))


def track(number: int, name: str | None, kind: int = 2) -> bytes:
    """As Kinesis writes it: CodecID says AAC, CodecPrivate says AAC, and the payload is PCM all the same."""
    body = element("D7", bytes([number])) + element("73C5", bytes([number])) + element("83", bytes([kind]))
    if name is not None:
        body += element("536E", name.encode())
    return element("AE", body + element("86", b"A_AAC") + element("63A2", b"\x11\x90"))


def tracks(*entries: bytes) -> bytes:
    return element("1654AE6B", b"".join(entries))


BOTH = tracks(track(1, "AUDIO_FROM_CUSTOMER"), track(2, "AUDIO_TO_CUSTOMER"))
SWAPPED = tracks(track(1, "AUDIO_TO_CUSTOMER"), track(2, "AUDIO_FROM_CUSTOMER"))


def tag(name: str, value: str | bytes, size_bytes: int = 0) -> bytes:
    kind, body = ("4487", value.encode()) if isinstance(value, str) else ("4485", value)
    simple = element("45A3", name.encode(), size_bytes) + element(kind, body, size_bytes)
    return element("7373", element("67C8", simple, size_bytes), size_bytes)


def tags(**named: str | bytes) -> bytes:
    return element("1254C367", b"".join(tag(NAMES.get(key, key), value) for key, value in named.items()))


NAMES = {
    "number": "AWS_KINESISVIDEO_FRAGMENT_NUMBER",
    "server": "AWS_KINESISVIDEO_SERVER_TIMESTAMP",
    "producer": "AWS_KINESISVIDEO_PRODUCER_TIMESTAMP",
    "behind": "AWS_KINESISVIDEO_MILLIS_BEHIND_NOW",
    "token": "AWS_KINESISVIDEO_CONTINUATION_TOKEN",
    "error_code": "AWS_KINESISVIDEO_ERROR_CODE",
    "error_id": "AWS_KINESISVIDEO_ERROR_ID",
    "contact": "ContactId",
}


def leading(number: str = NUMBER, **more: str | bytes) -> bytes:
    return tags(number=number, server="1700000000.250", producer="1700000000.125", **more)


def trailing(token: str = NUMBER, **more: str | bytes) -> bytes:
    return tags(**more, behind="40", token=token)


def block(number: int, pcm: bytes, at_ms: int = 0, flags: int = 0x80, size_bytes: int = 0) -> bytes:
    return element("A3", bytes([0x80 | number]) + at_ms.to_bytes(2, "big") + bytes([flags]) + pcm, size_bytes)


def timecode(epoch_ms: int = 1_700_000_000_123) -> bytes:
    return element("E7", epoch_ms.to_bytes(8, "big"))


def cluster(*body: bytes, known: bool = False, at_ms: int = 1_700_000_000_123) -> bytes:
    inside = timecode(at_ms) + b"".join(body)
    return element("1F43B675", inside) if known else unknown("1F43B675", inside)


def pcm(seed: int, size: int = 64) -> bytes:
    return bytes((seed * 37 + index * 11) & 0xFF for index in range(size))


def document(*body: bytes) -> bytes:
    return header() + unknown("18538067", b"".join(body))


def fragment(**differs: Any) -> dict[str, Any]:
    """What is found in the usual fragment, apart from what ``differs``."""
    usual: dict[str, Any] = {
        "number": NUMBER,
        "contact_id": CONTACT,
        "customer": pcm(1),
        "agent": pcm(2),
        "producer_ms": 1_700_000_000_125,
        "server_ms": 1_700_000_000_250,
        "cluster_ms": 1_700_000_000_123,
        "millis_behind_now": 40,
        "continuation_token": NUMBER,
        "closed_by": "token",
        "error": None,
        "contact_ids_conflict": False,
    }
    return usual | differs


TWO_BLOCKS = block(1, pcm(1)) + block(2, pcm(2))
UNTAGGED = {"number": "", "contact_id": None, "producer_ms": None, "server_ms": None}
ARCHIVED = {"millis_behind_now": None, "continuation_token": None, "closed_by": "end"}
NO_AUDIO = {"customer": None, "agent": None, "cluster_ms": None}


def usual(number: str = NUMBER, contact: str = CONTACT) -> bytes:
    return document(info(), BOTH, leading(number, contact=contact), cluster(TWO_BLOCKS), trailing(number))


def _whole_streams() -> dict[str, Case]:
    second = str(int(NUMBER) + 1)
    return {
        "usual": Case(usual(), [fragment()]),
        "two documents": Case(
            usual() + usual(second, OTHER),
            [fragment(), fragment(number=second, contact_id=OTHER, continuation_token=second)],
        ),
        "the same fragment twice": Case(usual() + usual(), [fragment(), fragment()]),
        "nothing": Case(b"", []),
        "closed by the next header, both archived": Case(
            document(info(), BOTH, leading(contact=CONTACT), cluster(TWO_BLOCKS))
            + document(info(), BOTH, leading(second, contact=CONTACT), cluster(TWO_BLOCKS)),
            [fragment(**ARCHIVED | {"closed_by": "next"}), fragment(**ARCHIVED | {"number": second})],
        ),
        "closed by the next header, then by token": Case(
            document(info(), BOTH, leading(second, contact=CONTACT), cluster(TWO_BLOCKS)) + usual(),
            [fragment(**ARCHIVED | {"closed_by": "next", "number": second}), fragment()],
        ),
        "elements after the token belong to nobody": Case(
            document(info(), BOTH, leading(), cluster(TWO_BLOCKS), trailing(contact=CONTACT), element("EC", bytes(9)))
            + tags(contact=OTHER)
            + usual(second),
            [fragment(), fragment(number=second, continuation_token=second)],
        ),
        "one document, many fragments": Case(
            document(
                info(), BOTH, leading(contact=CONTACT), cluster(TWO_BLOCKS), leading(second, contact=OTHER),
                cluster(block(2, pcm(3)), at_ms=5),
            ),
            [
                fragment(**ARCHIVED | {"closed_by": "next"}),
                fragment(**ARCHIVED, number=second, contact_id=OTHER, customer=b"", agent=pcm(3), cluster_ms=5),
            ],
        ),
        "one document, many fragments with tokens": Case(
            document(
                info(), BOTH, leading(contact=CONTACT), cluster(TWO_BLOCKS), trailing(),
                leading(second, contact=OTHER), cluster(block(1, pcm(3)), known=True), trailing(second),
            ),
            [
                fragment(),
                fragment(number=second, contact_id=OTHER, customer=pcm(3), agent=b"", continuation_token=second),
            ],
        ),
        "a document without tags or cluster": Case(document(info(), BOTH) + usual(), [fragment()]),
    }  # fmt: skip


def _track_shapes() -> dict[str, Case]:
    lead, end = leading(contact=CONTACT), trailing()
    return {
        "tracks in the other order": Case(
            document(info(), SWAPPED, lead, cluster(block(2, pcm(1)), block(1, pcm(2))), end), [fragment()]
        ),
        "legacy track": Case(
            document(info(), tracks(track(1, "Track_audio/L16")), lead, cluster(block(1, pcm(1))), end),
            [fragment(agent=None)],
        ),
        "one track with an empty name": Case(
            document(info(), tracks(track(1, "")), lead, cluster(block(1, pcm(1))), end), [fragment(agent=None)]
        ),
        "one track without a name": Case(
            document(info(), tracks(track(1, None)), lead, cluster(block(1, pcm(1))), end), [fragment(agent=None)]
        ),
        "only the agent's track": Case(
            document(info(), tracks(track(1, "AUDIO_TO_CUSTOMER")), lead, cluster(block(1, pcm(2))), end),
            [fragment(customer=None)],
        ),
        "a track declared but silent": Case(
            document(info(), BOTH, lead, cluster(block(1, pcm(1))), end), [fragment(agent=b"")]
        ),
        "a video track beside": Case(
            document(
                info(), tracks(track(3, "VIDEO", 1), track(1, "AUDIO_FROM_CUSTOMER"), track(2, "AUDIO_TO_CUSTOMER")),
                lead, cluster(block(3, pcm(9), flags=0x06), TWO_BLOCKS), end,
            ),
            [fragment()],
        ),
        "a name claimed twice": Case(
            document(
                info(), tracks(track(1, "AUDIO_FROM_CUSTOMER"), track(3, "AUDIO_FROM_CUSTOMER"),
                               track(2, "AUDIO_TO_CUSTOMER")),
                lead, cluster(block(3, pcm(9)), TWO_BLOCKS), end,
            ),
            [fragment()],
        ),
        "a block of an undeclared track": Case(
            document(info(), BOTH, lead, cluster(block(7, pcm(9)), TWO_BLOCKS), end), [fragment()]
        ),
        "no Tracks at all": Case(
            document(info(), lead, cluster(TWO_BLOCKS), end), [fragment(customer=None, agent=None)]
        ),
        "a track number in two bytes": Case(
            document(
                info(), BOTH, lead,
                cluster(element("A3", bytes.fromhex("4001000080") + pcm(1)), block(2, pcm(2))), end,
            ),
            [fragment()],
        ),
    }  # fmt: skip


def _cluster_shapes() -> dict[str, Case]:
    lead, end = leading(contact=CONTACT), trailing()
    grouped = element("A0", element("A1", b"\x81\x00\x00\x00" + pcm(1)) + element("9B", b"\x40"))
    magic = MAGIC + pcm(4, 60) + MAGIC
    many = [(1 + index % 2, pcm(index, 192 if index == 7 else 1024)) for index in range(21)]
    return {
        "cluster of known size": Case(document(info(), BOTH, lead, cluster(TWO_BLOCKS, known=True), end), [fragment()]),
        "segment of known size": Case(
            header() + element("18538067", info() + BOTH + lead + cluster(TWO_BLOCKS, known=True) + end)
            + usual(),
            [fragment(), fragment()],
        ),
        "open cluster in a segment of known size": Case(
            header() + element("18538067", info() + BOTH + lead + cluster(TWO_BLOCKS) + end), [fragment()]
        ),
        "several clusters": Case(
            document(
                info(), BOTH, lead, cluster(block(1, pcm(1)[:20])),
                cluster(block(1, pcm(1)[20:]), block(2, pcm(2)), known=True, at_ms=9), cluster(), end,
            ),
            [fragment()],
        ),
        "block groups": Case(document(info(), BOTH, lead, cluster(grouped, block(2, pcm(2))), end), [fragment()]),
        "the EBML magic inside PCM": Case(
            document(info(), BOTH, lead, cluster(block(1, magic), block(2, MAGIC)), end),
            [fragment(customer=magic, agent=MAGIC)],
        ),
        "a whole document inside PCM": Case(
            document(info(), BOTH, lead, cluster(block(1, usual())), end), [fragment(customer=usual(), agent=b"")]
        ),
        "short, odd and empty blocks": Case(
            document(
                info(), BOTH, lead,
                cluster(block(1, pcm(1, 5)), block(2, b""), block(1, pcm(2, 1)), block(2, pcm(3, 192))), end,
            ),
            [fragment(customer=pcm(1, 5) + pcm(2, 1), agent=pcm(3, 192))],
        ),
        "a second of 1024-byte blocks with a short one": Case(
            document(info(), BOTH, lead, cluster(*(block(*each) for each in many)), end),
            [
                fragment(
                    customer=b"".join(audio for number, audio in many if number == 1),
                    agent=b"".join(audio for number, audio in many if number == 2),
                )
            ],
        ),
        "sizes in eight bytes": Case(
            document(info(), BOTH, lead, cluster(block(1, pcm(1), 0, 0x80, 8), block(2, pcm(2), 0, 0x80, 8)), end),
            [fragment()],
        ),
        "Void, CRC-32, Position and unknown elements everywhere": Case(
            header() + element("EC", b"")
            + unknown(
                "18538067",
                element("EC", bytes(3)) + info() + element("1C53BB6B", b"\xbb\x80") + BOTH + element("BF", bytes(4))
                + lead + element("4DBB", b"seek")
                + cluster(element("A7", b"\x00"), element("EC", bytes(200)), TWO_BLOCKS, element("4FFF", pcm(5)))
                + element("EC", b"") + end,
            ),
            [fragment()],
        ),
        "a timecode scale of its own": Case(
            document(info(500_000), BOTH, lead, cluster(TWO_BLOCKS, at_ms=3000), end), [fragment(cluster_ms=1500)]
        ),
        "scales that change from document to document": Case(
            b"".join(
                document(about, BOTH, lead, cluster(TWO_BLOCKS, at_ms=3000), end)
                for about in (info(500_000), info(500_000), info(), info(500_000), b"", info(500_000))
            ),
            [fragment(cluster_ms=at_ms) for at_ms in (1500, 1500, 3000, 1500, 3000, 1500)],
        ),
        "flags odd but no lacing": Case(
            document(info(), BOTH, lead, cluster(block(1, pcm(1), flags=0xF9), block(2, pcm(2), flags=0)), end),
            [fragment()],
        ),
    }  # fmt: skip


def _tag_shapes() -> dict[str, Case]:
    def tagged(before: bytes, after: bytes) -> bytes:
        return document(info(), BOTH, before, cluster(TWO_BLOCKS), after)

    padded = tag("ContactId", CONTACT.encode() + b"\0\0")
    inner = element("67C8", element("45A3", b"ContactId") + element("4487", CONTACT.encode()))
    nested = element(
        "1254C367", element("7373", element("63C0", b"") + element("67C8", element("45A3", b"Outer") + inner))
    )
    wide = element("1254C367", tag("ContactId", CONTACT, 8) + tag("MimeType", "audio/L16;rate=8000;channels=1;", 4), 8)
    long_number = "9" * 128
    return {
        "contact after the cluster": Case(tagged(leading(), trailing(contact=CONTACT)), [fragment()]),
        "contact before and after": Case(
            tagged(leading(contact=CONTACT), trailing(contact=CONTACT)), [fragment()]
        ),
        "contacts that contradict each other": Case(
            tagged(leading(contact=CONTACT), trailing(contact=OTHER)), [fragment(contact_ids_conflict=True)]
        ),
        "no contact": Case(tagged(leading(), trailing()), [fragment(contact_id=None)]),
        "an empty contact": Case(tagged(leading(contact=""), trailing()), [fragment(contact_id=None)]),
        "tagless": Case(tagged(b"", b""), [fragment(**UNTAGGED, **ARCHIVED)]),
        "token alone": Case(tagged(b"", trailing()), [fragment(**UNTAGGED)]),
        "number only after the cluster": Case(
            tagged(b"", tags(number=NUMBER, contact=CONTACT) + trailing()),
            [fragment(producer_ms=None, server_ms=None)],
        ),
        "values as TagBinary": Case(tagged(leading(contact=CONTACT.encode()), trailing()), [fragment()]),
        "a value padded with zeros": Case(tagged(leading() + element("1254C367", padded), trailing()), [fragment()]),
        "nested and targeted": Case(tagged(leading() + nested, trailing()), [fragment()]),
        "tag sizes in four and eight bytes": Case(tagged(leading() + wide, trailing()), [fragment()]),
        "trailing tags in several elements": Case(
            tagged(leading(), tags(contact=CONTACT) + tags(behind="40") + tags(token=NUMBER)), [fragment()]
        ),
        "a number of 128 digits": Case(
            tagged(leading(long_number, contact=CONTACT), trailing(long_number)),
            [fragment(number=long_number, continuation_token=long_number)],
        ),
        "a number that is none": Case(
            tagged(leading("seven", contact=CONTACT), trailing()), [fragment(number="seven")]
        ),
        "times that are none": Case(
            tagged(tags(number=NUMBER, server="", producer="soon", contact=CONTACT), tags(behind="-1", token=NUMBER)),
            [fragment(producer_ms=None, server_ms=None, millis_behind_now=None)],
        ),
        "archived timestamps": Case(
            tagged(
                tags(number=NUMBER, AWS_KINESISVIDEO_SERVER_SIDE_TIMESTAMP="1700000000.25",
                     AWS_KINESISVIDEO_PRODUCER_SIDE_TIMESTAMP="1700000000.1249", contact=CONTACT),
                b"",
            ),
            [fragment(**ARCHIVED)],
        ),
        "tags that are not UTF-8": Case(
            tagged(leading(contact=CONTACT, Events=b"\xff\xfe"), trailing()), [fragment()]
        ),
    }  # fmt: skip


def _errors_and_ends() -> dict[str, Case]:
    failed = document(info(), tags(number=NUMBER, error_code="FRAGMENT_NOT_FOUND", error_id="4000"))
    denied = document(info(), tags(error_id="4500"))
    archived = document(tags(number=NUMBER, AWS_KINESISVIDEO_EXCEPTION_ERROR_CODE="4003"))
    third = usual(str(int(NUMBER) + 2))
    times = {"producer_ms": None, "server_ms": None}
    error = {**NO_AUDIO, **ARCHIVED, **times, "contact_id": None}
    return {
        "error tags only": Case(failed, [fragment(**error, error=("FRAGMENT_NOT_FOUND", "4000"))]),
        "an error after good fragments": Case(
            usual() + denied, [fragment(), fragment(**error | {"number": ""}, error=("", "4500"))]
        ),
        "an archive's error": Case(archived, [fragment(**error, error=("", "4003"))]),
        "error tags after audio": Case(
            document(
                info(), BOTH, leading(contact=CONTACT), cluster(TWO_BLOCKS), tags(error_code="X", error_id="3002")
            ),
            [fragment(**ARCHIVED, error=("X", "3002"))],
        ),
        "cut inside a block": Case(usual() + third[: third.index(pcm(1)) + 9], [fragment()], complete=False),
        "cut between two blocks": Case(
            usual() + third[: third.index(pcm(1)) + 64], [fragment()], complete=False
        ),
        "cut inside the token's tag": Case(usual() + third[:-1], [fragment()], complete=False),
        "cut after the tracks": Case(usual() + document(info(), BOTH), [fragment()], complete=False),
        "cut inside the header": Case(usual() + header()[:3], [fragment()], complete=False),
        "cut in a cluster of known size": Case(
            document(info(), BOTH, leading(), cluster(TWO_BLOCKS, known=True)[:-2]), [], complete=False
        ),
        "leading tags and no audio": Case(document(info(), BOTH, leading(contact=CONTACT)), [], complete=False),
    }  # fmt: skip


CASES: dict[str, Case] = {
    **_whole_streams(),
    **_track_shapes(),
    **_cluster_shapes(),
    **_tag_shapes(),
    **_errors_and_ends(),
}

BAD: dict[str, bytes] = {
    "not EBML at all": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "invalid first byte": b"\x00" * 16,
    "a segment without a header": unknown("18538067", info()),
    "a cluster outside a segment": header() + cluster(TWO_BLOCKS),
    "lacing": document(info(), BOTH, cluster(block(1, pcm(1), flags=0x82))),
    "tags of unknown size": document(info(), BOTH, unknown("1254C367", tag("a", "b"))),
    "an unknown element of unknown size": document(unknown("4FFF", b"")),
    "a child larger than its parent": document(element("1F43B675", bytes.fromhex("A3FE81"))),
    "a tag larger than its parent": document(element("1254C367", bytes.fromhex("7373FE"))),
    "a size that begins with zero": document(bytes.fromhex("EC00") + bytes(20)),
    "an id that begins with zero": document(bytes.fromhex("00EC80") + bytes(20)),
    "a block too short": document(info(), BOTH, cluster(element("A3", b"\x81\0\0"))),
    "a track number cut off": document(info(), BOTH, cluster(element("A3", b"\x01\0\0\0"))),
    "a track number that begins with zero": document(info(), BOTH, cluster(element("A3", bytes(12)))),
    "a timecode of nine bytes": document(unknown("1F43B675", element("E7", bytes(9)))),
    "a header in a segment of known size": header() + element("18538067", header()),
    "tags in a cluster of known size": document(
        info(), BOTH, element("1F43B675", timecode() + leading() + block(1, pcm(1))), trailing()
    ),
    "tags nested without end": document(
        element("1254C367", element("7373", element("67C8", element("67C8", element("67C8", element("67C8", element(
            "67C8", element("45A3", b"x"))))))))
    ),
}  # fmt: skip
