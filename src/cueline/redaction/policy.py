"""What a tenant may choose about redaction. Validated, and without a switch for card data. Pure."""

import re
from functools import cache
from typing import Annotated, Final, Literal

import msgspec

from cueline.events.redacted import EntityType
from cueline.kernel.errors import InputError
from cueline.redaction.locales import LANGUAGES, locale_of

ALWAYS: Final[frozenset[EntityType]] = frozenset(
    {"CREDIT_CARD", "CVV", "CARD_EXPIRY", "PIN", "OTP", "PASSWORD", "NUMBER"}
)
"""Never to be switched off. Card data and codes: PCI DSS v4.0.1, 3.3.1 and 3.4.1 (sensitive authentication data may
not be kept after authorisation, and a primary account number not be shown in full). ``NUMBER`` is what the gate masks
when it does not know better, a card number with a digit misheard and a turn that it could not judge among it."""

Language = Literal["en", "es", "de"]

_PLACE: Final = re.compile(r" - at `\$\.([A-Za-z]+)")
_ONE_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")


class _FieldError(ValueError):
    """A rule over more than one value is broken; the text names the field and quotes nothing."""


class RedactionPolicy(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A tenant's (or profile's) choice.

    off: types that stay readable. minimum_digits: number tokens from which an unexplained number is masked.
    names: whether names are masked. benign_words: words of the tenant's own that announce a number anybody may read
    ("basket", "voucher"). languages: spoken in its calls, the usual one first. mask_style: how a mask is written;
    ``last_four`` keeps the last four digits of a whole card number, as PCI DSS 3.4.1 allows.
    """

    off: frozenset[EntityType] = frozenset()
    minimum_digits: Annotated[int, msgspec.Meta(ge=2, le=8)] = 3
    names: bool = True
    benign_words: Annotated[
        tuple[Annotated[str, msgspec.Meta(min_length=2, max_length=40)], ...], msgspec.Meta(max_length=50)
    ] = ()
    languages: Annotated[tuple[Language, ...], msgspec.Meta(min_length=1, max_length=3)] = ("en",)
    mask_style: Literal["type", "last_four"] = "type"

    def __post_init__(self) -> None:
        if self.off & ALWAYS:
            raise _FieldError("off: card data, codes, passwords and unexplained numbers stay masked")
        if len(set(self.languages)) != len(self.languages) or not set(self.languages) <= set(LANGUAGES):
            raise _FieldError("languages: different ones of " + ", ".join(LANGUAGES))
        if not all(_ONE_WORD.fullmatch(word) for word in self.benign_words):
            raise _FieldError("benignWords: single words, of letters")
        telling = _telling_words(self.languages) if self.benign_words else frozenset()
        if any(word.lower() in telling for word in self.benign_words):
            raise _FieldError(
                "benignWords: a number, or a word that asks for card data, a code or a password, is not harmless"
            )

    def masks(self, kind: EntityType) -> bool:
        """Whether this type is masked."""
        return kind not in self.off and (self.names or kind != "PERSON")


def parse_policy(raw: bytes | str) -> RedactionPolicy:
    """A policy from its JSON. Raises InputError, which names the field at fault and repeats nothing of its value."""
    try:
        return msgspec.json.decode(raw, type=RedactionPolicy)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        fault = _fault(error)
    raise InputError(f"the redaction policy is not valid: {fault}")


def policy_json(policy: RedactionPolicy) -> bytes:
    """The policy as it is stored: the same policy gives the same bytes."""
    return msgspec.json.encode(policy, order="deterministic")


def _fault(error: Exception) -> str:
    if isinstance(error.__cause__, _FieldError):
        return str(error.__cause__)
    found = _PLACE.search(str(error))
    if found and found[1] in RedactionPolicy.__struct_encode_fields__:
        return f"{found[1]}: not as described"
    return "an object with no other fields than " + ", ".join(RedactionPolicy.__struct_encode_fields__)


@cache
def _telling_words(languages: tuple[Language, ...]) -> frozenset[str]:
    """Words that must not announce a harmless number: number words, and all that speaks for what is always masked.

    A benign word outweighs a question, so "pin" among them would switch PIN off by the back door.
    """
    locale = locale_of(languages)
    secret = ALWAYS - {"NUMBER"}
    stems = {stem for cue in locale.cues if cue.topic in secret and cue.weight > 0 for stem in cue.stems}
    forms = {form for form, stem in locale.stems.items() if stem in stems}
    return frozenset(stems | forms | locale.words.keys())
