"""Names of people: introduced, asked for, spelled, addressed with a title, or well known as names. Pure."""

import unicodedata
from functools import lru_cache
from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.context import MAX_NAMES, CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.detectors.answers import SPELLED, asked_for, content, finding, groups
from cueline.redaction.locales.locale import Kind, words_of
from cueline.redaction.reading import Reading

TYPE: Final = "PERSON"
MAX_NAME_WORDS: Final = 4
ANSWER_TOKENS: Final = 14
_WORDS_TOO: Final = words_of(
    "april rose amber crystal dawn daisy violet misty carol frank pat jack ray guy art mark dean drew chase "
    "sierra victoria virginia georgia austin madison jordan carolina dakota charlotte logan houston lance earl "
    "jean jay sandy holly olive iris eve ivan max may june will grant chad alexis mercedes santiago diego "
    "francisco jose angel jesus devon shelby paris london christian penny ruby faith hope joy grace summer "
    "autumn ginger hazel ivy lily olivia's miranda kelly's harper clay cliff dale glen heath cole chance jo "
    "lee kim ava jan rocio pilar guy long ming an van ann wade morgan bob's wayne sue lance dolores troy ali "
    "mei li wu josh case art sky blake's "
)


_LINKS: Final = words_of("is it's uh um es ist was as ")
_INTRODUCING: Final = words_of("i'm it's is this ")
_LEADS: Final = words_of(
    "i'm it's is am with by to for from under as wife husband son daughter and manager colleague supervisor "
    "brother sister mother father partner doctor of agent me that's worries this here soy ich bin "
)
_AFTER_NAME: Final = words_of(
    "calling here speaking with from and how thank thanks let can i i'm i'll i'd may what's at in what could "
    "on my is right correct who about again just please one are you you're your "
)


def find(reading: Reading, channel: Channel, context: CallContext) -> list[Finding]:
    """All names of a turn; each is remembered, so that it is found again where nothing introduces it."""
    tokens = reading.tokens
    marked: set[int] = set()
    _introduced(reading, marked)
    _titled(reading, marked)
    _known(reading, marked, context)
    if asked_for(TYPE, reading, channel, context):
        _answered(reading, marked)
    _announced(reading, marked)
    _here(reading, marked)
    _beside(reading, marked)
    _spelled(reading, marked)
    if not marked:
        return []
    for place in marked:
        text = tokens[place].text
        if (
            tokens[place].kind is Kind.WORD
            and len(text) > 2
            and text not in reading.locale.stop
            and len(context.names) < MAX_NAMES
        ):
            context.names.setdefault(text, "PERSON")
    return [finding(tokens, group[0], group[-1], TYPE) for group in groups(sorted(marked), 0)]


def _is_name_word(reading: Reading, place: int) -> bool:
    token = reading.tokens[place]
    if token.text in reading.locale.titles:
        return False
    if token.kind is Kind.MONTH or token.kind is Kind.PHONETIC:
        return token.text in reading.locale.given
    return token.kind is Kind.WORD and len(token.text) > 1 and token.text not in reading.locale.stop


def _take(reading: Reading, place: int, most: int) -> list[int]:
    """Name words from ``place`` on, fillers before them skipped."""
    tokens = reading.tokens
    while place < len(tokens) and (tokens[place].kind is Kind.FILLER or tokens[place].text in reading.locale.titles):
        place += 1
    taken: list[int] = []
    while place < len(tokens) and len(taken) < most:
        if not _is_name_word(reading, place):
            break
        taken.append(place)
        if tokens[place].ends:
            break
        place += 1
    return taken


def _phrases(reading: Reading, phrases: tuple[tuple[str, ...], ...]) -> list[int]:
    """Places behind each of the phrases."""
    texts = [token.text for token in reading.tokens]
    found = []
    for phrase in phrases:
        head = phrase[0]
        length = len(phrase)
        for at, text in enumerate(texts):
            if text == head and tuple(texts[at : at + length]) == phrase:
                found.append(at + length)
    return found


def _introduced(reading: Reading, marked: set[int]) -> None:
    tokens = reading.tokens
    locale = reading.locale
    texts = {token.text for token in tokens}
    if not texts.isdisjoint(locale_heads(reading)):
        for place in _phrases(reading, locale.introductions):
            while place < len(tokens) and (tokens[place].text in _LINKS or tokens[place].kind is Kind.FILLER):
                place += 1
            marked.update(_take(reading, place, MAX_NAME_WORDS - 1))
    for place in range(1, len(tokens)):
        before = tokens[place - 1].text
        if before not in _LEADS and before not in locale.greetings:
            continue
        if not _is_name_word(reading, place):
            continue
        if _folded(tokens[place].text) in locale.given:
            marked.add(place)
            _surname(reading, place, marked)
        elif before in _INTRODUCING or before in locale.greetings:
            _unknown(reading, place, before, marked)


def _unknown(reading: Reading, place: int, before: str, marked: set[int]) -> None:
    """A name that is on no list: it stands where names stand, and a turn ends or goes on as after a name."""
    tokens = reading.tokens
    taken = _take(reading, place, 3)
    if any(_ordinary(tokens[at].text) for at in taken):
        return
    after = taken[-1] + 1
    end = after >= len(tokens) or tokens[taken[-1]].ends
    follows = not end and tokens[after].text in _AFTER_NAME
    large = all(reading.words[tokens[at].word].text[:1].isupper() for at in taken) and any(
        reading.words[token.word].text[:1].islower() for token in tokens
    )
    if before in _INTRODUCING:
        opening = place - 1 <= 4 or tokens[place - 2].ends
        if (
            (before != "is" or tokens[place - 2].text in {"this", "name"})
            and len(taken) <= 3
            and (follows or (end and opening))
        ):
            if before in {"it's", "is", "i'm", "this"} or large:
                marked.update(taken)
    elif (
        (end and place <= 3 and len(taken) <= 2)
        or (large and len(taken) <= 2 and (end or follows))
        or (
            follows
            and place <= 2
            and len(taken) == 1
            and tokens[after].text in {"let", "can", "i'm", "i'll", "may", "what's"}
        )
    ):
        if (
            before not in {"is", "you", "the", "no", "so", "it", "understand", "now", "yes", "well", "sure", "right"}
            or large
        ):
            marked.update(taken)


def _ordinary(text: str) -> bool:
    """Forms that names hardly have."""
    return text.endswith(("ing", "ed", "ly", "tion", "ment", "ness", "able", "ful")) or len(text) < 2


def _folded(text: str) -> str:
    if text.isascii():
        return text
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if unicodedata.category(mark) != "Mn")


@lru_cache(maxsize=64)
def _heads(introductions: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in introductions)


def locale_heads(reading: Reading) -> frozenset[str]:
    """First words of the introductions."""
    return _heads(reading.locale.introductions)


def _known_name(reading: Reading, place: int) -> bool:
    token = reading.tokens[place]
    text = _folded(token.text)
    return text in reading.locale.given or text in reading.locale.titles or (
        text in reading.locale.family and text not in reading.locale.stop
    )  # fmt: skip


def _surname(reading: Reading, place: int, marked: set[int]) -> None:
    """The word after a given name is its surname where it is known as one, written large, or the turn's last."""
    after = place + 1
    tokens = reading.tokens
    if after >= len(tokens) or tokens[place].ends or not _is_name_word(reading, after):
        return
    word = reading.words[tokens[after].word].text
    last = after == len(tokens) - 1 or tokens[after].ends or tokens[after + 1].kind in SPELLED
    if (
        tokens[after].text in reading.locale.family
        or word[:1].isupper()
        or last
        or tokens[after].text in reading.locale.given
    ):
        marked.add(after)
        if after + 1 < len(tokens) and tokens[after + 1].text in reading.locale.family:
            marked.add(after + 1)


def _titled(reading: Reading, marked: set[int]) -> None:
    tokens = reading.tokens
    for at, token in enumerate(tokens[:-1]):
        if (token.text in reading.locale.titles and not token.ends) or (token.text in {"mr", "mrs", "ms", "dr"}):
            if _is_name_word(reading, at + 1):
                marked.add(at + 1)
                if at + 2 < len(tokens) and tokens[at + 2].text in reading.locale.family and not tokens[at + 1].ends:
                    marked.add(at + 2)


def _known(reading: Reading, marked: set[int], context: CallContext) -> None:
    """Names that were heard before, and words that are hardly anything but names."""
    tokens = reading.tokens
    locale = reading.locale
    for at, token in enumerate(tokens):
        if context.names.get(token.text) == "PERSON":
            marked.add(at)
        elif _folded(token.text) in locale.given:
            followed = at + 1 < len(tokens) and tokens[at + 1].text in locale.family and not token.ends
            written = reading.words[token.word].text[:1].isupper() and at > 0
            sure = token.text not in _WORDS_TOO and token.kind is not Kind.MONTH
            if sure or (
                followed
                and token.kind is not Kind.MONTH
                and (written or token.text not in _WORDS_TOO or tokens[at + 1].text not in locale.stop)
            ):
                marked.add(at)
                _surname(reading, at, marked) if followed or written else None
        elif token.text.endswith("'s") and token.text[:-2] in locale.given and token.text[:-2] not in _WORDS_TOO:
            marked.add(at)


def _answered(reading: Reading, marked: set[int]) -> None:
    """A short answer to a question for a name is the name."""
    places = [place for place in content(reading) if reading.tokens[place].kind is not Kind.WRITTEN]
    spelled = any(stretch.letters >= 2 for stretch in reading.scan.stretches)
    plain = [place for place in places if reading.tokens[place].kind is Kind.WORD]
    if (len(reading.tokens) <= ANSWER_TOKENS or spelled) and len(plain) <= MAX_NAME_WORDS + 1:
        inside = {
            place
            for stretch in reading.scan.stretches
            if not stretch.letters and not stretch.months
            for place in range(reading.span(stretch)[0], reading.span(stretch)[1] + 1)
        }
        marked.update(place for place in places if place not in inside)


def _announced(reading: Reading, marked: set[int]) -> None:
    """ "it's spelled ...", "the name on the card is ..."."""
    tokens = reading.tokens
    for hit in reading.hits:
        if hit.topic != TYPE or not hit.strong:
            continue
        after = hit.last + 1
        while (
            after < len(tokens)
            and after - hit.last < 7
            and tokens[after].text in {"on", "the", "card", "account", "my", "file", "for", "this"}
        ):
            after += 1
        if after < len(tokens) and tokens[after].text in {"is", "it's", "es", "ist", "lautet", "would"}:
            while after < len(tokens) and tokens[after].text in {"is", "it's", "es", "ist", "would", "be", "lautet"}:
                after += 1
            marked.update(_take(reading, after, MAX_NAME_WORDS - 1))


def _here(reading: Reading, marked: set[int]) -> None:
    """ "wei lindgren here", at a turn's beginning or end."""
    tokens = reading.tokens
    for at, token in enumerate(tokens):
        if token.text not in {"here", "speaking", "calling"} or at == 0 or at > 8 or (token.text != "here" and at > 4):
            continue
        taken = [place for place in range(max(0, at - 3), at) if _is_name_word(reading, place)]
        if len(taken) >= 1 and taken[-1] == at - 1 and not any(_ordinary(tokens[place].text) for place in taken):
            if any(place in marked for place in taken) or len(taken) == at:
                marked.update(taken)


def _beside(reading: Reading, marked: set[int]) -> None:
    """A given name's neighbour where both stand alone ("johansson gregory", "this is martinez emily")."""
    tokens = reading.tokens
    for place in sorted(marked):
        before = place - 1
        if (
            before >= 0
            and before not in marked
            and tokens[before].text in reading.locale.family
            and not tokens[before].ends
        ):
            marked.add(before)


def _spelled(reading: Reading, marked: set[int]) -> None:
    """Letters that spell a name: beside one, or after "spelled"."""
    tokens = reading.tokens
    for stretch in reading.scan.stretches:
        if stretch.letters < 2 or stretch.tokens > 0:
            continue
        first, last = reading.span(stretch)
        before = tokens[max(0, first - 4) : first]
        near = any(place in marked for place in range(max(0, first - 4), first))
        told = stretch.letters >= 3 and before and before[-1].text in _INTRODUCING
        told = told or any(token.text in {"spelled", "spelling", "spell", "letters"} for token in before)
        if near or told:
            while last + 1 < len(tokens) and (
                tokens[last + 1].kind in SPELLED or tokens[last + 1].text in {"november", "o"}
            ):
                last += 1
            if first and any(place in marked for place in (first - 2, first - 3)) and _is_name_word(reading, first - 1):
                first -= 1
            marked.update(range(first, last + 1))


def introduced_from(reading: Reading) -> list[int]:
    """Tokens from which a name may be told: after an introduction, or after a name that may go on or be spelled."""
    found = []
    if not {token.text for token in reading.tokens}.isdisjoint(locale_heads(reading)):
        found += _phrases(reading, reading.locale.introductions)
    last = len(reading.tokens) - 1
    for place in range(max(0, last - 3), last + 1):
        token = reading.tokens[place]
        if (
            _folded(token.text) in reading.locale.given
            or token.text in reading.locale.titles
            or (place and reading.tokens[place - 1].text in _INTRODUCING and _is_name_word(reading, place))
            or (token.kind is Kind.LETTER and place == last and place and reading.tokens[place - 1].kind in SPELLED)
        ):
            found.append(place)
    return found
