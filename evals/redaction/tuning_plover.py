"""The tuning family "plover": the first held-out family, retired to be tuned on when a new one was drawn."""

# Lists of wordings are read packed.
# ruff: noqa: E501
# fmt: off

from evals.redaction.families import Exchange, Family, Lines

_TYPES = {
    "CREDIT_CARD": Lines(
        questions=(
            "whenever you've got it in front of you just read it left to right",
            "i'll take the payment now, so if you'd give me those embossed numbers",
            "how shall we settle that, if it's plastic just call out the number",
            "fire away with your card details", "what are the digits on the plastic", "long card number first then",
            "we accept visa, discover and amex, so tell me whatever number is printed there",
            "could i trouble you for the number of the card you're paying with",
            "before i can process it i'll be needing your card", "read the sixteen digit one nice and slowly",
            "and this card, it goes how", "right, card number when you have it",
        ),
        answers=(
            "{x}", "{x}", "{x}", "{x}", "right so that's {x}", "ready, {x}", "yep, {x}", "it goes {x}", "mm let me read it {x}",
            "here we go {x}", "discover card, {x}", "first four are {x}", "should be {x}", "that'd be {x}", "er {x}",
            "okey doke {x}",
        ),
        announcements=(
            "put it on this one, {x}", "i've got my visa out already, {x}", "bill it to {x}",
            "can you take a card over the phone, i have {x}", "charge the business card, number {x}",
            "mastercard number {x} if that helps", "the replacement card you mailed me reads {x}", "it'd be {x}",
        ),
        read_out=("the plastic we mailed out carries {x}",),
    ),
    "CVV": Lines(
        questions=(
            "flip it over, there should be three more numbers", "last thing off the card is that short code",
            "c v two next", "what three numbers come after the signature panel", "amex has four small ones on the front, those too",
            "security number on that", "which digits do you see behind it", "now just the safety code",
        ),
        answers=("{x}", "{x}", "{x}", "{x}", "er, {x}", "i make it {x}", "that one reads {x}", "flipping it, {x}", "those are {x}"),
        announcements=(
            "with security digits {x}", "the cvv number would be {x}", "on the flip side there's {x}", "cvc {x}",
            "and then the short one is {x}",
        ),
    ),
    "CARD_EXPIRY": Lines(
        questions=(
            "and the expiry", "until when is that card good", "what month does that one run out",
            "the end date printed there", "expiring", "valid to", "and it lapses in",
        ),
        answers=("{x}", "{x}", "{x}", "{x}", "runs till {x}", "that's up in {x}", "ends {x}", "er, {x} i believe"),
        announcements=("expiry's {x}", "runs out {x}", "and it ends in {x}", "with an expiry of {x}"),
    ),
    "PIN": Lines(
        questions=(
            "tell me the pin number you key in", "your telephone pin", "and which pin did you choose when you signed up",
            "can you enter or just say the secret number for this profile", "pin",
        ),
        answers=("{x}", "{x}", "try {x}", "i normally use {x}", "that'll be {x}"),
        announcements=("the pin number is {x}", "i've set my pin to {x}", "i punch in {x} at the cash machine"),
        read_out=("the new pin we've given you is {x}",),
    ),
    "OTP": Lines(
        questions=(
            "you'll have had a message just now with some numbers in it", "what did the text message say",
            "there'll be a passcode on your phone, would you mind reading it",
            "i've triggered a one time password to your handset", "and the authentication code",
            "let me know once the digits arrive",
        ),
        answers=("{x}", "{x}", "{x}", "ooh here it is, {x}", "just arrived, {x}", "it reads {x}", "message says {x}"),
        announcements=("my phone buzzed with {x}", "the authenticator shows {x}", "the passcode came through as {x}"),
    ),
    "BANK_ACCOUNT": Lines(
        questions=(
            "which account shall we pay that into", "for the ach i'd also need the account digits",
            "and the longer number along the bottom of your cheque", "where do you bank and under what account",
            "the account we'd be debiting", "current account number",
        ),
        answers=("{x}", "{x}", "{x}", "account {x}", "that account would be {x}", "right, it goes {x}"),
        announcements=(
            "pay it into {x} please", "my current account is {x}", "use the chequing account, {x}",
            "our business account at the bank is {x}",
        ),
        read_out=("the payout is set to go to account {x}",),
    ),
    "ABA_ROUTING": Lines(
        questions=(
            "and the transit number of that bank", "first i need the bank's routing",
            "there's a nine digit one beside the little symbols", "routing",
        ),
        answers=("{x}", "{x}", "that one's {x}", "the bank gives {x}"),
        announcements=("transit number's {x}", "the routing for my bank is {x}", "my bank's aba is {x}"),
    ),
    "IBAN": Lines(
        questions=(
            "since it's going abroad i'll want the iban", "and your international bank number, letters included",
            "iban please", "begin with the country letters",
        ),
        answers=("{x}", "{x}", "the iban reads {x}", "right, {x}"),
        announcements=("transfer it over to {x}, that's the iban", "the iban number's {x}"),
    ),
    "SORT_CODE": Lines(
        questions=("sort code first", "your branch sort code", "those three pairs printed beside the account", "what about the sort"),
        answers=("{x}", "{x}", "sort's {x}", "that's sort code {x}"),
        announcements=("sort code of {x}", "the sort's {x}"),
    ),
    "US_SSN": Lines(
        questions=(
            "social", "for the credit check i'd need your social as well", "go on and say that s s n",
            "your nine digits from the social security administration", "and what social do we have on record for you",
            "would you verify the full social for security purposes", "tell me your socials number",
        ),
        answers=("{x}", "{x}", "{x}", "{x}", "social's {x}", "yes ma'am, {x}", "oh sure, {x}", "that is {x}"),
        announcements=(
            "it's filed under social {x}", "you can look me up with {x}, that's my social",
            "s s n is {x}", "my wife's social is {x}",
        ),
    ),
    "SSN_LAST4": Lines(
        questions=(
            "just the final four of your social", "only the ending of your social, four numbers",
            "verify your identity with the last four please", "and the four your social ends in",
            "last four s s n",
        ),
        answers=("{x}", "{x}", "{x}", "ends in {x}", "those would be {x}", "er {x}"),
        announcements=("my social ends with {x}", "s s n ending {x}", "final four of my social, {x}"),
    ),
    "TAX_ID": Lines(
        questions=(
            "is there a taxpayer number for the company", "your business's e i n", "what tax number do you file under",
            "and the vat or tax reference",
        ),
        answers=("{x}", "{x}", "we file as {x}", "ein's {x}"),
        announcements=("the company's tax number would be {x}", "our ein's {x}", "itin {x}"),
    ),
    "PASSPORT": Lines(
        questions=(
            "from the photo page i need the passport's number", "passport details, starting with the number",
            "what document do you travel on and its number", "top right of the passport you'll see a number",
        ),
        answers=("{x}", "{x}", "i've got {x}", "top right it says {x}"),
        announcements=("the passport's number is {x}", "travelling on passport {x}", "i renewed my passport, now it's {x}"),
    ),
    "DRIVER_LICENSE": Lines(
        questions=(
            "licence number, the one you drive with", "beside number on your license it says",
            "and for the rental i'll need the driving licence", "your d l please, letters and all",
        ),
        answers=("{x}", "{x}", "dl {x}", "the licence reads {x}", "says {x}"),
        announcements=("driving licence is {x}", "my d l number's {x}", "license {x} out of state"),
    ),
    "MEDICAL_RECORD": Lines(
        questions=(
            "is there a chart number for him", "your hospital number if you know it",
            "which m r n did those papers give", "the record number from your last visit",
        ),
        answers=("{x}", "{x}", "chart number {x}", "hospital number's {x}"),
        announcements=("her mrn's {x}", "my chart is {x}", "the hospital has me as {x}"),
        read_out=("i'm pulling chart {x}",),
    ),
    "MEMBER_ID": Lines(
        questions=(
            "off your benefits card, the membership", "and how about your subscriber id",
            "which i d did your health plan issue you", "your plan identification please", "membership number",
        ),
        answers=("{x}", "{x}", "the card's got {x}", "membership is {x}", "id's {x}"),
        announcements=("i'm subscriber {x}", "our health plan id would be {x}", "member {x}"),
    ),
    "ACCOUNT_NUMBER": Lines(
        questions=(
            "can you quote your account", "what reference shows at the head of the statement",
            "tell me who you are with us, the customer reference", "have you got an account with us, what's its number",
            "account", "your utility account, all digits please", "and the number we bill you under",
        ),
        answers=("{x}", "{x}", "{x}", "i believe it's {x}", "the statement shows {x}", "quoting {x}", "acct number {x}"),
        announcements=(
            "regarding account number {x}", "my customer reference is {x}", "you've billed account {x} by mistake",
            "could you open up account {x}",
        ),
        read_out=("we've moved you over to account {x}", "that's logged against account {x}"),
    ),
    "DOB": Lines(
        questions=(
            "and you were born on", "d o b", "how old are you, i mean your full birth date",
            "tell me the day, month and year you were born", "for age verification, your birthdate",
            "and the little one's birth date", "what birthday do we have for your husband", "born when",
        ),
        answers=("{x}", "{x}", "{x}", "{x}", "that'd be {x}", "er, {x}", "i'm {x}", "date of birth {x}", "she was born {x}"),
        announcements=(
            "my d o b's {x}", "his birthday is on the {x}", "my son was born {x}", "dob is {x}",
        ),
        read_out=("i show a birth date of {x}",),
    ),
    "PHONE": Lines(
        questions=(
            "if the line drops, where do i ring you", "how can we reach you by phone", "and a contact number",
            "may the technician phone you, on what number", "a daytime telephone", "have you a mobile",
            "what digits should i dial back", "which cell number did you register with", "area code first",
            "what number did you call about",
        ),
        answers=(
            "{x}", "{x}", "{x}", "{x}", "try me on {x}", "work phone's {x}", "mobile is {x}", "that's {x}", "yeah, {x}",
            "ring {x}", "landline's {x}",
        ),
        announcements=(
            "ring me on {x}", "i can be reached at {x}", "the line that's dead is {x}", "my husband's cell, {x}",
            "leave a message at {x}", "this phone is {x}", "best one is {x}", "i'm at {x}",
        ),
        read_out=("shall we call you on {x}", "the contact phone here says {x}"),
    ),
    "EMAIL": Lines(
        questions=(
            "and an email for the confirmation", "which inbox should the invoice go to", "email",
            "how is your e mail spelled", "what electronic address do you use", "i can email it over, where to",
        ),
        answers=("{x}", "{x}", "{x}", "er, {x}", "mail me at {x}", "use {x}", "you'd write {x}", "yep, {x}"),
        announcements=("just email {x}", "my e mail's {x}", "please forward it to {x}", "i log in as {x}"),
        read_out=("the receipt went to {x}",),
    ),
    "ADDRESS": Lines(
        questions=(
            "where do you live", "and your postal address", "what street are you on", "where's the card registered to",
            "give me house number and street first", "where would you like that delivered", "address line one",
            "which property are we talking about",
        ),
        answers=("{x}", "{x}", "{x}", "er, {x}", "we live on {x}", "deliver it to {x}", "the house is {x}", "yes, {x}"),
        announcements=(
            "i'm over at {x}", "we've moved to {x}", "my new place is {x}", "have it delivered to {x}",
            "the house at {x} has no power",
        ),
        read_out=("the crew is heading to {x}", "our file says you live at {x}"),
    ),
    "PERSON": Lines(
        questions=(
            "who have i got on the line", "whom am i talking to today", "name", "what do i call you",
            "under which name is the booking", "your surname and given name", "and who is the policy holder",
            "how does your name read on the card", "how do you spell that surname", "and you are",
        ),
        answers=(
            "{x}", "{x}", "{x}", "you've got {x}", "i'm called {x}", "the booking's under {x}", "er, {x}", "{x} is my name",
            "surname first, {x}", "yes this is {x}",
        ),
        announcements=(
            "hello there, {x} speaking", "good afternoon, {x} calling about my bill", "i am {x}", "name's {x}",
            "you can call me {x}", "my wife {x} is on the policy too", "it's {x}, i rang yesterday",
            "my full name is {x}",
        ),
        read_out=("is that {x} i'm speaking to", "and that's in the name of {x}"),
    ),
    "PASSWORD": Lines(
        questions=(
            "say the secret word we agreed on", "before we go on, your memorable word", "passcode",
            "which password do you sign in with", "and the telephone password",
        ),
        answers=("{x}", "{x}", "try {x}", "the magic word is {x}", "memorable word is {x}"),
        announcements=("i log on using {x} as the password", "the wifi password is {x}", "passphrase {x}", "my pass word's {x}"),
        read_out=("i've reset it, the password's now {x}",),
    ),
    "IP_ADDRESS": Lines(
        questions=("which ip do you see under network", "the address of the router, four numbers with dots", "and the modem's ip"),
        answers=("{x}", "{x}", "it shows {x}", "reading {x}"),
        announcements=("the camera's on ip {x}", "i can ping {x} but nothing else"),
    ),
    "NUMBER": Lines(
        questions=(
            "what's printed on the badge", "scratch the voucher and tell me what it says", "badge number",
            "which policy is that under", "the serial from your library card", "your frequent flyer membership digits",
        ),
        answers=("{x}", "{x}", "that one is {x}", "er, {x}"),
        announcements=("the voucher reads {x}", "my badge says {x}", "insurance policy {x}"),
    ),
}

_CODE_WORDS = {
    letter: (nato, plain)
    for letter, nato, plain in (
        ("a", "alfa", "adam"), ("b", "bravo", "bob"), ("c", "charlie", "carol"), ("d", "delta", "dad"),
        ("e", "echo", "easy"), ("f", "foxtrot", "fish"), ("g", "golf", "girl"), ("h", "hotel", "happy"),
        ("i", "india", "ida"), ("j", "juliett", "jack"), ("k", "kilo", "kite"), ("l", "lima", "love"),
        ("m", "mike", "mother"), ("n", "november", "nora"), ("o", "oscar", "ocean"), ("p", "papa", "paul"),
        ("q", "quebec", "quick"), ("r", "romeo", "red"), ("s", "sierra", "sugar"), ("t", "tango", "tiger"),
        ("u", "uniform", "uncle"), ("v", "victor", "van"), ("w", "whisky", "water"), ("x", "x-ray", "xmas"),
        ("y", "yankee", "young"), ("z", "zulu", "zoo"),
    )
}

PLOVER = Family(
    name="plover",
    seed=77310459,
    types=_TYPES,
    openings=(
        "{company} support desk, you're through to {agent}", "good afternoon and thanks for ringing {company}, {agent} here",
        "welcome back to {company}, what brings you in", "hey there, {agent} from {company}, how's it going",
        "billing department, {agent} speaking, what seems to be the trouble", "{company}, good evening",
        "you've reached the {company} service team, how may we assist",
    ),
    reasons=(
        "yes hello, somebody took {amount} out and it wasn't me", "my parcel never turned up, it said {date}",
        "i'd like to settle an outstanding invoice", "my husband's card got stolen", "we've had no power for {duration}",
        "i want to move my appointment to {time}", "the website keeps throwing me out", "how do i close this thing down",
        "i've got a notice here about {amount}", "i need to change a few things on my profile",
        "it's about order {order}, half of it is missing", "one of your guys rang me {duration} ago",
        "i'd like to sign up for the {speed} thing i saw on tv",
    ),
    closings=(
        ("anything more for you today", "nope that'll do, cheers"), ("that's gone through now", "lovely, ta"),
        ("enjoy the rest of your evening", "same to you"), ("it should land in {duration}", "brilliant, thank you"),
        ("our lines are staffed {hours} if you need us", "good to know, bye bye"),
        ("there's a short survey after this", "alright then, goodbye"),
    ),
    prefixes=("right,", "lovely,", "super,", "wonderful,", "cheers,", "fine,", "excellent,", "sure thing,", "now,", "so"),
    suffixes=("if you would", "at your own pace", "sir", "ma'am", "and i'll type it in"),
    backchannels=("yeah", "mhm", "okay", "uh huh", "sure", "i'm with you", "keep going", "carry on", "yup", "next", "hm", "ok"),
    acknowledgements=("cheers for that", "brilliant", "thanks, just typing", "noted", "super, thanks", "lovely, bear a moment"),
    read_backs=(
        "i'll repeat it, {x}", "to confirm then, {x}", "i've typed {x}", "did you say {x}", "{x}, yeah", "{x}", "was it {x}",
        "repeating, {x}",
    ),
    confirmations=("spot on", "yeah", "exactly", "you got it", "yes it is", "that's the one"),
    fillers=("er", "erm", "uh", "and", "space", "then we have", "next is", "mm", "followed by", "you know", "hyphen"),
    corrections=(
        "beg your pardon {right}", "er not {wrong} but {right}", "make that {right}", "strike that, {right}",
        "whoops i meant {right}", "that's {right} actually, not {wrong}", "hm {right} rather",
    ),
    restarts=("oh i'm reading the wrong line, it's", "let me begin again,", "forget that, here's the proper one,"),
    amends=("i gave you the wrong ending, it's {x}", "correction, it finishes {x}", "ah no it finishes with {x}"),
    delays=(
        ("hang on a tick, i'll fetch it", "whenever you're ready"), ("my wallet's upstairs, bear with me", "not a problem"),
        ("i need to log in to see that", "go right ahead"), ("just a sec, the dog's barking", "ha, don't worry"),
        ("er where did i put it", "have a look around"), ("let me ask my wife", "sure, i'm here"),
    ),
    clarifications=(
        ("all of it", "every digit please"), ("the old or the replacement", "whichever is active"),
        ("do you people really need that", "i'm afraid so, it's for security"), ("sorry, what was that", "take it slowly"),
        ("from the top", "yes from the top"),
    ),
    address_by_name=(
        "cheers {first}", "{title} {last}, just a moment while this loads", "right then {first}", "hello {title} {last}",
        "bear with me please {title} {last}", "lovely to speak with you {first}",
    ),
    exchanges=(
        Exchange("got an order reference for me", ("sure, {order}", "{order}", "reference {order}")),
        Exchange("what consignment is it, the parcel's tracking", ("{tracking}", "parcel {tracking}")),
        Exchange("which booking confirmation did they email you", ("{confirmation}", "booking {confirmation}")),
        Exchange("did my colleague leave you a ticket or incident", ("ticket {case}", "incident {case}", "{case}")),
        Exchange("that message we emailed, what order does it mention", ("{order}", "it mentions {order}")),
        Exchange("how many units shall i put down", ("{qty}", "put down {qty}", "about {qty}")),
        Exchange("when should the engineer come", ("after {time}", "{window} suits me", "{time}")),
        Exchange("how old is the appliance", ("from {year}", "must be {duration}", "purchased {date}")),
        Exchange("which handset do you own", ("{model}", "one of those {model}")),
        Exchange("what amount showed up on the statement", ("{amount}", "they took {amount}", "{amount} exactly")),
        Exchange("number of passengers", ("{small}", "{small} adults")),
        Exchange("how fast is your connection supposed to be", ("{speed}", "we pay for {speed}")),
        Exchange("which card was used, the final digits only", ("the one ending {last4}", "card ending {last4}")),
        Exchange("how many bedrooms has the property", ("{small}", "{small} bedrooms")),
    ),
    agent_benign=(
        "there's {amount} outstanding at present", "altogether that's {amount}", "jot this down, order {order}",
        "booking reference {confirmation}", "expect it on {date}", "someone will be round between {window}",
        "our shop trades {hours}", "allow {duration} for that", "i've knocked off {percent}",
        "this went on the visa ending {last4}", "your ticket is {case}", "choose option {menu} next time",
        "courier reference {tracking}", "you have the {speed} package", "after {duration} it goes up to {amount}",
        "the loan runs at {percent}", "your slot is {date} at {time}", "we introduced it in {year}",
        "there have been {small} visits so far", "the rate drops by {percent} in {year}",
    ),
    customer_benign=(
        "this must be call number {small}", "usually i'm paying {amount}", "i joined in {year}",
        "mine's a {model}", "your colleague said {duration}", "i only wanted {qty}", "my calendar says {date}",
        "i work until {time}", "i went for option {menu}", "there's {small} of us sharing it",
        "it jumped by {percent} overnight", "i was promised {speed}", "i've been queuing for {duration}",
    ),
    payment_benign=(
        "the amount due today is {amount}", "so {amount} on the card", "we'll split it in {qty} instalments",
        "funds clear in {duration}", "paying early saves you {percent}", "next instalment falls on {date}",
    ),
    small_talk=(
        ("keeping warm up there", "hardly, {small} below this morning"), ("how's your day been", "long, i started at {time}"),
        ("apologies for the noise", "don't mention it"), ("my screen froze, nearly there", "computers, eh"),
        ("do you follow football", "we won {small} nil"), ("i love your accent", "moved here in {year}"),
        ("nearly done now", "good, my bus is at {time}"),
    ),
    distractors=(
        ("can i pay without a card", "yes, over the counter, up to {amount}"), ("your emails go straight to junk", "sorry about that"),
        ("i changed my surname when i married in {year}", "congratulations"), ("the code never arrives", "it can take {duration}"),
        ("who has access to my account", "nobody but you"), ("someone keeps phoning me {small} times a day", "we would never do that"),
        ("what if i forget the pin", "then there's {small} more attempts"), ("is my passport needed at the gate", "bring it along"),
        ("i moved house, does that matter", "only for bills after {date}"), ("my insurance lapsed", "it can be renewed within {duration}"),
        ("i read the numbers to your colleague already", "i can see that, thanks"), ("the router has {small} lights on", "good"),
        ("do you keep my social on file", "it's encrypted"), ("my bank says it was {amount}", "let me compare"),
        ("he told me his name but i forgot", "never mind"), ("that's my work email so it's slow", "fair enough"),
    ),
    spelled_as=("as in", "for", "like in", "as in"),
    zip_questions=("which postal area is the card under", "five digit zip", "and the postcode or zip it's registered with"),
    styles={"single": 4, "mixed": 2.5, "pairs": 1.5, "natural": 1.2, "regrouped": 1.5},
    layouts={
        "spaces": 2.5, "dashes": 1.5, "joined": 2.5, "digits": 1.5, "commas": 1, "pairs": 0.8, "random": 1.2, "half": 1,
        "dots": 0.5, "random_dashes": 0.5, "thousands": 0.4, "spelled_commas": 0.5, "slashes": 0.2,
    },
    zeros=(("oh",), ("zero",), ("zero", "oh", "oh"), ("o",), ("nought", "zero")),
    treble=True,
    first_names=(
        "oliver", "harriet", "sunita", "xavier", "beatrice", "hiroshi", "leila", "duncan", "farah", "mateus", "zoë",
        "konstantin", "ngozi", "alistair", "bianca", "tomasz", "winston", "saoirse", "arjun", "celeste", "yusuf",
        "margaret", "diego", "hyun", "ruth", "emeka", "astrid", "vikram", "joanna", "kofi", "ruben", "tabitha",
        "quentin", "imani", "stefan", "lucia", "harold", "jamal", "noor", "philippa", "gustavo", "elise", "takeshi",
        "wanda", "cedric", "parvati", "oscar", "theresa", "rashid", "bronwyn", "felipe", "gwendolyn", "isaac",
        "camila", "nigel", "jun", "esther", "dwayne", "svetlana", "marcel", "eleanor", "tariq", "hugo", "phuong",
        "clarence", "renée", "alejandro", "beverly", "siobhan", "chidi", "megan", "rolf", "alan", "joyce", "victor",
    ),
    last_names=(
        "baker", "whitfield", "mukherjee", "santos", "hoffmann", "nakamura", "achebe", "macdonald", "farouk", "pereira",
        "zielinski", "oduya", "fitzgerald", "bergström", "popescu", "ferrari", "chowdhury", "kaur", "watanabe", "le",
        "boateng", "sullivan", "van dyke", "torres", "aydin", "huang", "greene", "mohamed", "jimenez", "o'connor",
        "kruger", "suzuki", "desai", "bianchi", "laurent", "hughes", "choi", "rahman", "flores", "weber", "pham",
        "nilsson", "mitchell", "sharma", "carvalho", "papadopoulos", "evans", "nkosi", "zhao", "cohen", "hart",
        "ramos", "reyes", "stone", "walker", "gunawardena", "bailey", "young", "kovac", "mendoza", "price", "rivera",
        "sokolov", "simmons", "diallo", "harris", "obrien", "blackwood", "estrada", "iyer",
    ),
    agents=("colin", "shreya", "becky", "andre", "imelda", "ross", "keisha", "gareth"),
    companies=("harbour bank", "pinnacle broadband", "skylark airways", "greenleaf gas", "meridian insurance", "tallboy furniture"),
    cities=(
        "leeds", "spokane washington", "austin texas", "manchester", "baton rouge louisiana", "halifax nova scotia",
        "minneapolis minnesota", "cardiff", "el paso texas", "syracuse new york", "chattanooga tennessee", "lansing michigan",
        "brisbane", "des moines iowa", "santa fe new mexico", "trenton new jersey", "glasgow",
    ),
    streets=(
        "king's", "elm", "chestnut", "victoria", "fox hollow", "station", "twelfth", "franklin", "magnolia", "old mill",
        "gladstone", "south seventh", "harbor view", "juniper", "monroe", "abbey", "martin luther king", "quarry",
    ),
    street_types=("road", "street", "terrace", "crescent", "way", "place", "circle", "parkway", "close", "rd", "blvd"),
    domains=("gmail.com", "icloud.com", "btinternet.com", "live.co.uk", "protonmail.com", "msn.com", "whitfieldandsons.com"),
    pass_words=(
        "orange", "falcon", "harvest", "giraffe", "midnight", "biscuit", "thunder", "lavender", "pirate", "castle",
        "marble", "october", "velvet", "cricket", "bumblebee",
    ),
    models=("pixel eight", "iphone thirteen", "playstation five", "galaxy a fifty four", "boeing seven three seven", "office three six five"),
    code_words=_CODE_WORDS,
)
