"""What a tenant may choose about redaction. Validated, versioned, and without a switch for card data. Pure."""

from typing import Annotated, Final, Literal

import msgspec

from cueline.events.redacted import EntityType
from cueline.kernel.errors import InputError
from cueline.redaction.locales import LANGUAGES

ALWAYS: Final[frozenset[EntityType]] = frozenset({"CREDIT_CARD", "CVV", "CARD_EXPIRY", "PIN", "OTP", "PASSWORD"})
"""Card data and codes: never to be switched off (PCI DSS v4.0.1, 3.3.1 and 3.4.1: sensitive authentication data may
not be kept after authorisation, and a primary account number not be shown in full)."""

Language = Literal["en", "es", "de"]


class RedactionPolicy(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A tenant's (or profile's) choice.

    off: types that stay readable. minimum_digits: number tokens from which an unexplained number is masked.
    names: whether names are masked. benign_words: words of the tenant's own that announce a number anybody may read
    ("basket", "voucher"). languages: spoken in its calls, the usual one first. mask_style: how a mask is written;
    ``last_four`` keeps the last four digits of a whole card number, as PCI DSS 3.4.1 allows.
    """

    version: Annotated[int, msgspec.Meta(ge=1)] = 1
    off: frozenset[EntityType] = frozenset()
    minimum_digits: Annotated[int, msgspec.Meta(ge=2, le=8)] = 3
    names: bool = True
    benign_words: Annotated[
        tuple[Annotated[str, msgspec.Meta(min_length=2, max_length=40)], ...], msgspec.Meta(max_length=50)
    ] = ()
    languages: Annotated[tuple[Language, ...], msgspec.Meta(min_length=1, max_length=3)] = ("en",)
    mask_style: Literal["type", "last_four"] = "type"

    def __post_init__(self) -> None:
        kept = sorted(self.off & ALWAYS)
        if kept:
            raise ValueError(f"{', '.join(kept)} cannot be switched off")
        if len(set(self.languages)) != len(self.languages) or not set(self.languages) <= set(LANGUAGES):
            raise ValueError("languages must be different ones of " + ", ".join(LANGUAGES))

    def masks(self, kind: EntityType) -> bool:
        """Whether this type is masked."""
        return kind not in self.off and (self.names or kind != "PERSON")


def parse_policy(raw: bytes) -> RedactionPolicy:
    """A policy from its JSON. Raises InputError, without repeating what it was given."""
    try:
        return msgspec.json.decode(raw, type=RedactionPolicy)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise InputError(
            "the redaction policy is not valid: see its fields, and note that card data and codes stay masked"
        ) from None
