"""German: number grammar with its compounds, and questions for card, security code, expiry and phone."""

from typing import Final

from cueline.redaction.locales.locale import (
    BENIGN,
    CLOSING,
    IDENTITY,
    PAYMENT,
    Entry,
    Kind,
    Locale,
    Topic,
    cue_table,
    words_of,
)

_UNITS: Final = ("null", "eins", "zwei", "drei", "vier", "f\u00fcnf", "sechs", "sieben", "acht", "neun")
_JOINING: Final = ("", "ein", "zwei", "drei", "vier", "f\u00fcnf", "sechs", "sieben", "acht", "neun")
_TEENS: Final = (
    "zehn", "elf", "zw\u00f6lf", "dreizehn", "vierzehn", "f\u00fcnfzehn", "sechzehn", "siebzehn", "achtzehn",
    "neunzehn",
)  # fmt: skip
_TENS: Final = ("zwanzig", "drei\u00dfig", "vierzig", "f\u00fcnfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_MONTHS: Final = (
    "januar", "februar", "m\u00e4rz", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "dezember",
)  # fmt: skip
_FILLERS: Final = words_of(
    "\u00e4h \u00e4hm ehm und dann ja nein okay ok also genau moment entschuldigung strich bindestrich punkt komma "
    "leerzeichen schr\u00e4gstrich"
)
_PLAIN: Final = (("\u00e4", "ae"), ("\u00f6", "oe"), ("\u00fc", "ue"), ("\u00df", "ss"))


def words() -> dict[str, Entry]:
    """Every word that takes part in spoken numbers: "einundzwanzig" is one word, "zwo" is said on the phone."""
    known: dict[str, Entry] = dict.fromkeys(_FILLERS, (Kind.FILLER, "", 0))
    for value, word in enumerate(_UNITS):
        known[word] = (Kind.DIGIT, str(value), 1)
    known["zwo"] = (Kind.DIGIT, "2", 1)
    known["ein"] = known["eine"] = (Kind.SOUNDALIKE, "1", 1)
    for at, word in enumerate(_TEENS):
        known[word] = (Kind.TEEN, str(10 + at), 1)
    for at, tens in enumerate(_TENS, start=2):
        known[tens] = (Kind.TENS, f"{at}0", 1)
        for unit, joining in enumerate(_JOINING):
            if joining:
                known[f"{joining}und{tens}"] = (Kind.JOINED, f"{at}{unit}", 2)
        known[f"zwound{tens}"] = (Kind.JOINED, f"{at}2", 2)
    for unit, joining in enumerate(_JOINING):
        if joining:
            known[f"{joining}hundert"] = (Kind.JOINED, f"{unit}00", 1)
            known[f"{joining}tausend"] = (Kind.JOINED, f"{unit}000", 1)
    known.update({"hundert": (Kind.SCALE, "100", 1), "tausend": (Kind.SCALE, "1000", 1)})
    for word, digit in (("erste", "1"), ("ersten", "1"), ("zweiten", "2"), ("dritten", "3")):
        known[word] = (Kind.ORDINAL, digit, 1)
    known.update(
        {
            "doppel": (Kind.MULTIPLIER, "2", 1),
            "doppelt": (Kind.MULTIPLIER, "2", 1),
            "dreimal": (Kind.MULTIPLIER, "3", 2),
        }
    )
    known["zweimal"] = (Kind.MULTIPLIER, "2", 1)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        known[letter] = (Kind.LETTER, letter, 0)
    for at, word in enumerate(_MONTHS, start=1):
        known[word] = (Kind.MONTH, f"{at:02}", 0)
    known.update(dict.fromkeys(("der", "am"), (Kind.LINK, "", 0)))
    for word, entry in list(known.items()):
        plain = word
        for mark, spelled in _PLAIN:
            plain = plain.replace(mark, spelled)
        known.setdefault(plain, entry)
        # NFKC and casefold, through which words with such letters go, make "ss" of the sharp s.
        known.setdefault(word.casefold(), entry)
    return known


_GROUPS: Final[dict[str, str]] = {
    "nummer": "nummern ziffern zahlen stellen",
    "karte": "karten kreditkarte kartennummer kreditkartennummer visa mastercard",
    "pr\u00fcfziffer": "pr\u00fcfnummer sicherheitscode pruefziffer pruefnummer kartenpr\u00fcfnummer cvv cvc",
    "r\u00fcckseite": "hinten rueckseite",
    "telefon": "telefonnummer handynummer r\u00fcckrufnummer handy mobilnummer rufnummer",
    "g\u00fcltig": "ablaufdatum verfallsdatum gueltig l\u00e4uft ablauf",
    "bestellung": "bestellnummer auftragsnummer sendungsnummer vorgangsnummer buchungsnummer",
}

_CUES: Final[dict[Topic, str]] = {
    "CREDIT_CARD": (
        "karte 0.7; karte+nummer 1; kreditkarte 1; kartennummer 1; karte+lautet .5; sechzehn+nummer 1; "
        "karte+vorlesen .5; karte+wie .4; karte+ist .3; karte+bitte .4"
    ),
    "CVV": "pr\u00fcfziffer 1.3; drei+nummer+r\u00fcckseite 1.5; nummer+r\u00fcckseite 1.2; drei+r\u00fcckseite 1.2",
    "CARD_EXPIRY": "g\u00fcltig 1; g\u00fcltig+bis .5; karte+ab .4; monat+jahr 1",
    "PHONE": "telefon 1.1; nummer+erreichen 1.2; nummer+zur\u00fcckrufen 1.2",
    "PIN": "pin 1.1; geheimzahl 1.2",
    "DOB": "geburtsdatum 1.3; geboren 1.1; geburtstag 1",
    "IBAN": "iban 1.2",
    BENIGN: "bestellung 1.2; wie+viele 1.2; betrag .9; menge .9; lieferung .9",
    PAYMENT: "bezahlen .8; zahlung 1; karte .5",
    IDENTITY: "best\u00e4tigen .6; verifizieren 1; sicherheit .5",
    CLOSING: "wiederh\u00f6ren 1.1; tsch\u00fcss 1; noch+etwas 1",
}


def locale() -> Locale:
    """German."""
    return Locale(
        words=words(),
        stems={word: stem for stem, group in _GROUPS.items() for word in group.split()},
        cues=cue_table(_CUES),
        acronyms=words_of("cvv cvc pin iban bic"),
        units=words_of(
            "euro cent prozent tage tagen stunden minuten wochen monate monaten jahre jahren mal uhr st\u00fcck kilo "
            "personen"
        ),
        money=words_of("euro cent betrag preis gesamt summe kosten"),
        clock=words_of("um bis gegen zwischen ab seit"),
        asking=words_of(
            "wie was welche welches k\u00f6nnen koennen geben sagen nennen brauche bitte d\u00fcrfte lautet"
        ),
        past=words_of("geschickt aktualisiert erhalten wurde"),
        stop=words_of(
            "ist meine mein ihre ihr die der das und ich sie es wie lautet bitte danke gerne ja nein nummer karte "
            "von auf mit zu den dem"
        ),
        copulas=words_of("ist lautet die der das meine mein \u00e4h also sind w\u00e4re nummer ja"),
        backchannels=words_of("ja genau gut danke okay mhm weiter richtig alles klar gerne"),
        corrections=words_of("nein entschuldigung falsch sondern moment ich meine korrektur"),
        phonetic_links=words_of("wie"),
        given=frozenset(),
        family=frozenset(),
        titles=words_of("herr frau herrn doktor"),
        introductions=(("mein", "name", "ist"), ("ich", "hei\u00dfe"), ("ich", "heisse")),
        streets=frozenset(),
        regions=frozenset(),
        units_of_building=words_of("wohnung etage"),
        spoken_at=words_of("at \u00e4t klammeraffe"),
        spoken_dot=words_of("punkt"),
        spoken_dash=words_of("strich bindestrich minus unterstrich"),
        domains=words_of("gmail gmx web hotmail yahoo outlook com de net org at ch"),
        harmless=words_of(
            "bestellung bestellnummer rechnung rechnungsnummer ticket vorgang vorgangsnummer "
            "auftragsnummer sendungsnummer referenz flug zimmer etage seite version modell größe gleis"
        ),
    )
