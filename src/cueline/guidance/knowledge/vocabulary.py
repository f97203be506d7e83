"""Words of questions to a contact centre: those that ask nothing, those that mean the same. Pure; English."""

from collections.abc import Mapping
from typing import Final

_ASK_NOTHING: Final = """
    a able about above according across actual actually add added after afternoon again against agent ago ah all
    allowed almost along already alright also although always am among an and another answer answered any anybody
    anymore anyone anything anyway apparently appear april are aren't around as ask asked asking at august away back
    basically be became because become been before begin behind being below besides between bit both bring brings
    brought but by bye call called caller calling calls can can't cannot carry case cause certain certainly clear
    come comes common complete consider correct could could've couldn't customer day days december demand demands
    did didn't different difficult do does doesn't doing dollar dollars don't done down during each easy eight
    eighteen eighty either eleven else enough entire er erm euros even evening event ever every everybody everyone
    everything exactly except explain fast february few fifteen fifty find fine first five follow for former forty
    four fourteen from full further general get gets getting give given gives go goes going gone good goodbye got
    great guys had hadn't hand happen happened happening happens has hasn't have haven't having he hear heard hello
    help helped helping her here hers hey hi him his hmm hold hour how however huh hundred i i'd i'll i'm i've if in
    include including instead into is isn't it it'd it'll it's its itself january july june just keep kind know
    knows large last least leave leaves left less let let's like likely listen little live long look looking looks
    lot ma'am madam made main make makes making many march matter may maybe me mean means mhm might mine minute
    minutes moment month months more morning most move mr mrs ms much multiple must my myself near necessary need
    needed needs neither never next nice nine nineteen ninety no nobody none nor normal not nothing november now
    obtain obviously october of off often oh ok okay on once one only onto or other others otherwise our ours
    ourselves out over own part particular per perhaps person place plain please point possible possibly pounds
    present previous probably problem put question quick quickly quite rather reach reaches ready really reason
    receive receives remain remember require required right round run said same saw say saying says second seconds
    see seem seemed seems seen september set seven seventeen seventy shall she short should should've shouldn't show
    shown shows simple since single sir six sixteen sixty small so some somebody somehow someone something sometimes
    soon sorry sort speak specific stay step still stuff such sudden suddenly suppose sure take takes talk tell
    telling ten than thank thanks that that's the their theirs them themselves then there there's these they they're
    they've thing things think thirteen thirty this those though thought thousand three through till time times to
    today together told tomorrow tonight too took total toward tried try trying turn turned twelve twenty two type
    uh um under understand unless until up upon us use used using usual very via visit wait want wanted wants was
    wasn't way we we'd we'll we're we've week weeks welcome well went were weren't what what's whatever when where
    where's whether which while who who's whole whose why will wish with within without won't wonder work working
    works would would've wouldn't yeah year years yes yesterday yet you you'd you'll you're you've your yours
    yourself zero
"""

STOP_WORDS: Final = frozenset(_ASK_NOTHING.split())

_GROUPS: Final = (
    ("lost", "missing", "misplaced", "stolen"),
    ("replace", "replacement", "reissue"),
    ("deliver", "delivery", "arrive", "arrival", "shipping", "mail", "post"),
    ("cash", "money"),
    ("withdraw", "withdrawal"),
    ("branch", "branches"),
    ("hours", "opening times", "opening hours", "business hours"),
    ("password", "passcode"),
    ("log in", "login", "sign in", "log on", "sign on"),
    ("reset", "forgot", "forgotten"),
    ("transfer", "wire", "send money"),
    ("limit", "maximum", "cap"),
    ("cheque", "cheques", "checks", "checkbook", "chequebook", "cheque book", "check book"),
    ("bill", "invoice"),
    ("pay", "payment", "paid", "paying"),
    ("dispute", "contest", "challenge", "unauthorised", "unauthorized", "fraudulent"),
    ("charge", "fee"),
    ("roaming", "abroad", "overseas", "outside the country", "foreign country", "other countries"),
    ("cancel", "cancellation", "terminate", "termination"),
    ("contract", "agreement"),
    ("plan", "tariff"),
    ("discount", "offer"),
    ("return", "send back", "sent back", "give back"),
    ("refund", "money back", "reimburse", "reimbursement"),
    ("id", "identification", "identity document", "passport", "driving licence", "driver's license", "photo id"),
    ("manager", "supervisor"),
    ("complaint", "complain", "complained"),
    ("appointment", "meeting"),
    ("handset", "phone", "device", "mobile phone"),
    ("outage", "no service", "no signal", "not working"),
    ("parcel", "package", "shipment"),
    ("cash machine", "atm", "cashpoint"),
    ("block", "blocked", "freeze", "frozen", "deactivate"),
    ("exchange", "swap"),
    ("faulty", "defective", "broken", "damaged"),
    ("id card", "identity card"),
    ("licence", "license"),
    ("centre", "center"),
    ("credit", "goodwill"),
    ("balance", "how much money"),
    ("email", "e-mail"),
    ("buy", "bought", "purchase"),
    ("end", "finish"),
    ("wrong", "incorrect", "mistake"),
    ("callback", "call back", "called back", "call me back"),
    ("price", "cost"),
    ("closure", "close account", "close an account", "close the account", "close my account"),
    ("new account", "open an account", "open account", "opening an account"),
)


def _meanings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in _GROUPS:
        for word in group:
            others = tuple(other for other in group if other != word)
            found[word] = (*found.get(word, ()), *others)
    return found


SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = _meanings()
"""What means the same as a word, or as a phrase of words with single spaces."""

PHRASE_WORDS_MAX: Final = max(len(phrase.split()) for phrase in SYNONYMS)

_DOMAIN_MORE: Final = """
    account address card statement credit debit chip pin emergency deposit savings loan mortgage interest overdraft
    data minutes texts sim network internet broadband signal upgrade order item warranty receipt voucher
    gift size colour stock store shop courier tracking manager callback fraud app website online
"""

DOMAIN_WORDS: Final = frozenset({word for phrase in SYNONYMS for word in phrase.split()} - STOP_WORDS) | {
    *_DOMAIN_MORE.split()
}
"""Words that say what a call is about; others in a turn ("train", "Saturday") are its story."""

REASON_QUERIES: Final[Mapping[str, str]] = {
    "replace_card": "replace card",
    "lost_card": "lost card replacement",
    "schedule_appointment": "appointment branch",
    "branch_hours": "branch opening hours",
    "reset_password": "reset password online",
    "transfer_money": "transfer money",
    "order_checks": "order cheques",
    "pay_bill": "pay bill",
    "check_balance": "balance",
    "dispute_charge": "dispute payment",
    "open_account": "new account",
    "close_account": "account closure",
    "loan_enquiry": "loan application",
    "billing_question": "bill charges",
    "technical_problem": "technical problem",
    "change_plan": "change plan",
    "roaming": "roaming charges",
    "new_contract": "new contract",
    "cancel_contract": "cancel contract",
    "upgrade_device": "upgrade device",
    "outage": "network outage",
    "order_status": "order tracking",
    "return_item": "return item",
    "refund": "refund",
    "product_question": "product information",
    "delivery_problem": "parcel delivery",
    "complaint": "complaint",
}
"""What to look up when a call's reason is known; ``other`` says nothing."""

INTENT_QUERIES: Final[Mapping[str, str]] = {
    "wants_manager": "manager",
    "wants_cancel": "cancel contract offers",
    "threatens_leave": "cancel contract offers",
    "asks_price": "cost",
    "asks_how_long": "delivery times",
    "objects_price": "discount offers",
    "legal_threat": "complaint",
    "promises_callback": "callback",
}
"""What to look up for what somebody wants; the other intents ask for nothing that documents answer."""
