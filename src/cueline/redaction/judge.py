"""The verdict on each run of a turn: masked and as what, clear, or not yet to be said. Pure."""

from typing import Final, Literal

from cueline.events.redacted import EntityType
from cueline.kernel.ids import Channel
from cueline.redaction.answering import agents_own, answers, bare_date, ends_with, in_month, in_year, other_date
from cueline.redaction.classifier import NOTHING, Guess
from cueline.redaction.context import ASKED, DOUBT, LIKELY, SURE, CallContext
from cueline.redaction.detectors import by_looks, card_expiry, credit_card, fits, fitting, phone
from cueline.redaction.detectors.candidate import Candidate
from cueline.redaction.locales.locale import BENIGN, Kind, Topic, words_of
from cueline.redaction.numbers import Stretch, is_cardinal
from cueline.redaction.reading import (
    Reading,
    announced,
    ending_in,
    named_harmless,
    quantity,
)
from cueline.redaction.timeline import EXPECTED, Arm
from cueline.unredacted.sealed import Sealed

Reason = Literal[
    "announced",
    "continued",
    "asked",
    "echoed",
    "likely",
    "looks",
    "long",
    "block",
    "benign",
    "open",
    "unheard",
    "short",
    "plain",
    "doubted",
    "weighed",
]


CERTAIN: Final = 0.9
"""Probability of a harmless lead-in from which a string of digits is shown."""

SPELLED_LETTERS: Final = 3
"""Letters in a row that spell something."""

LONG_CODE: Final = 12
"""Letters and digits of a code that is shown only where its kind is named."""

_REFERENCES: Final = words_of(
    "order orders tracking invoice ticket confirmation flight room parcel shipment waybill error version pedido "
    "bestellung bestellnummer"
)
"""Nouns after which a number is shown even where a secret is awaited."""

CARD_DIGITS: Final = 15
"""A card number of so many digits is whole: what follows is something else."""

CARD_LENGTHS: Final = frozenset({16, 17})
"""Digits of a number that is masked near a payment whatever was asked for: a card's, one digit heard twice."""

NEAR: Final = 6
"""Tokens between two runs of one number."""

_CLOSERS: Final = words_of("thanks thank cheers gracias danke")
"""What ends a number that was given."""

LONG_ANSWER: Final = 6
"""Digits from which an answer is no small number in a sentence."""

LEAD: Final = 12
"""Tokens before a run that may announce it."""


class Verdict(Sealed):
    """What becomes of a stretch. type: its mask, None where it is clear. waits: more may be heard that changes this."""

    __slots__ = ("reason", "type", "waits")

    def __init__(self, kind: EntityType | None, reason: Reason, *, waits: bool = False) -> None:
        self.type = kind
        self.reason = reason
        self.waits = waits


_WORD_TOPICS: Final = {"PERSON", "EMAIL", "ADDRESS", "PASSWORD"}


def judge(reading: Reading, at: int, channel: Channel, context: CallContext, *, patient: bool) -> Verdict:  # noqa: C901, PLR0911, PLR0912 - a table of reasons
    """The verdict on the ``at``-th stretch. patient: something may still be heard, so a clear verdict can wait."""
    stretch = reading.scan.stretches[at]
    earlier = reading.scan.stretches[at - 1] if at else None
    candidate = Candidate(stretch, reading.between(stretch))
    start_ms = reading.words[stretch.first].start_ms
    known = context.known(candidate.digits)
    if known is not None and channel == "customer" and not quantity(reading, stretch, sure=True):
        return Verdict(known, "echoed")
    if context.timeline.prearmed(channel, start_ms) is not None and bare_date(reading, stretch):
        return Verdict("CARD_EXPIRY", "likely")
    lead = _lead(reading, stretch, earlier, context)
    dated = lead.topic == "CARD_EXPIRY" or candidate.months or candidate.date_written
    if ending_in(reading, stretch) and not dated and context.corrected(reading, stretch, channel) is None:
        return _ending(reading, stretch, channel, context, start_ms)
    if known is not None and not quantity(reading, stretch, sure=True):
        return Verdict(known, "echoed")
    if lead.topic != BENIGN and lead.chance >= LIKELY:
        kind: str | None = _announced(reading, stretch, candidate, str(lead.topic), direct=lead.direct)
        if kind is not None:
            echo = context.timeline.echoed(channel, start_ms)
            wanted = context.timeline.asked(channel, start_ms) or (echo.topics[0] if echo is not None else None)
            if lead.chance < 1.0 and wanted is not None and wanted not in _WORD_TOPICS and wanted != BENIGN:
                kind = wanted  # surer than what a model takes the lead-in for
            return Verdict(refined(kind, candidate, None), "announced")
    arm = context.timeline.at(channel, start_ms)
    anew = arm is not None and arm.benign and arm.opened_ms > stretch.run.started_ms
    whole = stretch.run.type == "CREDIT_CARD" and stretch.run.digits - candidate.length >= CARD_DIGITS
    carried_on = stretch.inherited and stretch.run.armed and lead.topic != BENIGN and not (anew or whole)
    if carried_on and quantity(reading, stretch, sure=True, told=True) != "amount":
        return Verdict(stretch.run.type or "NUMBER", "continued")
    corrected = context.corrected(reading, stretch, channel)
    if corrected is not None and not quantity(reading, stretch, sure=True):
        return Verdict(corrected, "continued")
    if earlier is not None and _goes_on(reading, earlier, stretch) and not (lead.topic == BENIGN and lead.direct):
        return Verdict(earlier.run.type or "NUMBER", "continued")
    if lead.topic == BENIGN and not lead.plain and _awaited(arm):
        lead = Lead(None, 0.0, direct=False)
    if context.read_back(candidate.digits):
        return _benign(candidate, block=context.timeline.in_block(start_ms), plain=True)
    if lead.topic == BENIGN and (lead.direct or (lead.chance >= SURE and not _awaited(arm))):
        # What the tenant calls harmless needs no second opinion.
        own = lead.direct and not _told_harmless(reading, stretch, context).isdisjoint(context.policy.benign_words)
        return _benign(candidate, block=context.timeline.in_block(start_ms), plain=own)
    verdict = _asked(reading, stretch, candidate, arm, channel, context, start_ms)
    if verdict is not None:
        return verdict
    asked = arm is not None and arm.benign and candidate.length <= 24
    code = channel == "customer" and candidate.length in {3, 4} and not is_cardinal(stretch.parts)
    if lead.topic == BENIGN and not asked and code and context.timeline.in_block(start_ms):
        lead = Lead(None, 0.0, direct=False)  # near a payment, only what is said plainly makes a short code harmless
    if patient and lead.topic == BENIGN and not lead.direct and not asked and _open(stretch):
        return Verdict(None, "open", waits=True)
    if lead.topic == BENIGN or asked:
        plain = asked and arm is not None and arm.plain
        return _benign(candidate, block=context.timeline.in_block(start_ms), plain=plain)
    return _unasked(reading, stretch, candidate, channel, context, patient=patient)


class Lead(Sealed):
    """What the words before a run announce, how surely, and whether they stand right before it.

    plain: it stands even against an open question for something secret.
    """

    __slots__ = ("chance", "direct", "plain", "topic")

    def __init__(self, topic: Topic | None, chance: float, *, direct: bool, plain: bool = True) -> None:
        self.plain = plain
        self.topic = topic
        self.chance = chance
        self.direct = direct


def _lead(  # noqa: PLR0911 - a table of reasons
    reading: Reading, stretch: Stretch, earlier: Stretch | None, context: CallContext
) -> Lead:
    """What announces a run: a noun, the cues of the locale, or what a model takes its lead-in for."""
    near = announced(reading, stretch, earlier)
    if near is not None and near[0].topic != BENIGN and (near[1] or near[0].strong):
        return Lead(near[0].topic, 1.0, direct=near[1])
    guess = _guess(reading, stretch, earlier, context)
    noun = named_harmless(reading, stretch)
    if noun and guess.sensitive < SURE:
        return Lead(BENIGN, 1.0, direct=True, plain=noun in _REFERENCES)
    if guess.sensitive >= max(LIKELY, guess.benign):
        return Lead(guess.topics[0], guess.sensitive, direct=guess.sensitive >= ASKED)
    if near is not None and near[0].topic == BENIGN:
        return Lead(BENIGN, max(guess.benign, ASKED), direct=near[1] and near[0].strong and guess.sensitive < DOUBT)
    if _long_code(stretch):
        return Lead(None, 0.0, direct=False)
    if guess.benign >= (ASKED if is_cardinal(stretch.parts) else CERTAIN) and guess.sensitive < DOUBT:
        return Lead(BENIGN, guess.benign, direct=False)
    return Lead(None, 0.0, direct=False)


def _told_harmless(reading: Reading, stretch: Stretch, context: CallContext) -> set[str]:
    """Words shortly before a run, where the tenant has words of its own; else none."""
    if not context.policy.benign_words:
        return set()
    return set(reading.text_before(stretch.span[0], LEAD))


def _long_code(stretch: Stretch) -> bool:
    """Whether a run has letters and so many digits that a guess alone does not show it."""
    return bool(stretch.letters) and len(stretch.digits[0]) + stretch.letters >= LONG_CODE


def _guess(reading: Reading, stretch: Stretch, earlier: Stretch | None, context: CallContext) -> Guess:
    if stretch.guess is None:
        first = stretch.span[0]
        begin = earlier.span[1] + 1 if earlier is not None else 0
        words = reading.plain(max(begin, first - LEAD), first)
        stretch.guess = NOTHING if context.lead_in is None else context.lead_in.guess(words)
    return stretch.guess


def _ending(reading: Reading, stretch: Stretch, channel: Channel, context: CallContext, start_ms: int) -> Verdict:
    """The last four digits: of a card they may be read (PCI DSS 3.4.1), of anything else not."""
    first, last = stretch.span
    arm = context.timeline.at(channel, start_ms)
    asked = arm.topics if arm is not None and not arm.benign else ()
    social = any(hit.topic in {"US_SSN", "SSN_LAST4"} for hit in reading.hits if hit.first <= first)
    near = {token.text for token in reading.tokens[max(0, first - 14) : last + 8]}
    card = not near.isdisjoint(_CARDS) or (arm is not None and arm.benign) or "CREDIT_CARD" in asked
    likely = context.timeline.prearmed(channel, start_ms) is not None or (
        arm is not None and "CREDIT_CARD" in asked and arm.answered
    )
    if channel == "customer" and likely and fits("CARD_EXPIRY", Candidate(stretch)):
        return Verdict("CARD_EXPIRY", "likely")
    if social or "SSN_LAST4" in asked or "US_SSN" in asked:
        return Verdict("SSN_LAST4", "announced")
    if card:
        return Verdict(None, "plain")
    if arm is not None and asked:
        return Verdict(_typed(arm, Candidate(stretch)), "asked")
    told = [hit.topic for hit in reading.hits if hit.first <= first and hit.topic not in _UNTOLD]
    if told:
        return Verdict(refined(str(told[-1]), Candidate(stretch), None), "announced")
    return Verdict("SSN_LAST4", "announced") if channel == "customer" else Verdict(None, "plain")


_CARDS: Final = words_of("card cards visa mastercard amex discover debit credit plastic tarjeta karte order ticket")
_UNTOLD: Final = frozenset({BENIGN, "payment", "identity", "closing", *_WORD_TOPICS})


def _announced(  # noqa: C901, PLR0911, PLR0912 - a table of reasons
    reading: Reading, stretch: Stretch, candidate: Candidate, topic: str, *, direct: bool
) -> EntityType | None:
    """What an announced number is masked as; None where its grammar says that something else was meant."""
    harmless = quantity(reading, stretch, sure=True, told=True)
    if candidate.date_written and topic not in {"CARD_EXPIRY", "DOB", "ADDRESS", "PASSWORD", "EMAIL"}:
        return None
    if (
        topic in {"CARD_EXPIRY", "DOB"}
        and harmless in {"time", "unit"}
        and (topic == "CARD_EXPIRY" or stretch.run.tokens > 1 or in_month(reading, stretch))
    ):
        harmless = ""
    if (
        harmless == "time"
        and direct
        and stretch.tokens >= 2
        and reading.text_before(stretch.span[0], 1) in (["at"], ["from"])
    ):
        harmless = ""
    if topic in _WORD_TOPICS:
        if stretch.tokens == 1 and stretch.closed_by is not None and stretch.run.digits <= 2:
            before = reading.text_before(stretch.span[0], 1)
            if not reading.locale.copulas.issuperset(before):
                return None
        if harmless or (topic == "PERSON" and not stretch.letters):
            return None
        if topic in {"EMAIL", "ADDRESS"} and not direct and stretch.tokens < 3:
            return None
        return topic  # type: ignore[return-value]
    if harmless and not (topic == "DOB" and harmless == "time"):
        return None
    before = reading.text_before(stretch.span[0], 1)
    equated = topic == "CARD_EXPIRY" and stretch.closed_by is None and reading.locale.copulas.issuperset(before)
    if not direct and ((stretch.tokens < 2 and not equated) or not fits(topic, candidate)):
        return None
    long = EXPECTED.get(topic, (0, 0))[0] >= LONG_ANSWER
    ended = stretch.closed_by is None
    if stretch.tokens == 1 and not (ended or stretch.letters or stretch.months or topic in {"CARD_EXPIRY", "DOB"}):
        # "my password thing gave me two goes": one small number in a sentence is announced only by what equates it.
        equated = reading.locale.copulas.issuperset(before)
        if stretch.run.digits <= 2 and not (equated and (not long or stretch.closed_by is None)):
            return None
    if not direct and quantity(reading, stretch, sure=False) and topic not in {"DOB", "CARD_EXPIRY"}:
        return None
    if (
        not direct
        and stretch.tokens == 1
        and stretch.closed_by is not None
        and not stretch.letters
        and not stretch.months
    ):
        # "my card one more time": one small number alone is announced only where it is all that comes.
        least = EXPECTED.get(topic, (3, 3))[0]
        if stretch.run.tokens < min(2, least):
            return None
    return topic  # type: ignore[return-value]


def refined(topic: str, candidate: Candidate, arm: Arm | None) -> EntityType:
    """The label that fits: an expiry or code said where the card number was asked for, a whole card elsewhere."""
    topics = arm.topics if arm is not None else (topic,)
    kind = fitting(topics, candidate)
    if kind in {"CREDIT_CARD", "CVV"} and (candidate.months or card_expiry.beside_a_card(candidate)):
        kind = "CARD_EXPIRY"
    elif kind == "CREDIT_CARD" and arm is not None and arm.answered and 3 <= candidate.length <= 4:
        complete = arm.digits >= 15
        if complete:
            kind = "CARD_EXPIRY" if candidate.length == 4 and fits("CARD_EXPIRY", candidate) else "CVV"
    elif kind == "SSN_LAST4" and candidate.length >= 9:
        kind = "US_SSN"
    elif kind == "CVV" and candidate.length >= 13:
        kind = "CREDIT_CARD"
    elif kind in {"ACCOUNT_NUMBER", "MEMBER_ID", "PHONE", "CARD_EXPIRY", "BANK_ACCOUNT"} and credit_card.looks_like(
        candidate
    ):
        kind = "CREDIT_CARD" if candidate.length >= 15 else kind
    elif kind == "ACCOUNT_NUMBER" and by_looks(candidate) in {"IBAN", "US_SSN"}:
        kind = by_looks(candidate) or kind
    elif kind == "US_SSN" and candidate.length == 4 and arm is None:
        kind = "SSN_LAST4"
    elif kind == BENIGN:
        kind = "NUMBER"
    return kind  # type: ignore[return-value]


def _typed(arm: Arm, candidate: Candidate) -> EntityType:
    return refined(arm.topics[0], candidate, arm)


def _asked(  # noqa: PLR0917 - one caller
    reading: Reading, stretch: Stretch, candidate: Candidate, arm: Arm | None, channel: Channel, context: CallContext,
    start_ms: int,
) -> Verdict | None:  # fmt: skip
    """The verdict by the questions open at the run's start."""
    if arm is not None and not arm.benign:
        exempt = quantity(reading, stretch, sure=True, told=_awaited(arm))
        exempt = exempt or in_year(reading, stretch, arm)
        if exempt == "time" and (stretch.tokens > 2 or not {"DOB", "ADDRESS", "CARD_EXPIRY"}.isdisjoint(arm.topics)):
            exempt = ""
        if exempt == "unit" and in_month(reading, stretch):
            exempt = ""
        if exempt:
            return Verdict(None, "benign")
        dated = in_month(reading, stretch) or (
            not {"DOB", "CARD_EXPIRY"}.isdisjoint(arm.topics) and stretch.parts[0].kind is Kind.ORDINAL
        )
        small = stretch.tokens == 1 and stretch.closed_by is not None and stretch.run.digits <= 2
        aside = small and not stretch.letters and not dated
        elsewhere = (arm.topics[0] == "PERSON" and not stretch.letters) or (
            not ends_with(reading, stretch, arm)
            and not answers(reading, stretch)
            and ((arm.answered and candidate.length < 7) or (aside and EXPECTED.get(arm.topics[0], (0, 0))[0] >= 3))
        )
        if not elsewhere and other_date(reading, stretch, arm):
            return Verdict(None, "benign")
        if not elsewhere:
            return Verdict(_typed(arm, candidate), "asked")
    return _echoed(reading, stretch, candidate, context.timeline.echoed(channel, start_ms), context) or _likely(
        reading, stretch, candidate, arm, context.timeline.prearmed(channel, start_ms)
    )


def _echoed(
    reading: Reading, stretch: Stretch, candidate: Candidate, echo: Arm | None, context: CallContext
) -> Verdict | None:
    """What one side said is read back by the other."""
    worded = echo is not None and echo.topics[0] in _WORD_TOPICS and not context.repeats(candidate.digits)
    if echo is not None and not worded and not echo.benign and echo.digits and echo.topics[0] != "PERSON":
        harmless = quantity(reading, stretch, sure=True)
        if harmless != "amount" and (in_month(reading, stretch) or "CARD_EXPIRY" in echo.topics):
            harmless = ""
        bare = all(token.kind is not Kind.WORD for token in reading.tokens)
        read_back = (
            bare
            or stretch.tokens >= 2
            or (stretch.tokens and in_month(reading, stretch))
            or ("CARD_EXPIRY" in echo.topics and answers(reading, stretch))
            or stretch.months
            or (stretch.inherited and stretch.run.armed)
        )
        if not answers(reading, stretch) and not stretch.inherited and not context.repeats(candidate.digits):
            read_back = False
        if other_date(reading, stretch, echo):
            read_back = False
        if read_back and not harmless:
            return Verdict(_typed(echo, candidate), "echoed")
    return None


def _likely(
    reading: Reading, stretch: Stretch, candidate: Candidate, arm: Arm | None, likely: Arm | None
) -> Verdict | None:
    """After a whole card number: its expiry and code, whether the question was understood or not."""
    if likely is not None and (arm is None or not arm.benign):
        dated = (
            stretch.months
            and fits("CARD_EXPIRY", candidate)
            and candidate.length in {4, 6}
            and not quantity(reading, stretch, sure=True)
        )
        bare = (
            candidate.length >= 3
            and not stretch.months
            and answers(reading, stretch)
            and quantity(reading, stretch, sure=False) in {"", "count"}
        )
        if dated or bare:
            kind = fitting(likely.topics, candidate) if candidate.length <= 6 else by_looks(candidate) or "NUMBER"
            return Verdict(kind, "likely")  # type: ignore[arg-type]
    return None


def _goes_on(reading: Reading, earlier: Stretch, stretch: Stretch) -> bool:
    """Whether a run stands so near behind a masked one of the same turn that it goes on with it, or puts it right."""
    begin, end = earlier.span[1] + 1, stretch.span[0]
    if not earlier.run.armed or end - begin > NEAR or quantity(reading, stretch, sure=True):
        return False
    return not any(token.text in _CLOSERS for token in reading.tokens[begin:end])


_PLAIN_LOOKS: Final = frozenset({"CREDIT_CARD", "US_SSN", "IBAN", "PHONE", "IP_ADDRESS"})
_EVERYBODYS: Final = frozenset({"911", "999", "112", "111", "101", "988", "411", "311"})
"""Numbers that everybody calls."""

_DIALS: Final = words_of("dial dialed call called calling ring rang phone phoned")


def _open(stretch: Stretch) -> bool:
    """Whether a run may go on in its speaker's next turn."""
    return stretch.closed_by is None and not stretch.run.closed


def _awaited(arm: Arm | None) -> bool:
    """Whether an answer is expected that gives something away, and has not been given."""
    return arm is not None and not arm.benign and not arm.answered


def _benign(candidate: Candidate, *, block: bool, plain: bool = False) -> Verdict:
    """Nothing but a card number or another plain shape is masked in answer to a harmless question.

    plain: the question left no doubt.
    """
    looks = by_looks(candidate)
    if block and candidate.length in CARD_LENGTHS and not candidate.letters:
        return Verdict(looks or "NUMBER", "looks")
    if looks == "CARD_EXPIRY" and (block or candidate.length == 2):
        return Verdict(looks, "looks")
    if (
        looks in {"US_SSN", "IBAN", "DOB"}
        or (looks == "PHONE" and phone.written_as_one(candidate))
        or (looks == "CREDIT_CARD" and credit_card.looks_like(candidate) and candidate.length >= 15)
    ):
        return Verdict(looks, "looks")
    return Verdict(None, "plain" if plain else "benign")


def _unasked(  # noqa: PLR0911 - a table of reasons
    reading: Reading, stretch: Stretch, candidate: Candidate, channel: Channel, context: CallContext, *, patient: bool
) -> Verdict:
    """Nothing was asked: looks, then grammar, then length decide."""
    looks = by_looks(candidate)
    start_ms = reading.words[stretch.first].start_ms
    harmless = quantity(reading, stretch, sure=False)
    if looks is not None and (not harmless or looks in _PLAIN_LOOKS):
        return Verdict(looks, "looks")
    if candidate.digits[0] in _EVERYBODYS and not set(reading.text_before(stretch.span[0], 3)).isdisjoint(_DIALS):
        return Verdict(None, "benign")
    open_end = _open(stretch)
    block = context.timeline.in_block(start_ms)
    if harmless == "count" and block and candidate.length in {3, 4} and not any(part.shape for part in stretch.parts):
        harmless = ""
    if harmless:
        return Verdict(None, "benign", waits=patient and open_end and harmless not in {"amount"})
    weight = stretch.run.tokens + stretch.letters
    if patient and open_end:
        return Verdict(None, "open", waits=True)
    if stretch.spelled:
        if stretch.letters >= SPELLED_LETTERS or stretch.explained:
            return Verdict("PERSON", "long")
    elif weight >= context.policy.minimum_digits and not agents_own(candidate, channel):
        return Verdict("NUMBER", "long")
    if block and candidate.length >= 3 and not stretch.letters and not agents_own(candidate, channel):
        return Verdict("NUMBER", "block")
    if block and stretch.tokens >= 2 and not is_cardinal(stretch.parts) and not agents_own(candidate, channel):
        return Verdict("NUMBER", "block")
    return Verdict(None, "short")


__all__ = ["Verdict", "judge", "refined"]
