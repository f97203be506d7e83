"""The development family: wordings the engine's authors may look at."""

# Lists of wordings are read packed.
# ruff: noqa: E501
# fmt: off

from evals.redaction.families import Exchange, Family, Lines

_TYPES = {
    "CREDIT_CARD": Lines(
        questions=(
            "what's the card number", "can i get the long number on the front of the card",
            "go ahead with the sixteen digits", "could you read me your credit card number",
            "which card would you like to use, and what's the number on it", "i'm ready for the card whenever you are",
            "may i have your visa or mastercard number", "what is the full debit card number",
            "let's put a card on file, go ahead and read it out", "and the digits across the front",
        ),
        answers=(
            "{x}", "{x}", "{x}", "sure it's {x}", "okay, it's {x}", "yeah the number is {x}", "it's a visa {x}",
            "so it's a mastercard, {x}", "it starts with {x}", "alright {x}", "it says {x}", "uh {x}",
        ),
        announcements=(
            "you can charge my card, it's {x}", "i'd like to pay by card, the number's {x}",
            "just use my amex {x}", "the card i have here is {x}", "my debit card number is {x}",
            "let me just give you the card, {x}", "it's {x}",
        ),
        read_out=("the card i have for you is {x}",),
    ),
    "CVV": Lines(
        questions=(
            "and the three digits on the back", "what's the security code", "and the c v v",
            "can you turn it over and give me the code by the signature", "and the verification code on the card",
            "the little number on the back strip", "do you have the c v c for me", "and that code on the reverse side",
        ),
        answers=("{x}", "{x}", "{x}", "it's {x}", "that's {x}", "the code is {x}", "uh {x}", "looks like {x}"),
        announcements=("and the security code is {x}", "c v v is {x}", "the back of it says {x}", "three digits are {x}"),
    ),
    "CARD_EXPIRY": Lines(
        questions=(
            "and the expiration date", "when does it expire", "what's the expiry on that",
            "and it's good through when", "month and year it runs out", "what's the valid thru date",
            "and the exp date please",
        ),
        answers=("{x}", "{x}", "{x}", "it's {x}", "expires {x}", "it says {x}", "that would be {x}", "good through {x}"),
        announcements=("expiration is {x}", "it expires {x}", "exp date {x}", "it's valid until {x}"),
    ),
    "PIN": Lines(
        questions=(
            "what's your pin", "can you tell me the four digit pin", "please say your phone banking pin",
            "and the personal identification number on the profile", "do you remember the pin you set up",
        ),
        answers=("{x}", "{x}", "it's {x}", "my pin is {x}", "i think it's {x}", "it should be {x}"),
        announcements=("my pin's {x}", "the pin i've been using is {x}", "i keep typing {x} and the machine won't take it"),
        read_out=("your temporary pin is {x}",),
    ),
    "OTP": Lines(
        questions=(
            "i just sent you a text with a code, what does it say", "read me the one time passcode",
            "what's the verification code you got", "can you tell me the six digit code we texted you",
            "a code should pop up on your cell, what is it", "did you get the access code, go ahead",
        ),
        answers=("{x}", "{x}", "it's {x}", "okay it says {x}", "i got {x}", "the code is {x}", "it just came, {x}"),
        announcements=("the text says {x}", "i have a code here {x}", "it sent me {x}"),
    ),
    "BANK_ACCOUNT": Lines(
        questions=(
            "what's the checking account number", "and the account number at the bottom of the check",
            "which bank account should the refund go to", "what account do you want it drawn from",
            "can i have your savings account number", "the account number for direct deposit",
        ),
        answers=("{x}", "{x}", "it's {x}", "the account's {x}", "checking is {x}", "let me see, {x}"),
        announcements=(
            "my bank account number is {x}", "take it out of my checking, that's {x}", "the savings account is {x}",
        ),
        read_out=("i have the checking account as {x}",),
    ),
    "ABA_ROUTING": Lines(
        questions=(
            "what's the routing number", "and the nine digits on the bottom left of the check",
            "what's your bank's routing and transit number", "do you know the a b a number",
        ),
        answers=("{x}", "{x}", "routing is {x}", "it's {x}", "that's {x}"),
        announcements=("the routing number is {x}", "routing {x}", "a b a is {x}"),
    ),
    "IBAN": Lines(
        questions=(
            "what's the iban", "can you read out your i b a n", "i need the international account number",
            "the iban on your statement",
        ),
        answers=("{x}", "{x}", "it's {x}", "iban is {x}"),
        announcements=("my iban is {x}", "send it to iban {x}"),
    ),
    "SORT_CODE": Lines(
        questions=(
            "what's the sort code", "and your sort code", "the six digit code of your branch",
            "can you confirm the sort code on your card",
        ),
        answers=("{x}", "{x}", "it's {x}", "sort code's {x}"),
        announcements=("the sort code is {x}", "sort code {x}"),
    ),
    "US_SSN": Lines(
        questions=(
            "what's your social security number", "can i have your social", "and your full social please",
            "i need your s s n to pull this up", "please verify your nine digit social", "and the social on the account",
        ),
        answers=("{x}", "{x}", "{x}", "it's {x}", "my social is {x}", "sure, {x}", "okay it's {x}"),
        announcements=(
            "my social security number is {x}", "my social's {x}", "if you need my social it's {x}", "s s n {x}",
        ),
    ),
    "SSN_LAST4": Lines(
        questions=(
            "what are the last four of your social", "and the last four digits of your social security number",
            "can you verify the last four of the primary's social", "just the last four of the s s n",
            "last four of the tax payer please",
        ),
        answers=("{x}", "{x}", "{x}", "it's {x}", "last four is {x}", "that's {x}", "sure {x}"),
        announcements=("the last four of my social is {x}", "last four of my social are {x}"),
    ),
    "TAX_ID": Lines(
        questions=(
            "what's the e i n for the business", "can i get your tax id", "and the federal tax i d number",
            "the employer identification number please",
        ),
        answers=("{x}", "{x}", "it's {x}", "our tax id is {x}"),
        announcements=("the e i n is {x}", "our federal tax number is {x}"),
    ),
    "PASSPORT": Lines(
        questions=(
            "what's your passport number", "can you read me the number in your passport",
            "and the document number on the passport", "which passport are you travelling on, the number please",
        ),
        answers=("{x}", "{x}", "it's {x}", "passport number {x}"),
        announcements=("my passport number is {x}", "the passport is {x}"),
    ),
    "DRIVER_LICENSE": Lines(
        questions=(
            "what's your driver's license number", "can i get the number off your license",
            "and the d l number", "your state i d or driver's license, what's the number",
        ),
        answers=("{x}", "{x}", "it's {x}", "license number is {x}", "okay, {x}"),
        announcements=("my driver's license is {x}", "my license number's {x}"),
    ),
    "MEDICAL_RECORD": Lines(
        questions=(
            "what's the medical record number", "do you have the m r n", "and the patient number on the wristband",
            "the chart number on your discharge papers",
        ),
        answers=("{x}", "{x}", "it's {x}", "m r n is {x}"),
        announcements=("my medical record number is {x}", "the m r n is {x}", "patient number {x}"),
        read_out=("i see the patient under record {x}",),
    ),
    "MEMBER_ID": Lines(
        questions=(
            "what's the member i d on your insurance card", "can you give me the subscriber number",
            "and your member number", "the policy holder's id please", "what's the id on the front of the insurance card",
        ),
        answers=("{x}", "{x}", "it's {x}", "member id {x}", "my id is {x}"),
        announcements=("my member number is {x}", "the insurance card says {x}", "subscriber id is {x}"),
    ),
    "ACCOUNT_NUMBER": Lines(
        questions=(
            "what's your account number", "do you have your account number handy", "and what account is this about",
            "the account number on top of your bill", "can i get the customer number", "which account are you calling on",
        ),
        answers=("{x}", "{x}", "it's {x}", "account number is {x}", "sure, {x}", "it says account {x}"),
        announcements=(
            "my account number is {x}", "i'm calling about account {x}", "account {x} is the one with the problem",
            "customer number {x}",
        ),
        read_out=("i have your account number as {x}", "your new account number is {x}"),
    ),
    "DOB": Lines(
        questions=(
            "what's your date of birth", "and your birthday", "can you verify your birth date", "when were you born",
            "date of birth please", "and the d o b on file", "what's the patient's birthday",
        ),
        answers=("{x}", "{x}", "{x}", "it's {x}", "my birthday's {x}", "i was born {x}", "that's {x}"),
        announcements=("my date of birth is {x}", "i was born on {x}", "birthday is {x}", "d o b {x}"),
    ),
    "PHONE": Lines(
        questions=(
            "what's a good callback number", "what's the phone number on the account", "can i get your phone number",
            "best number to reach you", "in case we get disconnected, what number are you at",
            "and your cell", "what mobile should we text", "what's your number starting with the area code",
        ),
        answers=(
            "{x}", "{x}", "{x}", "it's {x}", "my cell is {x}", "you can reach me at {x}", "sure, {x}", "area code {x}",
            "home phone is {x}",
        ),
        announcements=(
            "my phone number is {x}", "call me back at {x}", "my number's {x}", "i'm calling from {x}",
            "my cell's {x}", "text me at {x}",
        ),
        read_out=("i have your phone number as {x}", "is {x} still the right phone"),
    ),
    "EMAIL": Lines(
        questions=(
            "what's your email address", "what email should i send that to", "can you spell out the email for me",
            "and the e mail on the account", "where can i email the receipt",
        ),
        answers=("{x}", "{x}", "{x}", "it's {x}", "my email is {x}", "send it to {x}", "sure, that's {x}"),
        announcements=("my email address is {x}", "you can email me at {x}", "the email's {x}"),
        read_out=("i have the email as {x}",),
    ),
    "ADDRESS": Lines(
        questions=(
            "what's your home address", "what's the billing address", "where should we ship it",
            "can you verify the address on file", "and the street address", "what's the mailing address please",
        ),
        answers=("{x}", "{x}", "{x}", "it's {x}", "i live at {x}", "that's {x}", "send it to {x}", "my address is {x}"),
        announcements=(
            "i live at {x}", "my address is {x}", "i just moved to {x}", "please ship it to {x}", "we're at {x}",
        ),
        read_out=("i have you at {x}", "so we're shipping that to {x}"),
    ),
    "PERSON": Lines(
        questions=(
            "can i have your name please", "who am i speaking with", "and your first and last name",
            "what's the name on the account", "may i have your full name", "what's the name as it appears on the card",
            "who's the account holder", "can you spell your last name for me", "and your name is",
        ),
        answers=(
            "{x}", "{x}", "it's {x}", "my name is {x}", "this is {x}", "yeah it's {x}", "it's under {x}",
            "the name is {x}", "sure, {x}",
        ),
        announcements=(
            "hi my name is {x}", "this is {x}", "hi, it's {x} calling", "my name's {x}", "{x} here",
            "the account is under {x}", "i'm {x}", "you're speaking with {x}",
        ),
        read_out=("am i speaking with {x}", "i have the account holder as {x}"),
    ),
    "PASSWORD": Lines(
        questions=(
            "what's the password on the account", "do you have a verbal passcode set up", "and your security word",
            "what's the pass phrase you chose", "can you give me the account password",
        ),
        answers=("{x}", "{x}", "it's {x}", "i think it's {x}", "password is {x}"),
        announcements=("my password is {x}", "the password i used was {x}", "i log in with the password {x}"),
        read_out=("your temporary password is {x}",),
    ),
    "IP_ADDRESS": Lines(
        questions=(
            "what's the ip address it shows", "can you read me your i p address", "and the ip on that screen",
        ),
        answers=("{x}", "{x}", "it's {x}", "it says {x}"),
        announcements=("my ip address is {x}", "the router's ip is {x}"),
    ),
    "NUMBER": Lines(
        questions=(
            "what's the gift card number on the back", "can i get the vin off the dashboard",
            "what's your employee number", "and your student id number", "the policy number please",
            "what's your loyalty number",
        ),
        answers=("{x}", "{x}", "it's {x}", "okay, {x}"),
        announcements=("my policy number is {x}", "the gift card is {x}", "my employee number is {x}"),
    ),
}

_CODE_WORDS = {
    letter: (nato, plain)
    for letter, nato, plain in (
        ("a", "alpha", "apple"), ("b", "bravo", "boy"), ("c", "charlie", "cat"), ("d", "delta", "dog"),
        ("e", "echo", "edward"), ("f", "foxtrot", "frank"), ("g", "golf", "george"), ("h", "hotel", "henry"),
        ("i", "india", "ice"), ("j", "juliet", "john"), ("k", "kilo", "king"), ("l", "lima", "larry"),
        ("m", "mike", "mary"), ("n", "november", "nancy"), ("o", "oscar", "orange"), ("p", "papa", "peter"),
        ("q", "quebec", "queen"), ("r", "romeo", "robert"), ("s", "sierra", "sam"), ("t", "tango", "tom"),
        ("u", "uniform", "umbrella"), ("v", "victor", "victor"), ("w", "whiskey", "william"), ("x", "xray", "xray"),
        ("y", "yankee", "yellow"), ("z", "zulu", "zebra"),
    )
}

DEVELOPMENT = Family(
    name="development",
    seed=20261123,
    types=_TYPES,
    openings=(
        "thank you for calling {company}, this is {agent}, how can i help you today",
        "good morning, {company} customer care, {agent} speaking",
        "hi, thanks for calling {company}, my name is {agent}, what can i do for you",
        "{company}, how may i direct your call", "hello and welcome to {company}, you're talking to {agent}",
        "thanks for holding, this is {agent} with {company}",
    ),
    reasons=(
        "hi, i have a question about my bill", "yeah i was charged {amount} twice and i want it fixed",
        "hi, my order hasn't shown up yet, it was supposed to be here {date}", "i need to make a payment",
        "i lost my card last night and i need a new one", "i'm trying to update some of my information",
        "my internet's been down for {duration}", "i want to cancel my subscription",
        "i got a letter saying i owe {amount}", "i'd like to book an appointment", "the app locked me out again",
        "i'm calling about the claim i filed {duration} ago", "i was told to call back about order {order}",
    ),
    closings=(
        ("is there anything else i can help you with", "no that's everything, thank you"),
        ("you're all set", "great thanks, bye"), ("have a wonderful day", "you too"),
        ("you'll get an email within {duration}", "perfect, thanks so much"),
        ("give us a call if anything changes, we're open {hours}", "will do, bye now"),
    ),
    prefixes=("okay,", "great,", "alright,", "thank you,", "perfect,", "got it,", "thanks for that,", "no problem,"),
    suffixes=("please", "for me", "when you're ready", "so i can pull you up"),
    backchannels=("uh huh", "okay", "mm hmm", "got it", "yep", "go on", "right", "mm", "alright", "yes"),
    acknowledgements=("okay thank you", "perfect", "got it, thanks", "great", "thank you for that", "okay one moment"),
    read_backs=(
        "so that's {x}", "let me read that back, {x}", "okay i have {x}, is that right", "{x}, correct",
        "got it, {x}", "{x}",
    ),
    confirmations=("yes", "that's right", "correct", "yep that's it", "uh huh"),
    fillers=("uh", "um", "and then", "let's see", "then", "dash", "uh hold on", "okay"),
    corrections=(
        "no sorry {right}", "sorry, {right}", "no wait, {right}", "i mean {right}", "no, {right} not {wrong}",
        "oops, {right}", "sorry, not {wrong}, {right}",
    ),
    restarts=("sorry let me start over", "wait, that's the wrong one, it's", "hang on, let me do that again"),
    amends=("sorry the last part is {x}", "wait, i read that wrong, it ends {x}", "actually the end is {x}"),
    delays=(
        ("sure, let me get it", "take your time"), ("hold on, it's in my purse", "no rush"),
        ("one second, let me find my glasses", "that's fine"), ("okay, give me a minute", "of course"),
        ("it's in the other room", "i'll wait"),
    ),
    clarifications=(
        ("do you want the whole thing", "yes please"), ("which one, the new one", "the one you have there"),
        ("is this line secure", "yes it is"), ("why do you need that", "just to verify your account"),
    ),
    address_by_name=(
        "thank you, {title} {last}", "thanks {first}", "okay {first}, let me take a look", "alright {title} {last}",
        "i appreciate your patience, {title} {last}", "no worries {first}",
    ),
    exchanges=(
        Exchange("do you have the order number", ("yes it's {order}", "{order}", "order number {order}")),
        Exchange("what's the tracking number on the package", ("{tracking}", "tracking says {tracking}")),
        Exchange("do you have a confirmation number", ("{confirmation}", "yeah, {confirmation}")),
        Exchange("is there a case number", ("case {case}", "it's {case}", "they gave me {case}")),
        Exchange("what's the tracking number on the email", ("it's {tracking}", "{tracking}")),
        Exchange("how many would you like", ("{qty}", "{qty} please", "let's do {qty}")),
        Exchange("what time works for you", ("around {time}", "{time}", "{time} would be good")),
        Exchange("when did you buy it", ("back in {year}", "on {date}", "{duration} ago")),
        Exchange("what model is it", ("the {model}", "it's a {model}")),
        Exchange("how much were you charged", ("{amount}", "it was {amount}")),
        Exchange("how many people are in the household", ("{small}", "there's {small} of us")),
        Exchange("how long have you been a customer", ("since {year}", "{duration} i think")),
        Exchange("which floor is the apartment on", ("floor {small}", "the {small} floor unit")),
        Exchange("what are the last four of the card we charged", ("the card ending in {last4}",)),
    ),
    agent_benign=(
        "your balance is {amount}", "that comes to {amount} with tax", "your order number is {order}",
        "your confirmation number is {confirmation}", "it'll arrive {date}", "the driver comes between {window}",
        "we're open {hours}", "it takes about {duration}", "you get {percent} off", "i see the card ending in {last4}",
        "your case number is {case}", "for billing press {menu}", "the tracking number is {tracking}",
        "you're on the {speed} plan", "there's a {amount} late fee after {duration}", "i can take {percent} off of that",
        "it's been shipped, tracking {tracking}", "the technician is booked for {date} at {time}",
        "your contract runs through {year}", "i can see {small} open tickets",
    ),
    customer_benign=(
        "i've called {small} times already", "i paid {amount} last month", "i've been with you since {year}",
        "i bought the {model}", "they told me {duration}", "i ordered {qty} of them", "you said it would come {date}",
        "the sign says you close at {time}", "i pressed {menu} and nothing happened", "i have {small} kids at home",
        "my bill went up by {percent}", "i only get {speed}", "i waited {duration} on hold",
    ),
    payment_benign=(
        "so the total is going to be {amount}", "i'm charging {amount} today", "that will be {qty} payments of {amount}",
        "the payment posts in {duration}", "you save {percent} with autopay", "your next bill is due {date}",
    ),
    small_talk=(
        ("how's the weather over there", "it's about {small} degrees and raining"),
        ("did you catch the game", "yeah we lost by {small}"), ("sorry for the wait", "that's okay"),
        ("the system's a little slow today", "no problem"), ("bear with me", "sure"),
        ("any plans for the weekend", "my daughter turns {small} on saturday"),
        ("you've been very patient", "i have nowhere to be until {time}"),
    ),
    distractors=(
        ("my card was declined {small} times today", "that happens with some banks"),
        ("i never got the email", "check your spam folder"), ("what's the name of that form again", "the dispute form"),
        ("i forgot my password and the reset link expired after {duration}", "i can send a new one"),
        ("is the account number on the bill", "yes it's in the top corner"),
        ("do you ship to a p o box", "we do, within {duration}"), ("the phone rang {small} times", "it goes to the front desk"),
        ("my license expires this year", "you have until {date}"), ("should i give you the social now", "not yet"),
        ("i don't have my card with me", "that's okay, we can do it without"), ("did my address change go through", "on {date}, yes"),
        ("are you going to text me", "only if the payment of {amount} fails"), ("i called my bank first", "good idea"),
        ("my birthday party is {date}", "oh happy birthday"), ("it's a shared account", "that's not a problem"),
    ),
    spelled_as=("as in", "like", "for", "as in"),
    zip_questions=("and the billing zip code", "what's your zip", "and the zip code for that card"),
    styles={"single": 5, "mixed": 2, "pairs": 1.5, "natural": 1, "regrouped": 1},
    layouts={"spaces": 3, "dashes": 2, "joined": 3, "digits": 1.5, "commas": 1, "pairs": 0.6, "random": 1, "half": 1},
    zeros=(("oh",), ("zero",), ("oh", "zero")),
    treble=False,
    first_names=(
        "maria", "john", "david", "priya", "wei", "fatima", "carlos", "emily", "ahmed", "olga", "kenji", "aisha",
        "patrick", "susan", "miguel", "thanh", "ingrid", "kwame", "linda", "raj", "chloe", "dmitri", "yuki", "omar",
        "rebecca", "giovanni", "nadia", "tyrone", "sofia", "brian", "latoya", "hans", "mei", "deborah", "josé",
        "abdul", "karen", "sanjay", "michelle", "pavel", "gloria", "steven", "amara", "luis", "hannah", "goran",
        "shanice", "robert", "li", "agnes", "terrence", "valentina", "ravi", "kathleen", "jorge", "nicole", "ibrahim",
        "grace", "walter", "anh", "jessica", "mohammed", "paula", "sven", "denise", "rosa", "gregory", "simone",
    ),
    last_names=(
        "smith", "johnson", "garcia", "nguyen", "patel", "kim", "kowalski", "okafor", "rodriguez", "chen", "hernandez",
        "williams", "müller", "ivanov", "khan", "sato", "o'brien", "martinez", "jones", "singh", "silva", "johansson",
        "mensah", "rossi", "dubois", "brown", "park", "ali", "lopez", "murphy", "schmidt", "tanaka", "wilson", "tran",
        "fernandez", "davis", "novak", "hassan", "taylor", "wang", "moreau", "adeyemi", "anderson", "gupta", "ramirez",
        "petrov", "thompson", "haddad", "miller", "costa", "lee", "jackson", "yamamoto", "abebe", "clark", "lindgren",
        "delgado", "robinson", "kaplan", "vega", "campbell", "osei", "fischer", "morris", "castillo", "banerjee",
    ),
    agents=("kevin", "tanya", "marcus", "jenny", "paul", "vanessa", "derek", "monica"),
    companies=("riverbank credit union", "brightline energy", "northstar mobile", "acme outfitters", "valley health"),
    cities=(
        "tucson arizona", "columbus ohio", "portland oregon", "dallas texas", "tampa florida", "denver colorado",
        "raleigh north carolina", "fresno california", "albany new york", "omaha nebraska", "savannah georgia",
        "madison wisconsin", "richmond virginia", "boise idaho", "toledo ohio",
    ),
    streets=(
        "maple", "oak hill", "main", "cedar ridge", "washington", "lincoln", "birch", "sunset", "park", "willow creek",
        "jefferson", "pine", "north fifth", "riverside", "church", "highland", "meadow", "second",
    ),
    street_types=("street", "avenue", "road", "drive", "lane", "court", "boulevard", "st", "ave"),
    domains=("gmail.com", "hotmail.com", "yahoo.com", "outlook.com", "aol.com", "comcast.net"),
    pass_words=(
        "blue", "tiger", "sunshine", "dragon", "mustang", "coffee", "rainbow", "purple", "monkey", "winter", "pepper",
        "rocket", "banana", "silver",
    ),
    models=("iphone fourteen", "galaxy s twenty one", "model three", "windows eleven", "series five hundred"),
    code_words=_CODE_WORDS,
)
