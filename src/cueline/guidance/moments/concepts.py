"""Words of contact centres that stand for the same matter, so that what a model learned of one serves for all. Pure.

English; words as ``phrasing.stem`` leaves them are compared, so that "parcels" is a parcel. A word has one concept.
"""

from collections.abc import Mapping
from typing import Final

from cueline.guidance.phrasing import stem

_GROUPS: Final = {
    "phone": "phone mobile handset cell cellphone smartphone iphone android telephone tablet smartwatch",
    "net": "internet broadband wifi fibre fiber wireless ethernet adsl",
    "router": "router modem hub gateway mesh extender",
    "tv": "tv television telly cable channel remote satellite streaming sports movies films",
    "signal": "signal reception coverage network mast tower bars",
    "line": "line landline dial tone socket",
    "sim": "sim esim",
    "data": "data gig gigs gigabyte gigabytes gb megabyte megabytes mb minutes allowance",
    "speed": "speed megabit megabits mbps faster slow slower sluggish",
    "plan": "plan tariff bundle tier pack prepaid unlimited",
    "contract": "contract subscription agreement membership renew renewal",
    "abroad": "abroad overseas roaming travel traveling travelling trip holiday vacation flight airport fly flying "
    "foreign country international border cruise europe european spain france italy greece portugal germany mexico "
    "canada turkey japan china india australia brazil egypt morocco thailand dubai switzerland ireland poland "
    "netherlands austria croatia cyprus malta vietnam africa asia america usa",
    "bill": "bill invoice statement billing billed",
    "charge": "charge fee charges surcharge overcharged",
    "money": "money cash pound dollar euro quid buck rupee amount sum",
    "higher": "higher increase increased jumped double doubled twice extra",
    "cheap": "cheap cheaper cheapest lower reduce discount",
    "cancel": "cancel canceled cancellation terminate termination disconnect discontinue quit notice withdraw",
    "stop": "stop end ends ended ending finish",
    "broken": "broken broke cracked crack damaged dent dented smashed ripped torn scratch scratched bent snapped "
    "faulty defective leak leaking shattered",
    "lost": "lost lose missing gone misplaced disappeared vanished",
    "stolen": "stolen stole steal nicked robbed burgled thief mugged snatched pickpocket",
    "wallet": "wallet purse handbag pocket",
    "card": "card debit visa mastercard",
    "chip": "chip stripe plastic contactless",
    "account": "account savings",
    "balance": "balance available cleared",
    "wages": "wages salary paycheck payday pension payroll",
    "arrive": "arrive arrival came deliver delivery dispatch dispatched",
    "parcel": "parcel package shipment carton packet",
    "order": "order ordering bought buy buying",
    "ship": "ship shipped shipping tracking track courier carrier driver van",
    "return": "return exchange swap unwanted",
    "refund": "refund refunded reimburse reimbursement deposit",
    "wrong": "wrong incorrect mistake mixed error",
    "login": "login log username password passcode logon sign signin",
    "locked": "locked unlock access attempts blocked",
    "app": "app website site portal browser",
    "transfer": "transfer wire shift transferred",
    "send": "send sending sent",
    "kin": "sister brother daughter son mother father wife husband friend grandson granddaughter nephew niece uncle "
    "aunt kid child landlord tenant partner boyfriend girlfriend",
    "area": "area street village town neighbor neighbour neighborhood neighbourhood road building everyone "
    "everybody storm entire region",
    "outage": "outage maintenance restored disruption blackout excavator lightning",
    "down": "down dead out offline",
    "drop": "dropping drops freeze freezing frozen cut cutting buffering buffer loading crash crashing crackling "
    "crackle static buzz echo flicker blinking flashing pixelated stuck lag lagging",
    "works": "work working worked functioning",
    "restart": "restart reset reboot unplug unplugged plugged",
    "rude": "rude attitude treated treatment behaved behaviour behavior shouted unfriendly impolite disrespectful "
    "laughed insulted hostile manners",
    "staff": "staff employee assistant salesman cashier technician fitter engineer colleague waiter",
    "complain": "complain complaint complaining grievance feedback formally escalate",
    "home": "house flat apartment moving moved lease cottage condo",
    "new": "new another replacement replace",
    "size": "size wide width height high tall deep depth length weight heavy dimension fit fits colour color",
    "stuff": "shirt dress shoe boot trouser jacket coat sweater jeans skirt hat sofa couch chair desk lamp bed "
    "mattress cabinet shelf rug curtain mirror kettle blender vacuum fridge oven grill drill camera headphones speaker "
    "toy bike tent pan carpet cushion",
    "product": "model version brand warranty battery waterproof material compatible wooden leather washable stock",
    "check": "check checkbook chequebook checks",
    "branch": "branch office counter",
    "hours": "hours open opening closed closing weekend lunchtime",
    "meet": "appointment meet meeting advisor adviser reschedule",
    "loan": "loan borrow borrowing mortgage finance lend interest repayment apr",
    "utility": "electricity electric gas water council rent utility",
    "pay": "pay payment paid paying autopay installment",
    "dispute": "dispute fraud fraudulent unauthorized unauthorised chargeback contest recognize recognise merchant",
    "transaction": "transaction withdrawal pending purchase",
    "upgrade": "upgrade newer trade eligible",
    "rival": "provider competitor rival elsewhere",
    "join": "join signup customer promotion",
    "bank": "bank banking",
    "expired": "expire expired expires worn",
    "not": "not no never nothing none nobody",
}

CONCEPTS: Final[Mapping[str, str]] = {
    stem(word): concept for concept, words in _GROUPS.items() for word in words.split()
}
"""Of a word's stem, the concept."""
