"""English."""

from typing import Final

from cueline.redaction.locales.en_cues import CUES, STEMS
from cueline.redaction.locales.en_places import REGIONS, STREETS
from cueline.redaction.locales.locale import Entry, Kind, Locale, cue_table, words_in, words_of

_UNITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS: Final = (
    "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORT_MONTHS: Final = {
    "jan": 1, "feb": 2, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
PHONETIC: Final = words_of(
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa "
    "quebec romeo sierra tango uniform victor whiskey xray yankee zulu"
)
FILLERS: Final = words_of(
    "uh uhh uhm um umm er erm ah eh hm hmm mm mmm mhm huh and then okay ok kay yeah yes yep yup right alright no sorry "
    "wait point dot dash hyphen slash stroke space minus comma period ehm uhhuh"
)


def words() -> dict[str, Entry]:
    """Every word that takes part in spoken numbers."""
    known: dict[str, Entry] = {}
    for value, word in enumerate(_UNITS):
        known[word] = (Kind.DIGIT, str(value), 1)
        plural = {"six": "sixes", "zero": "zeros"}.get(word, word + "s")
        known[plural] = (Kind.PLURAL, str(value), 2)
    known["zeroes"] = (Kind.PLURAL, "0", 2)
    for word in ("nought", "naught", "aught", "nil"):
        known[word] = (Kind.DIGIT, "0", 1)
    known.update({"niner": (Kind.DIGIT, "9", 1), "fife": (Kind.DIGIT, "5", 1), "fower": (Kind.DIGIT, "4", 1)})
    for at, word in enumerate(_TEENS):
        known[word] = (Kind.TEEN, str(10 + at), 1)
    for at, tens in enumerate(_TENS):
        known[tens] = (Kind.TENS, str(20 + 10 * at), 1)
        for value, unit in enumerate(_UNITS[1:], start=1):
            known[tens + unit] = (Kind.JOINED, str(20 + 10 * at + value), 2)
        known[tens[:-1] + "ieth"] = (Kind.ORDINAL, str(20 + 10 * at), 1)
    known["fourty"] = (Kind.TENS, "40", 1)
    for at, word in enumerate(_ORDINALS, start=3):
        known[word] = (Kind.ORDINAL, str(at), 1)
    for scale, size in (("hundred", "100"), ("thousand", "1000"), ("million", "1000000"), ("billion", "1000000000")):
        known[scale] = known[scale + "s"] = (Kind.SCALE, size, 1)
        known[scale + "th"] = (Kind.ORDINAL, size, 1)
    for word in ("oh", "o", "owe"):
        known[word] = (Kind.ZERO, "0", 1)
    known.update({"double": (Kind.MULTIPLIER, "2", 1), "triple": (Kind.MULTIPLIER, "3", 2)})
    known.update({"treble": (Kind.MULTIPLIER, "3", 2), "quadruple": (Kind.MULTIPLIER, "4", 3)})
    known["quad"] = (Kind.MULTIPLIER, "4", 3)
    # "first" and "second" are ordinary words ("one second") that may also be part of a spoken date.
    for word, digit in (
        ("to", "2"), ("too", "2"), ("for", "4"), ("fore", "4"), ("won", "1"), ("wan", "1"), ("ate", "8"),
        ("tree", "3"), ("free", "3"), ("sicks", "6"), ("nein", "9"), ("heaven", "7"), ("wun", "1"), ("first", "1"), ("second", "2"),
    ):  # fmt: skip
        known[word] = (Kind.SOUNDALIKE, digit, 1)
    for letter in "abcdefghijklmnpqrstuvwxyz":
        known[letter] = (Kind.LETTER, letter, 0)
    for word, letter in (("zed", "z"), ("zee", "z"), ("dubya", "w")):
        known[word] = (Kind.LETTER, letter, 0)
    for word in PHONETIC:
        known[word] = (Kind.PHONETIC, word[0], 0)
    for at, word in enumerate(_MONTHS, start=1):
        known[word] = (Kind.MONTH, f"{at:02}", 0)
    known.update({word: (Kind.MONTH, f"{at:02}", 0) for word, at in _SHORT_MONTHS.items()})
    known.update(dict.fromkeys(FILLERS, (Kind.FILLER, "", 0)))
    known.update(dict.fromkeys(("of", "the"), (Kind.LINK, "", 0)))
    return known


_STOP: Final = words_of(
    "a about account actually address afternoon again agent ahead all already alright also am an and any anything are "
    "as ask at be because been before being below best better both but by bye call called calling can card care change "
    "changed check code come comma common confirm contact could couldn't current date day dear did didn't different "
    "digit digits do "
    "does doesn't doing don't done down e each either else email end evening ever every everything exactly expires few "
    "fine first five following for forget forgot from full gave get getting give go going gonna good goodbye got great "
    "guess had happy has have haven't having he hello help her here hey hi him his hold home hours how i i'd i'll "
    "i'm i've if in instead into is it it'd it'll it's its just keep know last late let let's letter letters like line "
    "listen live living long look looking lost lot made mail make many may maybe me mean middle mine minute miss "
    "moment month more "
    "morning most much must my myself name name's named names need needs never new next nice night no nope not nothing "
    "now number number's numbers of off oh ok okay old on once one only or order original other our out over own "
    "password people perfect phone place please pretty probably problem put question quick quite ready really repeat "
    "right said same saw say says see seems send sent she should shoot should've so some somebody someone something "
    "sorry speak speaking spell spelled spelling start starts still street such sure surname sent take taking talk "
    "tell "
    "than thank thanks that that'd that'll that's the their them then there there's these they they're thing things "
    "think this those though three time times to today together told tomorrow too tried try trying two u uh uhm um "
    "umm under until up us use used using very wait waiting want wanted was wasn't way we we'll we're we've week "
    "welcome "
    "well went were what what's whatever when where which while who who's whole why will with won't word work works "
    "would wouldn't write year yeah years yep yes yesterday yet you you'd you'll you're you've your yours zip "
    "absolutely correct course certainly awesome excellent wonderful definitely apologies apologize unfortunately "
    "capital lowercase uppercase underscore dash dot period hyphen hm hmm mm mhm huh er erm ah yup cool "
    "sir ma'am madam mister gotcha moving currently recently residence reside located birthday birth born mailing "
    "billing shipping "
    "maiden mother's mother father's father married legal holder husband wife son daughter goes by everyone folks man "
    "having looking trying interested wondering afraid able unable not sure calling glad excited concerned worried "
    "back customer service support team member representative manager supervisor department bank company insurance "
    "checking savings visa mastercard amex discover debit credit monday tuesday wednesday thursday friday saturday "
    "sunday morning's ending ends starting starts appointment schedule transfer money pay payment bill reset "
)


_FUNCTION: Final = words_of(
    "a about above after again all also although always am an and another any anybody anyone anything are around as at "
    "away back be because been before behind being below between both but by can can't cannot could couldn't did didn't "
    "do does doesn't doing don't done down during each either else enough even ever every everybody everyone everything "
    "few for from get gets getting give go goes going gone got had hadn't has hasn't have haven't having he he'd he'll "
    "he's her here here's hers him his how how's however i i'd i'll i'm i've if in into is isn't it it'd it'll it's its "
    "just last least less let let's like made make many me mine more most much must my myself near need neither never "
    "next no nobody none nor not nothing now of off often oh ok okay on once one only onto or other our ours out over "
    "own per please quite rather really said same say says see she she'd she'll she's should shouldn't since so some "
    "somebody someone something soon still such than thank thanks that that's the their theirs them then there there's "
    "these they they'd they'll they're they've thing things this those though through to today together tomorrow too "
    "under until up upon us very was wasn't we we'd we'll we're we've well were weren't what what's when where where's "
    "whether which while who who's whose why with within without won't would wouldn't yeah yes yesterday yet you you'd "
    "you'll you're you've your yours yourself hello hi hey good morning afternoon evening name names number numbers "
    "address email phone card account code date birth call calling speak speaking"
)


def locale() -> Locale:
    """English."""
    return Locale(
        words=words(),
        stems=STEMS,
        cues=cue_table(CUES),
        acronyms=words_of(
            "cvv cvc csc cid ssn dob pin otp ip iban mrn ein tin itin pan dl atm id usa uk fbi irs dmv tv pc aba npi "
            "vin "
            "usps ups fedex dhl nhs hmo ppo rx kyc poa llc po cv sms bmw hp lg am pm"
        ),
        units=words_of(
            "dollar dollars cent cents buck bucks pound pounds euro euros pence quid usd percent percents percentage "
            "second seconds "
            "minute minutes hour hours day days week weeks month months year years night nights time times people "
            "person persons "
            "item items box boxes unit units piece pieces mile miles kilometers kilometres feet foot inches inch "
            "meters metres "
            "gigabytes gigabyte gigs gig megabytes megabits megs mb gb tb degrees degree pages page points point miles "
            "kilos kilograms pounds lbs ounces liters gallons ounce packages package bottles pairs pair sets set "
            "copies copy "
            "customers tickets ticket guests guest adults children kids seats seat rooms bags shirts chairs "
            "business working o'clock oclock am pm grand k watts volts users lines devices years-old "
            "of installments instalments transactions transaction orders messages emails calls employees "
            "calendar consecutive megabit mbps per weekdays weekday payments payment kids children cats dogs degrees "
            "ml mg tablets pills doses channels countries states stores locations visits "
            "digit digits figures characters letters numbers milligrams mil kilo meg megs stone kroner bedrooms bedroom bathrooms steps bars questions options things ways weeks' days' years'"
        )
        - {"of", "set", "line", "second", "point", "pounds-sterling"},
        money=words_of(
            "dollar dollars cent cents buck bucks pound pounds euro euros pence quid usd balance total amount cost "
            "costs "
            "price paid pay charged charge charges fee fees refund bill payment worth subtotal owe owed owing due "
            "premium deposit "
            "withdraw withdrawal transfer credit limit budget discount rate spend spent income salary "
            "fine fined penalty deductible copay instalment instalments installment installments rent wage fare quote"
        ),
        clock=words_of(
            "open opens opened close closes closed at by until till around before after between from about noon "
            "midnight am pm since approximately"
        ),
        asking=words_of(
            "what what's whats which who who's whose can could may might would will please need needs tell give "
            "provide "
            "confirm verify spell spelling read say share have get grab got let's how when where enter repeat ready "
            "looking require required remind supply state bother trouble wondering start begin next and now see is"
        ),
        past=words_of(
            "sent mailed shipped updated changed been has have's received registered delivered verified was were "
            "forwarded "
            "emailed we've we'll i've i'll successfully linked attached expect arrive should texted will going charged"
        ),
        stop=_STOP,
        copulas=words_of(
            "is are it's its it that's was be will uh um er so like the a my number as equals should would okay yes "
            "yeah "
            "says reads starts begins here goes there which you're you with i'm yours i think believe it'll be and has "
            "set reading ready hm well actually of for currently right now mine just one's code new full first"
        ),
        backchannels=words_of(
            "uh huh okay ok kay yeah yes yep yup mhm mm hmm hm right alright sure go on got it ahead continue please "
            "thanks thank you great perfect and then next keep going i'm with ready listening uh-huh mm-hmm good so "
            "far "
            "understood correct all"
        ),
        corrections=words_of(
            "no sorry wait not oops actually i mean scratch that correction make it excuse me instead should be rather "
            "let's start over again my bad mistake apologies hang hold on sec pardon was is it's that's than"
        ),
        phonetic_links=words_of("as in like for is that's thats"),
        given=words_in("given_names.txt"),
        family=words_in("family_names.txt"),
        ambiguous=words_in("ambiguous_names.txt"),
        ordinary=words_in("en_words.txt"),
        function_words=_FUNCTION,
        spelling=words_of(
            "adam boy charles david edward frank george henry ida ink john king lincoln mary nora ocean paul queen robert sam "
            "tom union william young zebra apple baker dog easy fox item jig king love nan peter roger sugar uncle abel able "
            "boston chicago denver york tommy nancy edward freddie harry isaac jack london lucy monkey nellie orange queenie "
            "robin tommy uncle violet yellow cork river eagle garden igloo jelly monday nuts rabbit"
        ),
        titles=words_of("mr mrs ms miss mister missus dr doctor sir professor prof mx madam"),
        introductions=(
            ("my", "name", "is"),
            ("my", "name's"),
            ("name", "is"),
            ("names",),
            ("name's",),
            ("speaking", "with"),
            ("speaking", "to"),
            ("speak", "with"),
            ("speak", "to"),
            ("talking", "to"),
            ("talking", "with"),
            ("first", "name"),
            ("last", "name"),
            ("last", "name", "is"),
            ("goes", "by"),
            ("known", "as"),
            ("account", "is", "under"),
            ("it's", "under"),
            ("account", "holder"),
            ("holder", "as"),
            ("holder", "is"),
            ("cardholder",),
            ("under",),
            ("surname", "is"),
            ("surname",),
            ("full", "name"),
            ("middle", "name"),
            ("maiden", "name"),
            ("under", "the", "name"),
            ("under", "the", "name", "of"),
            ("name", "of"),
            ("name", "on", "the", "card"),
            ("cardholder", "is"),
            ("wife's", "name", "is"),
            ("belongs", "to"),
            ("name", "was"),
            ("named",),
        ),
        greetings=words_of(
            "hi hello hey thanks thank you morning afternoon evening okay bye goodbye sorry welcome alright great "
            "perfect dear worries yes sure well so thanks, right now no course certainly absolutely problem "
            "understand it"
        ),
        streets=STREETS,
        regions=REGIONS,
        units_of_building=words_of("apartment apt unit suite ste floor building bldg room flat lot number po trailer"),
        spoken_at=words_of("at"),
        spoken_dot=words_of("dot period point"),
        spoken_dash=words_of("dash hyphen underscore minus plus"),
        domains=words_of(
            "gmail yahoo hotmail outlook icloud aol comcast verizon msn proton protonmail live att bellsouth sbcglobal "
            "googlemail ymail zoho fastmail cox earthlink charter gmx mail me mac com net org edu gov co uk io info us "
            "biz de es ca eu au"
        ),
        harmless=words_of(
            "order orders invoice ticket tickets case complaint claim fault reference ref incident booking "
            "reservation confirmation tracking parcel shipment waybill error version firmware build model route highway "
            "interstate junction exit flight gate seat row room floor table page chapter section paragraph form channel "
            "bus train platform terminal aisle bay step phase tier item sku part lot batch catalog catalogue coupon promo "
            "voucher extension port windows iphone ipad galaxy pixel series season episode question rule plan option press "
            "size level zone queue verse windows office excel word android ios docket quote estimate work po "
            "consignment delivery purchase requisition batch serial product article style pattern shade aperture "
            "locker bin shelf store branch unit track exercise lesson grade class mark score"
        )
        - {"work", "word", "mark", "unit", "branch", "bin"},
    )
