"""One module per kind of number: what it looks like where nothing was asked, what fits where it was.

A check digit labels and never releases: a number with one digit misheard fails it and is as secret as before.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from cueline.events.redacted import EntityType
from cueline.redaction.detectors import (
    aba_routing,
    account_number,
    bank_account,
    card_expiry,
    credit_card,
    cvv,
    dob,
    driver_license,
    iban,
    ip_address,
    medical_record,
    member_id,
    otp,
    passport,
    phone,
    pin,
    sort_code,
    ssn_last4,
    tax_id,
    us_ssn,
)
from cueline.redaction.detectors.candidate import Candidate


class NumberKind(Protocol):
    """A module of this package: what can answer a question for its type."""

    TYPE: EntityType

    def fits(self, candidate: Candidate) -> bool: ...


class DistinctKind(NumberKind, Protocol):
    """A kind that is known by its looks where nothing was asked."""

    def looks_like(self, candidate: Candidate) -> bool: ...


DISTINCT_KINDS: Final[tuple[DistinctKind, ...]] = (
    credit_card, iban, us_ssn, tax_id, ip_address, dob, card_expiry, sort_code, phone,
)  # fmt: skip

NUMBER_KINDS: Final[tuple[NumberKind, ...]] = (
    *DISTINCT_KINDS, cvv, pin, otp, ssn_last4, aba_routing, bank_account, passport,
    driver_license, medical_record, member_id, account_number,
)  # fmt: skip

_BY_TYPE: Final[dict[str, NumberKind]] = {kind.TYPE: kind for kind in NUMBER_KINDS}


def by_looks(candidate: Candidate) -> EntityType | None:
    """The kind that a run is by its looks alone, if any."""
    if candidate.length + candidate.letters < 6:
        return card_expiry.TYPE if card_expiry.looks_like(candidate) else None
    for kind in DISTINCT_KINDS:
        if kind.looks_like(candidate):
            return kind.TYPE
    return None


def fitting(topics: Sequence[str], candidate: Candidate) -> str:
    """Of what was asked for, the first that the run can be; the very first where it can be none of them."""
    for topic in topics:
        kind = _BY_TYPE.get(topic)
        if kind is None or kind.fits(candidate):
            return topic
    return topics[0]


def fits(topic: str, candidate: Candidate) -> bool:
    """Whether a run can be what was asked for."""
    kind = _BY_TYPE.get(topic)
    return kind is None or kind.fits(candidate)
