"""A few turns through the gate, as ``cueline redact`` takes them."""

import json

from cueline.redaction.policy import RedactionPolicy
from cueline.redaction.textline import redact_lines


def masked(*turns: str, policy: RedactionPolicy | None = None) -> str:
    """The last of the turns ("a: ..." or "c: ...") with its masks."""
    out: list[str] = []
    lines = [
        json.dumps({"call": "c", "role": "agent" if turn[0] == "a" else "customer", "text": turn[3:]}).encode()
        for turn in turns
    ]
    redact_lines(lines, lambda line: out.append(json.loads(line)["masked"]), omit_text=False, policy=policy)
    return out[-1]
