"""Names of people: introduced, asked for, spelled, addressed, or words that are hardly anything but names. Pure.

Lists of names cannot be complete, so that a word counts by what it is *not*, too: one that is on neither the list of
ordinary words nor that of places and stands where names stand is taken for a name.
"""

from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.context import MAX_NAMES, CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.detectors.answers import SPELLED, asked_for, chatter, finding, groups, lone_letter
from cueline.redaction.locales.locale import Kind, words_of
from cueline.redaction.reading import Reading
from cueline.redaction.vocabulary import NAMES, Word, bare, introductions_of

TYPE: Final = "PERSON"
MAX_NAME_WORDS: Final = 4
ANSWER_TOKENS: Final = 14

COMPANY_WORDS: Final = 4
"""Words after the first of a company's name up to the one that tells it."""

_COMPANIES: Final = words_of(
    "bank banking insurance union mutual energy electric water gas mobile telecom telecoms broadband wireless networks "
    "airlines airways air hotel hotels clinic hospital hospitals health healthcare dental pharmacy stores store "
    "outfitters "
    "services service company companies group limited ltd inc llc incorporated corporation corp partners associates "
    "university college school council county department office agency bureau financial finance capital credit savings "
    "motors rentals travel tours media logistics couriers foods systems solutions technologies software support "
    "helpdesk"
)

ADDRESSED_WITHIN: Final = 4
"""So many words after "okay", "thank you" the one who is addressed may be named."""


_LINKS: Final = words_of("is it's uh um es ist was as the a ")
_LEADS: Final = words_of(
    "i'm it's this name's called wife husband son daughter brother sister mother father mum mom dad partner friend "
    "neighbour neighbor colleague manager boss doctor nurse aunt uncle nephew niece cousin grandson granddaughter "
    "grandmother grandfather nan gran calls called landlord tenant carer consultant behalf under named soy ich bin me "
)
_VAGUE: Final = words_of("i'm it's this under behalf")
"""Leads after which ordinary words come oftener than names."""

_PLACES: Final = words_of("in from at near via of outside towards around on ")
"""Before a place or a company rather than a person."""

_SPOKE: Final = words_of("speak speaking spoke talk talking talked spoken ")
_OPENERS: Final = words_of(
    "okay ok right alright thanks thank hi hello hey hiya howdy morning afternoon evening sorry great perfect lovely "
    "brilliant good bye cheers dear welcome well so yes yeah no and now ah oh sure certainly absolutely bother worries "
    "problem you then there fine wonderful excellent super grand "
)
_AFTER_NAME: Final = words_of(
    "calling here speaking with from and how thank thanks let can i i'm i'll i'd may what's at in what could on my is "
    "right correct who about again just please one are you you're your did do have bear last for this we we'll we've "
    "it's that's she he she's he's asked said will would "
    "here's there's i've okay ok listen look hang hold sorry never "
)
_OPENING: Final = words_of("calling welcome speaking through helpdesk help assist ")
"""Words of a turn in which an agent names his company and himself."""


class _View:
    """A turn's words among names."""

    def __init__(self, reading: Reading, *, opening: bool) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.opening = opening
        self.mixed = reading.mixed
        self.words = words = reading.vocabulary
        self.candidates = [at for at, word in enumerate(words) if self.mixed or word is not Word.OTHER]

    def promising(self) -> bool:
        """Whether there is anything in the turn that may be a name."""
        return (
            any(self.words)
            or (self.mixed and any(self.large(at) for at in self.candidates))
            or any(stretch.letters >= 2 for stretch in self.reading.scan.stretches)
            or any(hit.topic == TYPE for hit in self.reading.hits)
        )

    def name(self, at: int) -> bool:
        """Whether the word is likelier a name than anything else."""
        return 0 <= at < len(self.words) and self.words[at] in NAMES

    def large(self, at: int) -> bool:
        """Whether it is written large where others are not, and no sentence begins with it."""
        written = self.reading.words[self.tokens[at].word].text
        begins = at == 0 or self.tokens[at - 1].ends
        return self.mixed and written[:1].isupper() and not begins

    def possible(self, at: int) -> bool:
        """Whether it may be a name where one is expected."""
        return 0 <= at < len(self.words) and (
            self.words[at] is not Word.OTHER
            or (
                self.large(at)
                and self.tokens[at].kind is Kind.WORD
                and self.tokens[at].text not in _NEVER
                and self.tokens[at].text not in self.reading.locale.titles
            )
        )

    def company(self, at: int) -> bool:
        """Whether a company's name begins here: "harper valley national bank"."""
        after = self.tokens[at + 1 : at + 1 + COMPANY_WORDS]
        for token in after:
            if token.text in _COMPANIES:
                return True
            if token.kind is not Kind.WORD or token.ends or token.text in self.reading.locale.function_words:
                return False
        return False

    def ends(self, at: int) -> bool:
        """Whether the turn or the sentence ends with this token."""
        return at >= len(self.tokens) - 1 or self.tokens[at].ends

    def text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""


_PRESENTING: Final = words_of("here speaking calling")
_NEVER: Final = words_of("i i'm i'll i'd i've ok okay")


def find(reading: Reading, channel: Channel, context: CallContext) -> list[Finding]:
    """All names of a turn; each is remembered, so that it is found again where nothing introduces it."""
    tokens = reading.tokens
    unspoken = channel == "agent" and not context.spoke_ms["customer"]
    opening = unspoken and not reading.said.isdisjoint(_OPENING)
    view = _View(reading, opening=opening)
    asked = asked_for(TYPE, reading, channel, context)
    if not asked and not view.promising():
        return []
    marked: set[int] = set()
    _introduced(view, marked)
    _titled(view, marked)
    _led(view, marked, context)
    _standing(view, channel, marked, context)
    if asked:
        _answered(view, marked)
    _announced(view, marked)
    _presented(view, marked)
    _grown(view, marked)
    _spelled(view, marked, context)
    marked = {place for place in marked if not view.company(place)}
    if not marked:
        return []
    for place in marked:
        text = bare(tokens[place].text)
        kept = tokens[place].kind is Kind.WORD and len(text) > 2 and view.words[place] is not Word.OTHER
        if kept and text not in reading.locale.function_words and len(context.names) < MAX_NAMES:
            context.names.setdefault(text, "PERSON")
    return [finding(tokens, group[0], group[-1], TYPE) for group in groups(sorted(marked), 0)]


def company_begins(reading: Reading, place: int) -> bool:
    """Whether the name of a company begins at a token: "harper valley national bank"."""
    return _View(reading, opening=False).company(place)


def name_from(reading: Reading, place: int) -> list[int]:
    """Tokens of a name that begins at ``place``; none where no name can begin there."""
    view = _View(reading, opening=False)
    taken = [] if view.company(place) else _take(view, place)
    return (
        taken
        if any(view.name(at) or view.large(at) for at in taken) or view.ends(taken[-1] if taken else place)
        else []
    )


def _take(view: _View, place: int, most: int = MAX_NAME_WORDS - 1) -> list[int]:
    """Possible name words from ``place`` on; fillers, titles and initials before them are passed over."""
    tokens = view.tokens
    while place < len(tokens) and (
        tokens[place].kind is Kind.FILLER or tokens[place].text in view.reading.locale.titles
    ):
        place += 1
    initials = place
    while initials < len(tokens) and tokens[initials].kind is Kind.LETTER and initials - place < 2:
        initials += 1
    taken: list[int] = list(range(place, initials)) if initials > place and view.possible(initials) else []
    place = initials if taken else place
    while len(taken) < most and view.possible(place):
        taken.append(place)
        if tokens[place].ends:
            break
        place += 1
    return taken


def _phrases(reading: Reading) -> list[int]:
    """Places behind each introducing phrase."""
    by_word = introductions_of(reading.locale)
    if by_word.keys().isdisjoint(reading.said):
        return []
    texts = reading.texts
    return [
        at + len(phrase)
        for at, text in enumerate(texts)
        if text in by_word
        for phrase in by_word[text]
        if tuple(texts[at : at + len(phrase)]) == phrase
    ]


def _introduced(view: _View, marked: set[int]) -> None:
    for begin in _phrases(view.reading):
        place = begin
        while place < len(view.tokens) and (
            view.tokens[place].text in _LINKS or view.tokens[place].kind is Kind.FILLER
        ):
            place += 1
        taken = _take(view, place)
        marked.update(taken)
        after = taken[-1] + 1 if taken else len(view.tokens)
        if len(taken) == 1 and after < len(view.tokens) and view.ends(after) and not view.tokens[after - 1].ends:
            token = view.tokens[after]
            if token.kind is Kind.WORD and token.text not in view.reading.locale.stop:
                marked.add(after)


def _titled(view: _View, marked: set[int]) -> None:
    if view.reading.locale.titles.isdisjoint(view.reading.said):
        return
    for at, token in enumerate(view.tokens[:-1]):
        if token.text not in view.reading.locale.titles or (token.ends and not token.text.endswith(("r", "s"))):
            continue
        after = at + 1
        if view.possible(after) or (token.text in _SHORT_TITLES and view.tokens[after].kind is Kind.WORD):
            if token.text not in _SHORT_TITLES and not view.name(after) and not view.large(after):
                continue
            marked.add(after)
            if view.name(after + 1) and not view.tokens[after].ends:
                marked.add(after + 1)


_SHORT_TITLES: Final = words_of("mr mrs ms mister missus miss")


def _led(view: _View, marked: set[int], context: CallContext) -> None:
    """ "this is ...", "my wife ...", "okay ...": the word where a name may stand."""
    for place in view.candidates:
        if place in marked or not view.possible(place):
            continue
        before = view.text(place - 1)
        if before == "am" and view.text(place - 2) == "i":
            before = "i'm"
        if before in _LEADS and (view.name(place) or view.words[place] is Word.MAYBE):
            goes_on = view.ends(place) or view.text(place + 1) in _AFTER_NAME
            sure = view.name(place) or view.large(place) or goes_on or view.name(place + 1)
            pair = _given(view, place) and view.possible(place + 1) and _goes_on(view, place + 1)
            sure = sure or pair
            doubtful = view.words[place] is Word.MAYBE and not (view.large(place) or view.name(place + 1) or pair)
            if sure and not (doubtful and before in _VAGUE):
                marked.add(place)
        elif _addressed(view, place, known=context.names.get(bare(view.text(place))) == TYPE):
            marked.add(place)


_CALLING: Final = words_of(
    "thanks thank you okay ok hi hello hey sorry morning afternoon evening bye welcome problem worries alright perfect "
    "great lovely brilliant sure certainly absolutely cheers well so"
)
_PAUSES: Final = words_of("uh um er erm ")
_COMPLETE: Final = words_of("you today again now then please there moment me that")
"""After these a sentence may be over, so that a name that ends the turn is called."""

_ENDEARING: Final = words_of("love dear day long best king page price may man pal mate sunny baby angel honey darling")


def _given(view: _View, place: int) -> bool:
    """Whether the word is a given name, if an ordinary word too."""
    text = bare(view.text(place))
    return text in view.reading.locale.given and text not in _ENDEARING and view.words[place] is Word.MAYBE


def _addressed(view: _View, place: int, *, known: bool) -> bool:
    """Whether the one who listens is spoken to by name here: after an opener, or at a turn's beginning or end."""
    coded = view.tokens[place].kind is Kind.PHONETIC and view.text(place - 1) in _OPENERS
    before = place - 1
    while before > 0 and view.text(before) in _PAUSES:
        before -= 1
    opener = coded or view.text(before) in _CALLING
    called = opener and view.ends(place) and _given(view, place)
    name = view.name(place) or known or called or (view.text(before) in _COMPLETE and _given(view, place))
    if not name and not view.large(place):
        return False
    if view.opening:
        return False
    start = place
    while start > 0 and not view.tokens[start - 1].ends:
        start -= 1
    complete = view.text(place - 1) in _COMPLETE or (
        view.text(place - 1) == "that" and view.text(place - 2) in {"hear", "about"}
    )
    if complete and view.ends(place) and _given(view, place):
        return True
    opened = place - start <= ADDRESSED_WITHIN and all(
        view.text(at) in _OPENERS or view.text(at) in _PAUSES for at in range(start, place)
    )
    goes_on = view.ends(place) or view.text(place + 1) in _AFTER_NAME or view.name(place + 1)
    return opened and goes_on and (name or start < place)


def _standing(view: _View, channel: Channel, marked: set[int], context: CallContext) -> None:
    """Names heard before, names that are nothing else, and unknown words that are no place and no company."""
    arm = context.timeline.at(channel, view.reading.words[0].start_ms)
    coded = arm is not None and arm.benign
    for at in view.candidates:
        if (kind := view.words[at]) is Word.OTHER:
            continue
        text = bare(view.tokens[at].text)
        if (kind is Word.GIVEN and not view.opening) or context.names.get(text) == "PERSON":
            if kind is not Word.MAYBE or view.large(at) or view.ends(at) or view.name(at - 1) or view.name(at + 1):
                marked.add(at)
        elif kind in NAMES and not view.opening and not coded:
            before = view.text(at - 1)
            if before in _PLACES or (before == "to" and view.text(at - 2) not in _SPOKE):
                continue
            if view.name(at + 1) or view.name(at - 1) or (kind in {Word.UNKNOWN, Word.FAMILY} and view.ends(at) and at):
                marked.add(at)


def _grown(view: _View, marked: set[int]) -> None:
    """A name's neighbours: the family name after it, one before it, initials, "van" and its like."""
    for place in sorted(marked):
        after = place + 1
        if not view.tokens[place].ends and view.text(after) in _PARTICLES and view.name(after + 1):
            marked.update((after, after + 1))
            after += 2
        while after < len(view.words) and not view.tokens[after - 1].ends and _goes_on(view, after):
            marked.add(after)
            after += 1
        before = place - 1
        while before >= 0 and view.words[before] in {Word.FAMILY, Word.UNKNOWN} and not view.tokens[before].ends:
            if view.text(before - 1) in _PLACES:
                break
            marked.add(before)
            before -= 1
        if view.text(before) in _PARTICLES and view.text(before - 1) in _LEADS:
            marked.add(before)


_PARTICLES: Final = words_of(
    "van von der den de del della di da dos du la le al el bin ibn abu ap st saint mac mc ter ten zu"
)


def _goes_on(view: _View, place: int) -> bool:
    """Whether the word after a name is one, too."""
    if view.words[place] is not Word.MAYBE:
        return view.name(place)
    return view.large(place) or view.ends(place) or view.text(place + 1) in _AFTER_NAME


def _answered(view: _View, marked: set[int]) -> None:
    """A short answer to a question for a name is the name."""
    if chatter(view.reading) and not _given(view, len(view.tokens) - 1):
        return
    marked.update(lone_letter(view.reading))
    tokens = view.tokens
    locale = view.reading.locale
    spelled = any(stretch.letters >= 2 for stretch in view.reading.scan.stretches)
    plain = [
        at
        for at, token in enumerate(tokens)
        if token.kind in {Kind.WORD, Kind.MONTH, Kind.PHONETIC} and token.text and (
            view.words[at] is not Word.OTHER
            or (bare(token.text) not in locale.stop and bare(token.text) not in locale.ordinary)
        )
    ]  # fmt: skip
    named = [at for at, word in enumerate(view.words) if word is not Word.OTHER] or [
        at for at, token in enumerate(tokens) if bare(token.text) in locale.given and token.text not in _LINKS
    ]
    if not plain and named and len(tokens) <= 6:
        plain = named[-1:]
    if not plain and len(tokens) <= 3:  # an ordinary word is all that is said
        plain = [at for at, token in enumerate(tokens) if token.kind is Kind.WORD and token.text not in locale.stop]
    if len(tokens) > ANSWER_TOKENS and not spelled:
        return
    likely = [at for at in plain if view.name(at) or view.large(at)]
    if likely and len(plain) > MAX_NAME_WORDS + 1:
        plain = likely
    if len(plain) <= MAX_NAME_WORDS + 1:
        marked.update(plain)
    for stretch in view.reading.scan.stretches:
        if stretch.spelled:
            first, last = stretch.span
            marked.update(range(first, _chain_end(view, last) + 1))


def _announced(view: _View, marked: set[int]) -> None:
    """ "it's spelled ...", "the name on the card is ..."."""
    tokens = view.tokens
    for hit in view.reading.hits:
        if hit.topic != TYPE or not hit.strong:
            continue
        after = hit.last + 1
        while after < len(tokens) and after - hit.last < 7 and tokens[after].text in _ABOUT_NAME:
            after += 1
        if after < len(tokens) and tokens[after].text in _SAYS:
            while after < len(tokens) and tokens[after].text in _SAYS:
                after += 1
            marked.update(_take(view, after))


_ABOUT_NAME: Final = words_of("on the card account my file for this in")
_SAYS: Final = words_of("is it's es ist lautet would be says reads was as")


def _presented(view: _View, marked: set[int]) -> None:
    """ "wei lindgren here", at a turn's beginning or end."""
    if _PRESENTING.isdisjoint(view.reading.said):
        return
    for at, token in enumerate(view.tokens):
        if token.text not in _PRESENTING or at == 0 or at > 8:
            continue
        taken: list[int] = []
        place = at - 1
        while place >= 0 and len(taken) < MAX_NAME_WORDS and view.possible(place):
            taken.append(place)
            place -= 1
        if any(view.name(each) or view.large(each) for each in taken):
            marked.update(taken)


def _spelled(view: _View, marked: set[int], context: CallContext) -> None:
    """Letters that spell a name: beside one, after "spelled", or beside a word that they spell."""
    tokens = view.tokens
    spelled = [each for each in view.reading.scan.stretches if each.letters >= 2 and each.spelled]
    introduced = _phrases(view.reading) if spelled else []
    for stretch in spelled:
        first, last = stretch.span
        first = _chain_begin(view, first)
        before = range(max(0, first - 4), first)
        near = any(place in marked for place in before) or any(at <= first <= at + 2 for at in introduced)
        told = any(tokens[place].text in _SPELL for place in before)
        letters = "".join("o" if part.text == "o" else part.value[:1] for part in stretch.parts)
        for place in [*before, *range(last + 1, min(len(tokens), last + 4))]:
            text = bare(tokens[place].text)
            if len(letters) >= 3 and tokens[place].kind is Kind.WORD and text[:3] == letters[:3]:
                marked.add(place)
                near = True
        known = len(letters) >= 3 and any(name.startswith(letters[:3]) for name in context.names)
        if near or told or known:
            marked.update(range(first, _chain_end(view, last) + 1))


def _chain_begin(view: _View, first: int) -> int:
    """The first letter of a spelling that begins with words for letters ("mike o h ...", "zebra i ...")."""
    while first > 0 and not view.tokens[first - 1].ends and (
        view.tokens[first - 1].kind in SPELLED or view.text(first - 1) in view.reading.locale.spelling
    ):  # fmt: skip
        first -= 1
    return first


def _chain_end(view: _View, last: int) -> int:
    """The last letter of a spelling that goes on with words for letters ("u as uncle", "lincoln")."""
    end = last
    for at in range(last + 1, len(view.tokens)):
        token = view.tokens[at]
        if token.kind in SPELLED or token.text in {"november", "o"}:
            end = at
        elif at - end > WORDS_FOR_LETTER or view.tokens[at - 1].ends:
            break
    after = end + 1
    return (
        after if after < len(view.tokens) and view.possible(after) and not view.tokens[end].ends and end > last else end
    )


WORDS_FOR_LETTER: Final = 3
"""Words between two letters of a spelling ("u as uncle")."""


_SPELL: Final = words_of("spelled spelling spell spelt letters letter")


_BEFORE_NAME: Final = _LEADS | _CALLING | {"am"}


def introduced_from(reading: Reading) -> list[int]:
    """Tokens from which a name may be told: after an introduction, or after a name that may go on or be spelled."""
    found = _phrases(reading)
    last = len(reading.tokens) - 1
    view = _View(reading, opening=False)
    for place in range(max(0, last - 3), last + 1):
        token = reading.tokens[place]
        led = place and reading.tokens[place - 1].text in _BEFORE_NAME and view.possible(place)
        spelled = token.kind is Kind.LETTER and place == last and place and reading.tokens[place - 1].kind in SPELLED
        if view.name(place) or token.text in reading.locale.titles or led or spelled:
            found.append(place)
    return found
