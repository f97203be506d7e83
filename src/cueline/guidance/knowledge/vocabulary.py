"""Words of questions to a contact centre: those that ask nothing, those that mean the same. Pure; English."""

from collections.abc import Mapping
from typing import Final

_ASK_NOTHING: Final = """
    a about above across after again against ago all almost along already also although always am among an and another
    any anybody anyone anything anyway are aren't around as ask asked asking at away back be became because become been
    before behind being below besides between both but by can can't cannot certainly come comes could couldn't did
    didn't do does doesn't doing don't done down during each either else enough even ever every everybody everyone
    everything exactly except few find first for from further get gets getting give given gives go goes going got had
    hadn't happen happened happens has hasn't have haven't having he hello help helped helping her here hers hi him his
    how however i i'd i'll i'm i've if in instead into is isn't it it'd it'll it's its itself just keep kind know knows
    last least let let's like likely listen little long look looking looks lot made make makes making many may maybe me
    mean means might mine more most mr mrs ms much must my myself near need needed needs neither never next no nobody
    none nor not nothing now of off often oh ok okay on once one only onto or other others otherwise our ours ourselves
    out over own perhaps please point possible possibly probably put quite rather really right said same saw say saying
    says see seem seemed seems seen she should shouldn't since so some somebody someone something sometimes soon sorry
    speak still talk such suppose sure take takes tell telling than thank thanks that that's the their theirs them themselves then
    there there's these they they're they've thing things think this those though through till to today together told
    tomorrow tonight too took toward tried try trying two under understand unless until up upon us use used using very
    via wait want wanted wants was wasn't way we we'd we'll we're we've welcome well went were weren't what what's
    whatever when where where's whether which while who who's whole whose why will wish with within without won't
    wonder would wouldn't yeah yes yesterday yet you you'd you'll you're you've your yours yourself
    bye goodbye hey morning afternoon evening sir madam ma'am hear heard uh um huh mhm hmm er erm ah alright great good
    nice fine bit case customer agent call calling called calls caller question moment minute minutes second seconds
    anymore guys stuff somehow apparently basically actually obviously able allowed would've could've should've
    zero three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dollars dollar pounds euros
    january february march april june july august september october november december
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
    ("begin", "start"),
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
    data minutes texts sim network internet broadband signal upgrade line number order item warranty receipt voucher
    gift size colour stock store shop courier tracking manager callback fraud security code app website online
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
