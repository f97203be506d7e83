"""The texts that the models of moments learn from, and what is known of each line.

A file holds the lines of one label. That a line has a label does not mean that it has no other: a customer who says why
he calls may ask a question and be angry about it. So for every label some files are left out (``UNSAID``), because
nobody went through their lines with this label in mind.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

NONE = "none"
AGENT = "agent"

ACTS_OF_NO_REASON = ("greeting", "verification_question", "disclosure", "empathy", "apology", "hold_notice", "closing",
                     "agreement", "answer")  # fmt: skip
INTENTS_OF_NO_REASON = (
    "asks_repeat",
    "gives_thanks",
    "asks_how_long",
    "asks_price",
    "promises_callback",
    "wants_manager",
)

ALSO = {
    "reason/cancel_contract": ("intent/wants_cancel",),
    "reason/close_account": ("intent/wants_cancel",),
    "act/verification_question": ("act/question",),
    "intent/asks_price": ("act/question",),
    "intent/asks_how_long": ("act/question",),
    "reason/complaint": ("sentiment/negative",),
}
"""Labels that hold of the customer's lines of a file besides its own."""

UNSAID = {
    "intent/wants_manager": ("reason/complaint", "sentiment/negative"),
    "intent/wants_cancel": ("intent/threatens_leave", "reason/refund", "reason/order_status"),
    "intent/asks_price": (
        "reason/loan_enquiry", "reason/roaming", "reason/upgrade_device", "reason/order_checks", "reason/change_plan",
        "reason/product_question", "reason/new_contract", "reason/cancel_contract", "act/question",
        "reason/close_account",
    ),
    "intent/asks_how_long": (
        "reason/order_status", "reason/refund", "reason/outage", "reason/replace_card", "reason/delivery_problem",
        "act/question", "reason/upgrade_device",
    ),
    "intent/promises_callback": ("act/offer", "act/recap", "act/hold_notice", "act/closing", "act/none"),
    "intent/gives_thanks": ("sentiment/positive", "act/closing", "reason/none"),
    "intent/asks_repeat": ("reason/none", "sentiment/neutral"),
    "intent/threatens_leave": (
        "intent/wants_cancel", "reason/cancel_contract", "reason/close_account", "sentiment/negative",
    ),
    "intent/objects_price": ("sentiment/negative", "reason/billing_question", "reason/change_plan", "act/refusal"),
    "intent/buying_signal": (
        "act/agreement", "reason/new_contract", "reason/upgrade_device", "reason/change_plan", "reason/open_account",
        "reason/product_question", "sentiment/positive",
    ),
    "intent/vulnerable": ("reason/close_account", "reason/pay_bill", "reason/outage", "reason/cancel_contract"),
    "act/greeting": ("reason/none", "sentiment/neutral"),
    "act/closing": ("reason/none", "sentiment/positive", "sentiment/neutral"),
    "act/agreement": ("reason/none", "sentiment/neutral", "sentiment/positive", "intent/buying_signal"),
    "act/refusal": ("reason/none", "sentiment/neutral", "intent/objects_price", "sentiment/negative"),
    "act/answer": ("reason/none", "sentiment/neutral", "act/none"),
    "act/hold_notice": ("reason/none",),
    "act/verification_question": ("reason/none",),
    "act/offer": ("intent/promises_callback",),
    "act/empathy": ("act/apology",),
    "act/apology": ("act/empathy",),
    "act/disclosure": ("reason/none",),
    "sentiment/negative": (
        "intent/threatens_leave", "intent/legal_threat", "intent/wants_manager", "intent/objects_price",
        "reason/billing_question", "reason/delivery_problem", "reason/refund", "reason/technical_problem",
        "intent/vulnerable", "intent/wants_cancel", "reason/outage", "reason/dispute_charge",
    ),
    "sentiment/positive": ("intent/gives_thanks", "intent/buying_signal", "act/closing", "act/agreement",
                           "reason/none"),
}  # fmt: skip

AGENT_ACTS = ("act/empathy", "act/apology", "act/offer", "act/recap", "act/disclosure", "act/hold_notice")
"""What agents do in their lines of the reasons' files, which are sorted by reason alone."""

OF_AGENTS = ("act/empathy", "act/apology", "act/offer", "act/recap", "act/disclosure", "act/hold_notice",
             "act/verification_question", "act/closing", "act/greeting")  # fmt: skip
"""An agent's sentences: they say nothing of how a customer feels."""

_STYLE = re.compile(r"# style: (\w+)")
_ASKED_IN_LINE = re.compile(r"\?")
_CALLED_IN_LINE = re.compile(r"\b(?:call|ring|phone|bell|shout|touch)", re.IGNORECASE)
"""A line without any of these promises no call, whoever went through it."""


class Line(NamedTuple):
    """A line. holds: labels that it has; unsaid: labels of which nobody said whether it has them."""

    text: str
    style: str
    source: str
    holds: frozenset[str]
    unsaid: frozenset[str]
    talk: bool


def read_lines(folder: Path) -> list[Line]:
    """All texts, in the order of their files."""
    paths = sorted(folder.glob("*/*.txt"))
    labels = [f"{path.parent.name}/{path.stem}" for path in paths if path.stem not in {NONE, "neutral"}]
    return [line for path in paths for line in _lines_of(path, labels)]


def _lines_of(path: Path, labels: list[str]) -> Iterator[Line]:
    source = f"{path.parent.name}/{path.stem}"
    style = ""
    for text in path.read_text(encoding="utf-8").splitlines():
        if text.startswith("#"):
            match = _STYLE.match(text)
            style = match[1] if match else style
        elif text.strip():
            holds = frozenset(_holding(source, style, text)) & frozenset(labels)
            unsaid = frozenset(label for label in labels if label not in holds and _unsaid(label, source, style, text))
            yield Line(text.strip(), style, source, holds, unsaid, talk=source == "reason/none")


def _holding(source: str, style: str, text: str) -> Iterator[str]:
    yield source
    if style != AGENT:
        yield from ALSO.get(source, ())
    if _ASKED_IN_LINE.search(text):
        yield "act/question"


def _unsaid(label: str, source: str, style: str, text: str) -> bool:
    family, own = source.split("/")
    if label == "intent/promises_callback" and not _CALLED_IN_LINE.search(text):
        return False
    if label.startswith("reason/"):
        return _reason_unsaid(family, own)
    if source in UNSAID.get(label, ()):
        return True
    if label == "act/question":
        # Who writes without punctuation asks without a question mark.
        return style == "heard" and family in {"reason", "intent", "sentiment"}
    if style == AGENT and family == "reason":
        return label in AGENT_ACTS or not label.startswith("act/")
    return label.startswith("sentiment/") and source in OF_AGENTS


def _reason_unsaid(family: str, own: str) -> bool:
    if family == "reason":
        return False
    if family == "act":
        return own not in ACTS_OF_NO_REASON
    if family == "intent":
        return own not in INTENTS_OF_NO_REASON
    return own == "neutral"
