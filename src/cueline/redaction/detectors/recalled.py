"""Words of an address, e-mail or password that was given before: they are read back without a question. Pure."""

from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.detectors.answers import finding, groups
from cueline.redaction.reading import Reading

TYPE: Final = "PASSWORD"


def find(reading: Reading, channel: Channel, context: CallContext) -> list[Finding]:  # noqa: ARG001 - the interface of detectors
    """Each remembered word, under the type that it was given as."""
    if not context.names:
        return []
    found = []
    places = [at for at, token in enumerate(reading.tokens) if context.names.get(token.text, "PERSON") != "PERSON"]
    for group in groups(places, 0):
        kind = context.names[reading.tokens[group[0]].text]
        last = group[-1]
        if kind == "PASSWORD":
            first = group[0]
            while first and reading.tokens[first - 1].text in {"capital", "uppercase", "lowercase"}:
                first -= 1
            group[0] = first
        found.append(finding(reading.tokens, group[0], last, kind))
    return found
