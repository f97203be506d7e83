"""Puts calls together from a family's wordings: questions and answers, splits, corrections, read-backs, times."""

from typing import Any, NamedTuple

import numpy as np

from evals.redaction.benign import BENIGN, KINDS
from evals.redaction.families import Family
from evals.redaction.numerals import MONTHS, TENS, UNITS, WEEKDAYS, Habits, Piece, chance, pick
from evals.redaction.turns import Clockwork, Token, Turn, line_of, other
from evals.redaction.values import Persona, Speaker, Value, make_value, zip_code

IDENTITY = (
    "PERSON", "ACCOUNT_NUMBER", "DOB", "US_SSN", "SSN_LAST4", "PHONE", "ADDRESS", "PIN", "PASSWORD", "OTP", "EMAIL",
)  # fmt: skip
BLOCKS: dict[str, tuple[float, tuple[str, ...]]] = {
    "identity": (5, IDENTITY),
    "payment": (4, ("CREDIT_CARD", "CARD_EXPIRY", "CVV")),
    "bank": (1.6, ("ABA_ROUTING", "BANK_ACCOUNT")),
    "bank_abroad": (0.7, ("IBAN",)),
    "bank_uk": (1, ("SORT_CODE", "BANK_ACCOUNT")),
    "health": (1.8, ("MEMBER_ID", "MEDICAL_RECORD", "DOB")),
    "documents": (2.2, ("PASSPORT", "DRIVER_LICENSE", "TAX_ID", "NUMBER")),
    "technical": (1, ("IP_ADDRESS", "PASSWORD", "EMAIL")),
    "contact": (4, ("PHONE", "EMAIL", "ADDRESS", "PERSON")),
}

CONFUSIONS = (
    "the", "a", "and", "it", "in", "they", "there", "that", "this", "is", "was", "so", "but", "of", "or", "with", "at",
    "has", "his", "our", "show", "well", "call", "come", "need", "see",
)  # fmt: skip
"""What a recogniser puts where it misheard an ordinary word."""


class Secret(NamedTuple):
    """What goes into ``{x}``: type, form and pieces."""

    kind: str
    form: str
    pieces: list[Piece]


class CallWriter:
    """Writes one call."""

    def __init__(self, family: Family, number: int) -> None:
        self.family = family
        self.rng = rng = np.random.default_rng([family.seed, number])
        self.number = number
        self.turns: list[Turn] = []
        self.punctuated = chance(rng, 0.45)
        self.error_rate = pick(rng, (0.0, 0.005, 0.01, 0.03))
        written = 0.88 if chance(rng, 0.55 if self.punctuated else 0.18) else 0.04
        layouts = dict(family.layouts)
        habits = Habits(
            written=written, zeros=pick(rng, family.zeros), repeat=pick(rng, (0.0, 0.4, 0.8)), styles=family.styles,
            layouts=layouts, sound_errors=pick(rng, (0.0, 0.0, 0.02, 0.06)), treble=family.treble,
        )  # fmt: skip
        persona = Persona(
            pick(rng, family.first_names), pick(rng, family.last_names), pick(rng, ("mr", "mrs", "ms", "miss"))
        )
        self.speaker = Speaker(rng, family, habits, persona, self.punctuated)
        self.hyphens = chance(rng, 0.7)
        self.commas = chance(rng, 0.5)
        self.agent = pick(rng, family.agents)
        self.company = pick(rng, family.companies)

    # -- turns -------------------------------------------------------------------------------------------------

    def turn(self, role: str, template: str, secret: Secret | None = None, *, placing: str = "after") -> Turn:
        """Adds a turn made from a template."""
        turn = Turn(role, placing=placing)
        self.fill(turn, template, secret)
        self.turns.append(turn)
        return turn

    def fill(self, turn: Turn, template: str, secret: Secret | None = None) -> None:
        """Writes a template's words and slots at the end of a turn."""
        who = self.speaker.persona
        for word in template.split():
            if "{" not in word:
                turn.tokens.append(Token(word))
                continue
            slot, mark = word[word.index("{") + 1 : word.index("}")], word[word.index("}") + 1 :]
            if slot == "x" and secret is not None:
                turn.secret(secret.kind, secret.form, secret.pieces)
            elif slot in {"first", "last"}:
                name = who.first if slot == "first" else who.last
                turn.secret("PERSON", "words", [Piece(part, proper=True) for part in name.split()])
            elif slot == "title":
                turn.tokens.append(Token(who.title, proper=True))
            elif slot == "company":
                turn.tokens += [Token(part, proper=True) for part in self.company.split()]
            elif slot == "agent":
                turn.benign(KINDS["agent"], [Piece(self.agent, proper=True)])
            else:
                turn.benign(KINDS[slot], self.hyphenated(BENIGN[slot](self.speaker)))
            turn.punctuate(mark)

    def hyphenated(self, pieces: list[Piece]) -> list[Piece]:
        """ "forty one" as "forty-one" where the recogniser writes hyphens."""
        if not (self.punctuated and self.hyphens):
            return pieces
        made: list[Piece] = []
        for piece in pieces:
            if made and made[-1].text in TENS[2:] and piece.text in UNITS[1:] and made[-1].carrier and piece.carrier:
                made[-1] = made[-1]._replace(text=f"{made[-1].text}-{piece.text}")
            else:
                made.append(piece)
        return made

    # -- secrets -----------------------------------------------------------------------------------------------

    def value(self, kind: str) -> Value:
        value = make_value(kind, self.speaker)
        return value._replace(groups=[self.hyphenated(group) for group in value.groups])

    def joined(self, value: Value) -> list[Piece]:
        """The groups in a row, with what a speaker or a recogniser puts between them."""
        rng = self.rng
        pieces: list[Piece] = []
        filler = chance(rng, 0.12)
        comma = self.punctuated and self.commas and value.numeric and len(value.groups[0]) > 1
        for at, group in enumerate(value.groups):
            if at:
                if comma and not pieces[-1].text.endswith(","):
                    pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + ",")
                if filler and value.numeric and chance(rng, 0.5):
                    pieces += [Piece(word, carrier=False) for word in pick(rng, self.family.fillers).split()]
            pieces += group
        return pieces

    def corrected(self, value: Value) -> list[Piece] | None:
        """The number with one digit misspoken and put right, or begun anew; None where it does not lend itself."""
        rng = self.rng
        pieces = self.joined(value)
        if chance(rng, 0.25):
            begun = pieces[: int(rng.integers(1, max(2, len(pieces))))]
            phrase = [Piece(word, carrier=False) for word in pick(rng, self.family.restarts).split()]
            return [*begun, *phrase, *pieces]
        places = [
            at
            for at, piece in enumerate(pieces)
            if piece.text in UNITS or (piece.text.isdigit() and len(piece.text) < 6)
        ]
        if not places:
            return None
        at = pick(rng, places)
        right = pieces[at].text
        if right in UNITS:
            wrong = pick(rng, [word for word in UNITS[1:] if word != right])
        else:
            wrong = right[:-1] + str((int(right[-1]) + int(rng.integers(1, 10))) % 10)
        said = {"{right}": Piece(right), "{wrong}": Piece(wrong)}
        phrase = []
        for word in pick(rng, self.family.corrections).split():
            bare = word.strip(",")
            phrase.append(said[bare] if bare in said else Piece(word, carrier=False))
        return [*pieces[:at], Piece(wrong), *phrase, *pieces[at + 1 :]]

    def give(self, kind: str, template: str, role: str, value: Value) -> None:
        """The secret is said: in one turn, corrected, or over several turns with the other side's back-channels."""
        rng = self.rng
        mode = float(rng.random())
        spoken_name = kind in {"PERSON", "PASSWORD"} and value.form != "spelled"
        if mode < 0.24 and not spoken_name and len(self.joined(value)) > 1:
            self.split(kind, template, role, value)
            return
        pieces, form = self.joined(value), value.form
        if mode > 0.91 and value.numeric:
            fixed = self.corrected(value)
            if fixed is not None:
                pieces, form = fixed, "corrected"
        early = role == "customer" and chance(rng, 0.07)
        self.turn(role, template, Secret(kind, form, pieces), placing="early" if early else "after")
        if len(pieces) > 6 and chance(rng, 0.12):
            self.turn(other(role), pick(rng, self.family.backchannels), placing="middle")

    def split(self, kind: str, template: str, role: str, value: Value) -> None:
        rng = self.rng
        chunks = self.chunks(value)
        head, _, tail = template.partition("{x}")
        habit = float(rng.random())
        for at, chunk in enumerate(chunks):
            first, last = at == 0, at == len(chunks) - 1
            lead = head if first else ""
            if not first and chance(rng, 0.15):
                lead = pick(rng, self.family.fillers) + " "
            self.turn(role, lead + "{x}" + (tail if last else ""), Secret(kind, "split", chunk))
            if last or habit > 0.85:
                continue
            if habit < 0.15 and value.numeric:
                self.turn(other(role), "{x}", Secret(kind, "split", [p for p in chunk if p.carrier] or chunk))
            else:
                placing = "over" if chance(rng, 0.35) else "after"
                self.turn(other(role), pick(rng, self.family.backchannels), placing=placing)

    def chunks(self, value: Value) -> list[list[Piece]]:
        """Two to five parts, mostly between groups, each with a carrier."""
        rng = self.rng
        if len(value.groups) > 1 and chance(rng, 0.8):
            parts: list[list[Piece]] = [list(value.groups[0])]
            for group in value.groups[1:]:
                if chance(rng, 0.7) and len(parts) < 5:
                    parts.append(list(group))
                else:
                    parts[-1] += group
        else:
            flat = self.joined(value)
            cut = int(rng.integers(1, len(flat)))
            parts = [flat[:cut], flat[cut:]]
        made: list[list[Piece]] = []
        for part in parts:
            if made and not any(piece.carrier for piece in part):
                made[-1] += part
            else:
                made.append(part)
        if len(made) > 1 and not any(piece.carrier for piece in made[0]):
            made[1] = made[0] + made[1]
            del made[0]
        return made

    # -- scenes ------------------------------------------------------------------------------------------------

    def ask(self, question: str, *, asides: bool = True) -> None:
        """The agent's question, sometimes cut by the recogniser, sometimes followed by talk before the answer."""
        rng = self.rng
        prefix = pick(rng, self.family.prefixes) + " " if chance(rng, 0.4) else ""
        suffix = " " + pick(rng, self.family.suffixes) if chance(rng, 0.12) else ""
        words = (prefix + question + suffix).split()
        if len(words) > 5 and chance(rng, 0.05):
            cut = int(rng.integers(2, len(words) - 1))
            self.turn("agent", " ".join(words[:cut]))
            words = words[cut:]
        self.turn("agent", " ".join(words)).punctuate("?")
        aside = float(rng.random()) if asides else 1.0
        if aside < 0.09:
            self.pair(pick(rng, self.family.delays), "customer")
            if chance(rng, 0.3):
                self.pair(pick(rng, self.family.small_talk), "agent")
        elif aside < 0.15:
            self.pair(pick(rng, self.family.clarifications), "customer")

    def pair(self, lines: tuple[str, str], first: str) -> None:
        self.turn(first, lines[0])
        self.turn(other(first), lines[1])

    def request(self, kind: str) -> None:
        """One secret changes hands: asked for, announced, or read out by the agent."""
        rng, lines = self.rng, self.family.types[kind]
        value = self.value(kind)
        how = float(rng.random())
        role = "customer"
        if how < 0.08 and lines.read_out:
            role = "agent"
            self.give(kind, pick(rng, lines.read_out), role, value)
            self.turn("customer", pick(rng, self.family.confirmations))
        elif how < 0.26:
            self.give(kind, pick(rng, lines.announcements), role, value)
        else:
            self.ask(pick(rng, lines.questions))
            self.give(kind, pick(rng, lines.answers), role, value)
        if role == "customer":
            self.react(kind, value)

    def react(self, kind: str, value: Value) -> None:
        rng = self.rng
        how = float(rng.random())
        if how < 0.17 and not (kind == "PERSON" and value.form == "spelled"):
            form = "words" if value.form == "spelled" else value.form
            pieces = [piece for group in value.groups for piece in group]
            if value.form != "spelled":
                self.turn("agent", pick(rng, self.family.read_backs), Secret(kind, form, pieces)).punctuate("?")
                self.turn("customer", pick(rng, self.family.confirmations))
                return
        if how < 0.21 and value.numeric and len(value.groups) > 1:
            self.turn("customer", pick(rng, self.family.amends), Secret(kind, "corrected", list(value.groups[-1])))
        if how < 0.8:
            self.turn("agent", pick(rng, self.family.acknowledgements))

    def both(self, first: str, second: str) -> None:
        """Two questions in one breath and both answers in one turn."""
        rng = self.rng
        lines = [self.family.types[kind] for kind in (first, second)]
        self.ask(f"{pick(rng, lines[0].questions)}, {pick(rng, lines[1].questions)}")
        turn = Turn("customer")
        for at, kind in enumerate((first, second)):
            value = self.value(kind)
            if at:
                turn.plain("and" if chance(rng, 0.7) else "and then")
            self.fill(turn, pick(rng, lines[at].answers), Secret(kind, value.form, self.joined(value)))
        self.turns.append(turn)

    def block(self, name: str) -> None:
        rng, family = self.rng, self.family
        kinds = BLOCKS[name][1]
        if name == "payment":
            self.payment()
            return
        if name in {"identity", "contact", "documents"}:
            count = int(rng.integers(1, 4)) if name == "identity" else int(rng.integers(1, 3))
            chosen = [kinds[int(at)] for at in rng.choice(len(kinds), size=count, replace=False)]
        else:
            chosen = [kind for kind in kinds if chance(rng, 0.8)] or [kinds[0]]
        at = 0
        while at < len(chosen):
            if at + 1 < len(chosen) and chance(rng, 0.08) and "PERSON" not in chosen[at : at + 2]:
                self.both(chosen[at], chosen[at + 1])
                at += 2
            else:
                self.request(chosen[at])
                at += 1
            if chance(rng, 0.15):
                self.turn("agent", pick(rng, family.address_by_name))
            if chance(rng, 0.1):
                self.chatter()

    def payment(self) -> None:
        rng, family = self.rng, self.family
        if chance(rng, 0.4):
            self.turn("agent", pick(rng, family.payment_benign))
        self.request("CREDIT_CARD")
        if chance(rng, 0.2):
            self.turn("agent", pick(rng, family.payment_benign))
        if chance(rng, 0.15):
            self.both("CARD_EXPIRY", "CVV")
        else:
            if chance(rng, 0.8):
                self.request("CARD_EXPIRY")
            if chance(rng, 0.12):
                self.turn("agent", pick(rng, family.payment_benign))
            if chance(rng, 0.85):
                self.request("CVV")
        if chance(rng, 0.15):
            value = zip_code(self.speaker)
            self.ask(pick(rng, family.zip_questions))
            self.give("ADDRESS", pick(rng, ("{x}", "{x}", "it's {x}")), "customer", value)

    def chatter(self) -> None:
        """Talk with benign numbers, or none."""
        rng, family = self.rng, self.family
        kind = int(rng.integers(6))
        if kind == 5:
            self.pair(pick(rng, family.distractors), "customer")
        elif kind in {0, 4}:
            exchange = pick(rng, family.exchanges)
            self.ask(exchange.question, asides=False)
            self.turn("customer", pick(rng, exchange.answers))
        elif kind == 1:
            self.turn("agent", pick(rng, family.agent_benign))
        elif kind == 2:
            self.turn("customer", pick(rng, family.customer_benign))
            if chance(rng, 0.5):
                self.turn("agent", pick(rng, family.acknowledgements))
        else:
            self.pair(pick(rng, family.small_talk), "agent")

    def write(self) -> None:
        """The whole call."""
        rng, family = self.rng, self.family
        self.turn("agent", pick(rng, family.openings))
        if chance(rng, 0.3):
            value = self.value("PERSON")
            self.turn(
                "customer",
                pick(rng, family.types["PERSON"].announcements),
                Secret("PERSON", value.form, self.joined(value)),
            )
        self.turn("customer", pick(rng, family.reasons))
        names = list(BLOCKS)
        weights = np.array([BLOCKS[name][0] for name in names])
        count = int(rng.integers(1, 4))
        for at in rng.choice(len(names), size=count, replace=False, p=weights / weights.sum()):
            if chance(rng, 0.6):
                self.chatter()
            self.block(names[int(at)])
        for _ in range(int(rng.integers(0, 3))):
            self.chatter()
        self.pair(pick(rng, family.closings), "agent")

    # -- output ------------------------------------------------------------------------------------------------

    def finished(self) -> dict[str, Any]:
        """The call as one JSON object."""
        heard = [(turn, self.heard(turn)) for turn in self.turns]
        timed = Clockwork(self.rng)
        lines = []
        for turn, tokens in heard:
            starts = timed.place(turn, tokens)
            lines.append(line_of(turn, tokens, starts))
        lines.sort(key=lambda line: line["words"][0][1])
        return {"call": f"{self.family.name}-{self.number:04d}", "turns": lines}

    def heard(self, turn: Turn) -> list[Token]:
        """The tokens as the recogniser gives them out: its errors, its capitals and punctuation or none."""
        rng = self.rng
        tokens: list[Token] = []
        for token in turn.tokens:
            clean = token.secret < 0 and token.benign < 0
            if clean and chance(rng, self.error_rate):
                kind = float(rng.random())
                if kind < 0.25 and len(turn.tokens) > 2:
                    continue
                tokens.append(token._replace(text=pick(rng, CONFUSIONS)) if kind < 0.8 else token)
                if kind >= 0.8:
                    tokens.append(Token(pick(rng, ("uh", "um", "the", "a"))))
                continue
            tokens.append(token)
        tokens = tokens or turn.tokens
        if not self.punctuated:
            return [token._replace(text=token.text.rstrip(".,?") or token.text) for token in tokens]
        if not tokens[-1].text.endswith((".", ",", "?")):
            tokens[-1] = tokens[-1]._replace(text=tokens[-1].text + ".")
        made: list[Token] = []
        for token in tokens:
            begins = not made or made[-1].text.endswith((".", "?"))
            made.append(token._replace(text=_capitalised(token, begins=begins)))
        return made


def _capitalised(token: Token, *, begins: bool) -> str:
    text = token.text
    bare = text.rstrip(".,?")
    named = bare in WEEKDAYS or (bare in MONTHS and (bare != "may" or token.secret >= 0 or token.benign >= 0))
    if token.proper or begins or named or bare == "i" or bare.startswith("i'"):
        return text[:1].upper() + text[1:] if "@" not in text else text
    return text


def build_call(family: Family, number: int) -> dict[str, Any]:
    """Call ``number`` of a family; the same on every run."""
    writer = CallWriter(family, number)
    writer.write()
    return writer.finished()
