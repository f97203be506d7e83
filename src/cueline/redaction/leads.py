"""Names, addresses, e-mail and passwords that the words before them announce, by the trained model. Pure."""

from typing import Final

from cueline.redaction.classifier import TopicModel
from cueline.redaction.detector import Finding
from cueline.redaction.detectors.answers import answer, finding
from cueline.redaction.detectors.password import secret_from
from cueline.redaction.detectors.person import name_from
from cueline.redaction.locales.locale import Kind, Topic, words_of
from cueline.redaction.questions import WORDY
from cueline.redaction.reading import Reading

REACH: Final = 12
"""Words of a lead-in."""

MOST: Final = 4
"""Places of one turn that are looked at."""

CERTAIN: Final = 0.65
"""Probability from which a lead-in is believed."""

PROBABLE: Final = 0.5
"""... and for a password, which little else is mistaken for."""

_EQUATING: Final = words_of(
    "is it's was be as under with to at by by's that's are goes reads says called named typed use used "
    "typing using entering saying"
)
"""Words after which what was announced is said."""


_VALUES: Final = frozenset({Kind.WORD, Kind.LETTER, Kind.PHONETIC})
_ABOUT: Final = words_of(
    "password passwords passphrase passcode phrase wifi wi-fi network key secret word log login logs sign signed "
    "answer "
    "maiden pet pets dog cat school teacher username user name names named called email emails mail inbox gmail "
    "address "
    "live lives living house home street road post account under holder registered property place moved staying "
    "deliver delivery ship send patient husband wife son daughter mother father brother sister memorable hint "
    "security set "
    "changed reset typed typing keyword codeword code credentials pass unlock verbal safe file records system "
    "chose chosen "
    "picked given"
)
"""A turn without any of these announces nothing worded that the other rules would not find."""

_ABOUT_OR_ITS: Final = _ABOUT | {f"{word}'s" for word in _ABOUT}


def word_leads(reading: Reading, model: TopicModel) -> list[tuple[int, Topic]]:
    """Tokens at which something worded begins that the words before it announce, and what."""
    found: list[tuple[int, Topic]] = []
    tokens = reading.tokens
    if _ABOUT_OR_ITS.isdisjoint(reading.said):
        return found
    looked = 0
    for place in range(1, len(tokens)):
        before, token = tokens[place - 1], tokens[place]
        if before.text not in _EQUATING and not before.text.endswith("'s"):
            continue
        if token.kind not in _VALUES or token.text in reading.locale.function_words or token.text in _ABOUT:
            continue
        looked += 1
        if looked > MOST:
            break
        chances = model.probabilities(reading.plain(max(0, place - REACH), place))
        topic, chance = next(iter(chances.items()))
        if topic in WORDY and chance >= (PROBABLE if topic == "PASSWORD" else CERTAIN):
            found.append((place, topic))
    return found


def led(reading: Reading, model: TopicModel) -> list[Finding]:
    """What is announced so, as findings."""
    found: list[Finding] = []
    for place, topic in word_leads(reading, model):
        if topic == "PERSON":
            groups = [name_from(reading, place)]
        elif topic == "PASSWORD":
            groups = [secret_from(reading, place)]
        else:
            groups = answer(reading, place, 1)[:1]
            groups = [group for group in groups if group[0] <= place + 1]
        found += [finding(reading.tokens, group[0], group[-1], topic) for group in groups if group]
    return found
