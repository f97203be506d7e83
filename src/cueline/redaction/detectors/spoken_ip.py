"""IPv4 addresses that are said: four numbers with "dot" or "point" between them. Pure."""

from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.detectors.answers import finding
from cueline.redaction.reading import Reading

TYPE: Final = "IP_ADDRESS"


def find(reading: Reading, channel: Channel, context: CallContext) -> list[Finding]:  # noqa: ARG001 - the interface of detectors
    """Runs with three dots in them and nothing but numbers."""
    found = []
    for stretch in reading.scan.stretches:
        if stretch.tokens < 4 or stretch.letters:
            continue
        first, last = stretch.span
        dots = sum(token.text in reading.locale.spoken_dot for token in reading.tokens[first : last + 1])
        if dots == 3 and stretch.run.digits <= 12:
            found.append(finding(reading.tokens, first, last, TYPE))
    return found
