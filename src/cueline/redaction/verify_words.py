"""Words that the verification knows. Its lists are its own: what the gate's lack, these need not lack. Pure."""

from collections.abc import Mapping
from typing import Final


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


DIGITS: Final[Mapping[str, str]] = {
    "zero": "0", "nought": "0", "naught": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "niner": "9",
    "cero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7",
    "ocho": "8", "nueve": "9",
    "null": "0", "eins": "1", "zwei": "2", "zwo": "2", "drei": "3", "vier": "4", "fünf": "5", "sechs": "6",
    "sieben": "7", "acht": "8", "neun": "9",
}  # fmt: skip

HEARD_AS: Final[Mapping[str, str]] = {
    "oh": "0", "o": "0", "owe": "0", "won": "1", "to": "2", "too": "2", "tu": "2", "tree": "3", "free": "3",
    "for": "4", "fore": "4", "fife": "5", "sicks": "6", "sex": "6", "heaven": "7", "ate": "8", "nein": "9",
}  # fmt: skip
"""Digits only beside a digit."""

TEENS: Final[Mapping[str, str]] = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
    "diez": "10", "once": "11", "doce": "12", "trece": "13", "catorce": "14", "quince": "15",
    "zehn": "10", "elf": "11", "zwölf": "12",
}  # fmt: skip

TENS: Final[Mapping[str, str]] = {
    "twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6", "seventy": "7",
    "eighty": "8", "ninety": "9",
    "veinte": "2", "treinta": "3", "cuarenta": "4", "cincuenta": "5", "sesenta": "6", "setenta": "7",
    "ochenta": "8", "noventa": "9",
    "zwanzig": "2", "dreißig": "3", "vierzig": "4", "fünfzig": "5", "sechzig": "6", "siebzig": "7",
    "achtzig": "8", "neunzig": "9",
}  # fmt: skip

TIMES: Final[Mapping[str, int]] = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4, "doble": 2, "doppel": 2}
SCALES: Final[Mapping[str, str]] = {"hundred": "00", "thousand": "000", "cientos": "00", "mil": "000", "hundert": "00"}

MONTHS: Final = words(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre januar februar märz mai juni juli oktober dezember"
)
DAYS: Final = words("monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday")
ORDINALS: Final = words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"
)

FILLERS: Final = words(
    "uh um er erm ah hmm and then dash hyphen space slash dot point so no wait sorry hold on let's lets see "
    "actually i mean like just okay ok yeah it it's its y und"
)
"""May stand between the digits of one number."""

LEAD_IN: Final = FILLERS | words(
    "of is that's thats sure yes yep right the my this here goes ends starts with at in a got have correct um read "
    "that back me let again end last part rest wrong one start over be should was would"
)
"""With these a turn is an answer and nothing else."""

BACK_CHANNELS: Final = words(
    "uh huh um mm hmm mhm yes yeah yep right okay ok sure go on ahead got it alright great perfect thanks thank "
    "you that take your time no rush i'm listening ready please continue worries problem next correct and then"
)

UNITS: Final = words(
    "dollar dollars buck bucks cent cents pound pounds pence quid euro euros percent per% degree degrees meg megs "
    "megabit megabits megabyte megabytes mbps gig gigs gigabit gigabits gigabyte gigabytes minute minutes second "
    "seconds hour hours day days week weeks weekend month months year years am pm o'clock oclock people person "
    "items item times time kids children miles mile inches inch feet foot lines line devices phones pairs boxes "
    "box packs units pieces left more grand k mg milligrams pills ml stars star business working percentage "
    "weeks' months' days' of"
)
"""After a number they say what it counts."""

MERGED: Final[Mapping[tuple[str, ...], str]] = {
    ("s", "s", "n"): "ssn", ("d", "o", "b"): "dob", ("a", "b", "a"): "aba", ("i", "b", "a", "n"): "iban",
    ("e", "i", "n"): "ein", ("m", "r", "n"): "mrn", ("c", "v", "v"): "cvv", ("c", "v", "c"): "cvv", ("i", "p"): "ip",
    ("i", "d"): "id", ("d", "l"): "dl", ("a", "m"): "am", ("p", "m"): "pm", ("t", "v"): "tv", ("u", "s"): "us",
    ("e", "mail"): "email", ("p", "o"): "po", ("per", "cent"): "percent", ("pass", "phrase"): "passphrase",
    ("pass", "word"): "password", ("call", "back"): "callback", ("b", "a", "number"): "aba",
}  # fmt: skip
"""Letters that are a word."""

STREETS: Final = words(
    "street st avenue ave road rd drive dr lane ln boulevard blvd court ct place way terrace circle parkway "
    "highway square crescent close apartment apt suite calle avenida straße strasse"
)
PROVIDERS: Final = words(
    "gmail yahoo hotmail outlook aol icloud comcast proton protonmail verizon att msn live gmx web mail googlemail"
)
ENDINGS: Final = words("com net org edu gov co uk de es fr io me info us ca")
TITLES: Final = words("mr mrs ms miss mister missus señor señora herr frau doctor dr")

NO_NAME: Final = words(
    "a an the and or but so to of in on at for with by from not no yes yeah yep ok okay sure um uh er calling "
    "here it its it's is isn't was be been being this that these those there what which who when where why how i "
    "i'm im i've you your you're we we're they them he she his her my me mine our spelled spelt spell still under "
    "same wrong right correct misspelled changed different first last full middle name names account number card "
    "please thanks thank hold one moment let's see just about trying having going looking wondering interested "
    "waiting happy glad good great fine well very really afraid sorry sure can could would will do did does have "
    "has had get got give need want like know think say said says mean go ahead customer service support agent "
    "manager supervisor speaking calling billing new old long short all any some only also too again now then "
    "back up down out off over more and"
)
"""Never a name, however it is led in."""
