"""What the tuning family "lagoon" says around the secrets: greetings, harmless questions, chatter, and its names."""

# ruff: noqa: E501
# fmt: off

import re
from typing import Any

from evals.redaction.families import Exchange


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a block, set apart by bars and line ends."""
    return tuple(part.strip() for part in re.split(r"[|\n]", text) if part.strip())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """One pair a line, its sides set apart by a bar."""
    pairs = (line.split("|") for line in text.strip().splitlines())
    return tuple((one.strip(), two.strip()) for one, two in pairs)


def _exchanges(text: str) -> tuple[Exchange, ...]:
    """One exchange a line: the question, then its answers."""
    lines = (phrases(line) for line in text.strip().splitlines())
    return tuple(Exchange(line[0], line[1:]) for line in lines)


_EXCHANGES = _exchanges("""
    which order is it about | {order} | order {order} | it's {order}, the one from last week
    do you have the number of the order to hand | yes it's {order} | {order} | the e-mail says {order}
    what's the tracking number on the e-mail | {tracking} | it says {tracking} | tracking {tracking}
    can you read me the tracking off the courier's card | {tracking} | sure, {tracking}
    is there a code on the box, a confirmation one | {confirmation} | yeah it's {confirmation}
    what's the booking reference | {confirmation} | reference is {confirmation} | it's {confirmation}
    did they give you a confirmation number when you ordered | {confirmation} | yes, {confirmation} | confirmation {confirmation}
    do you have a case number from last time | {case} | case {case} | they said {case}
    what was the ticket they raised for you | ticket {case} | {case} i think
    is there a reference on the complaint letter | {case} | the reference is {case}
    which invoice are you disputing | invoice {order} | {order}, it came on {date}
    what's the work order on the slip the engineer left | {order} | it says {order}
    how much was the charge | {amount} | it was {amount} | something like {amount}
    what amount are you seeing | {amount} | there's {amount} and then another {amount}
    how much would you like to pay today | {amount} | let's do {amount} | just {amount} for now
    what was the last bill | {amount} | around {amount}
    how much did the shop quote you | they said {amount} | {amount} plus tax
    how many do you need | {qty} | {qty} please | make it {qty}
    how many boxes arrived | only {qty} | {qty} out of {qty}
    and the quantity on line two | {qty} | should be {qty}
    how many people are travelling | {small} of us | {small} | there's {small}
    how many phones are on the plan | {small} | {small} lines
    when would you like the delivery | {date} | {date} if you can | how about {date}
    what date is the appointment | {date} | it's {date} at {time} | {date} i believe
    when did you place the order | {date} | on {date} | must have been {date}
    when did the trouble start | {date} | about {duration} ago | since {date}
    what day does your payment come out | {date} | on {date} usually
    what time suits you | {time} | after {time} | {time} would be great
    what time was the driver supposed to come | between {window} | {time} | they said between {window}
    would you like the morning or the afternoon slot | between {window} please | the one at {time}
    how long have you been on hold | {duration} | oh, {duration} at least
    how long have you been a customer | {duration} | since {year}
    how long have you had the phone | {duration} | about {duration}
    which phone model is it | a {model} | it's the {model} | {model} i think
    what model does it say on the label | {model} | it's {model}
    which router have they given you | the {model} | a {model}
    what year is the car | {year} | it's a {year}
    when did you buy the house | {year} | back in {year}
    what speed are you getting | {speed} | barely {speed} | it says {speed}
    what speed are you paying for | {speed} | {speed} supposedly
    what's the name of the plan you're on | the family one, {amount} a month | not sure, it's {speed}
    what discount did they promise | {percent} | {percent} off | {percent} for a year
    what rate is the loan at | {percent} | {percent} fixed
    which option did you press to get here | {menu} | option {menu} | i pressed {menu} then {menu}
    which number on the menu did the machine give you | {menu} | {menu} for billing
    what does your card end in, just the ending | {last4} | ends in {last4} | the one ending {last4}
    is it the card ending in {last4} | yes that one | no, the one ending {last4}
    who's your account manager | no idea | i've never had one
    have you got it saved in your address book | yes i do | i think so
    is the pin pad lit up at all | no it's dead | it flashes then stops
    did the card expire or did the bank stop it | the bank stopped it | it just ran out
    is that the number on the account or the order | the order, {order} | order i think, {order}
    would you rather have it by e-mail or in the post | e-mail's fine | post please
    is the name on the order the same as on the account | yes | it's my wife's order
    are you near the router now | yes | give me a second, yes
    how many bars do you get | {small} | {small} upstairs
    how many times has it been declined | {small} times | {small} since {date}
    which gate does it leave from | {small} | gate {small} at {time}
    what size did you order | size {small} | a {small}
    how many miles do you drive a year | not many | maybe {qty} a week
    what floor is it on | the ground floor | floor {small}
""")

_AGENT_BENIGN = phrases("""
    your order number is {order} | that order, {order}, left us on {date} | the tracking on the parcel is {tracking} | tracking number {tracking}, that's with the courier
    i'll put the tracking number in the e-mail to you, it's {tracking} | your confirmation is {confirmation} | please jot down confirmation {confirmation}
    the case is {case} in case you ring again | i've raised ticket {case} | your complaint reference is {case} | quote {case} if anybody asks
    the total comes to {amount} | there's a late fee of {amount} | so that's {amount} today and {amount} next month | you're owed {amount}
    the balance is {amount} as of {date} | your refund of {amount} takes {duration} | it normally takes {duration} | that'll be with you within {duration}
    it's coming on {date} between {window} | the engineer can do {date} at {time} | our lines are open {hours} | the store's open {hours}
    i can do {percent} off for {duration} | the rate goes to {percent} on {date} | you'd be on {speed} for {amount} a month | the line is running at {speed}
    i can see {qty} in stock | we've {qty} left in that colour | there's a limit of {small} per household | you've {small} payments to go
    we've the {model} for {amount} | that's the {model} you've got there | the {model} came out in {year} | your contract started in {year}
    the card on file ends in {last4} | i see autopay on the card ending {last4} | press {menu} next time and you'll come to us direct | option {menu} is for repairs
    your account manager will give you a ring on {date} | you'll find the code on the box, it's there so the driver can scan it | the name of the plan is on page {small}
    you can keep your phone, only the plan changes | your card will arrive in {duration} and the pin in a separate letter | the old card stops working when you activate the new
    we'd never ring and ask for a passcode | you can change the address in your address book online | nobody's logged in on the account since {date}
    the date of the appointment is {date} | invoice {order} was paid on {date} | that invoice, {order}, came to {amount}
    the pin pad in the store was down that day | i've noted the account and the case is {case} | the number of the order's {order} and the ship date's {date}
    it shows {small} attempts at {time} | i've taken off {amount}, that's {percent} | your appointment reference is {confirmation}
    the meter was last read on {date} | warranty runs for {duration} from {date} | you have {small} nights booked from {date} | the flight leaves at {time} on {date}
""")

_CUSTOMER_BENIGN = phrases("""
    my order is {order} | i'm chasing order {order} | the order was {order} and it was {amount} | the tracking number in the e-mail is {tracking}
    it says tracking {tracking} but nothing's moved | i've got confirmation {confirmation} here | the last person gave me case {case} | my ticket's {case}
    i was told reference {case} | invoice {order} is wrong | i was charged {amount} twice | you took {amount} on {date} | there's {amount} i don't recognise
    my bill went from {amount} to {amount} | i only ordered {qty} | you sent {qty} and i wanted {qty} | it was due {date} | they said between {window} and nobody came
    i waited till {time} | i've been on hold {duration} | it's been {duration} and nothing | i've been with you {duration} | i joined in {year}
    i was promised {percent} off | the fella said {speed} and i'm getting {speed} | my phone's a {model} | it's the {model}, not the {model}
    i pressed {menu} and then {menu} and got cut off | your hours say {hours} | my card got declined {small} times | the card ending {last4} is the one you charged
    my card expires soon so they said a new one's on the way | i never got the pin in the post | the pin pad in your shop ate my card | my account manager never rings back
    the code on the box is {confirmation}, if that's any use | i don't even know the name of the plan i'm on | somebody deleted my whole address book
    i've to be at work for {time} | we're away from {date} | i've {small} kids so evenings are better | i paid {amount} on {date} | the car's from {year}
    the appointment's at {time} on {date} | my neighbour got it for {amount} | i emailed you {small} times and no answer | i've called {small} times about order {order}
    it's a two bed flat so i don't need {speed} | the passport office took {duration} | the website just says try again in {duration}
    i already gave all my details to the lady before you | the interest's gone up to {percent} | order {order}, that's with {qty} items | there's an extra {amount} on it for shipping
    the hospital car park charged me {amount}
""")

_PAYMENT_BENIGN = phrases("""
    the amount due today is {amount} | so i'll be taking {amount} | that's {amount} including tax | with shipping it's {amount} | there's a fee of {amount} for paying by phone
    i see a card ending in {last4} on file but it's run out | the one ending {last4} was declined | this payment covers order {order} | it's for invoice {order}
    the minimum's {amount} and the full balance is {amount} | your discount of {percent} is in there | i've split it in {small} payments of {amount}
    that'll clear in {duration} | it'll go out on {date} | we take visa, mastercard and amex | the recording pauses while we do this
    you'll get a receipt with confirmation {confirmation} | you won't be charged until {date} | the deposit's {amount} and the rest is due {date}
    if the first try fails the bank may hold {amount} for {duration} | there's a surcharge of {percent} on credit cards | you've {qty} items in there at {amount} each
    let me open the payment page, it takes a moment | this is a one time charge of {amount} | the plan is {amount} a month for {duration}
    your last payment was {amount} on {date} | i can set it up for {date} every month | that brings the account up to date | i've to read you a little statement first
    the card needs to have at least {amount} on it | points would knock {amount} off that
""")

_SMALL_TALK = _pairs("""
    how's the weather with you | oh it's bucketing down
    sorry, my computer's crawling today | no worries, take your time
    bear with me, it's just loading | you're alright
    have you got any plans for the long weekend | we're off to the beach with the kids
    is it warm over there yet | it's about {small} degrees, so no
    is that a dog i can hear | yeah sorry, he hates the postman
    how's your day going so far | busy, but can't complain
    you've been very patient | well i've had {duration} of practice
    did you catch the game last night | i fell asleep at half time
    i'm just typing that up | you do what you need to do
    thanks for waiting, it's been mad today | i can imagine
    sounds like you've got your hands full | twins, they're {small}
    i love that name by the way | thanks, it was my nan's
    are you driving at the moment | no, parked up outside the store
    we had a power cut here earlier | oh no, us too, for {duration}
    is the line any better now | yeah you're clear now
    whereabouts did you grow up | out in the country, sheep everywhere
    the system's thinking about it | mine does that all day
    i used to have that phone | really, the {model}
    it won't be much longer | that's grand
    anything nice for dinner | leftovers from {date}
    i'll have you sorted in no time | you're a star
    sorry for the background noise | it's fine, i've a toddler here
    almost the end of my shift | lucky you, i'm on till {time}
    oh i've been there, it's lovely | we go every year since {year}
    just bringing up your details | righto
    the new page looks different, i'm still learning it | aren't we all
    happy friday | about time too
    it's the holidays, everyone's calling | figures
    i hear you're having a heatwave | it was {small} in the shade, kidding
    i've a cousin out your way | small world
    have you used the app at all | i'm hopeless with apps
""")

_DISTRACTORS = _pairs("""
    is the tracking number on the e-mail you sent | yes it's near the bottom, {tracking}
    what's the code on the box for | that's just the courier's, {confirmation}
    do you want the number of the order | yes go on, what was it
    so when does my new card come | within {duration}
    does it matter that the card expires next month | no, we'll update it by itself
    can i speak to my account manager | they're back on {date}
    could you take my ex out of the address book | you can do that in the app
    what's the name of the plan with the streaming | the big one, {amount} a month
    the pin pad at your store wasn't working | i'm sorry, that was fixed on {date}
    what phone model do i get for that | the {model}
    can you remind me the date of the appointment | it's {date} at {time}
    will you need my passport to pick it up | any photo id is fine
    do i have to give you my social | no, not for this
    is my account number going to change | no that stays the same
    is the pin the same for both cards | it can be, up to you
    my card got declined three times, why's that | it looks like the bank did it on {date}
    is that the number on the account or the order | the order, {order}
    do you phone me or do i phone you | we'll ring between {window}
    what's the i p thing on the bill | that's the internet line, {amount}
    will somebody e-mail me the ticket | yes, ticket {case}, in about {duration}
    does the password have to have a number in it | at least {small} characters is all
    what's a routing number anyway | it tells us which bank you're with
    how do i find my member number | it's on the front of your card
    why did you send me {small} codes | the system retries, you can ignore those
    how many digits should it have | usually {small} or so
    i can't find my licence just now | no rush, we can do that later
    so which account does the {amount} come off | the one ending {last4}
    did the address on the parcel look right | yes it went out on {date}
    my birthday's coming up, do i get a discount | ha, there's {percent} off in the app
    does the gift card run out | after {duration}
    what's the security deposit | it's {amount}
    is my name spelled right on the ticket | looks right to me
    who signed for it | it only says {date} at {time}
    is there a code for the discount | no, it's {percent} by default
    what number do i press next time | {menu}
    does the insurance card come in the post | yes in {duration}
    how long is the passcode good for | {duration}
    do i need the sort code for a refund | no, it goes back on the card ending {last4}
""")

_DELAYS = _pairs("""
    hang on, it's in the other room | take your time
    give me a sec, i need my glasses | no rush at all
    let me find my purse | i'll wait
    just a moment, i'm pulling over | of course, be safe
    bear with me, my bag's in the car | that's alright
    one second, someone's at the door | go ahead
    i'll have to look it up on my phone | sure thing
    i've got it written down somewhere | okay, i'm here
    hold the line, i'll ask my husband | no problem
    wait, let me put you on speaker | i can still hear you
    i need to log in for that | whenever you're in
    ooh, let me think | no pressure
    it's in a drawer, i'll just go and get it | lovely
    my screen is locked, one tick | okay
    hang about, the baby's woken up | oh bless
    i'm just scrolling back for it | mhm
    let me dig out the letter | thank you
    hold on, i dropped the phone | are you back
    i know i had it here a minute ago | happens to all of us
    let me grab a pen first, no wait, the paperwork | ready when you are
    you'll have to give me a minute | sure, no hurry
    the light's terrible in here, hang on | okay
""")

_CLARIFICATIONS = _pairs("""
    sorry, which one do you mean | the one i just asked about
    do you want all of it | yes please, the whole thing
    mine or my wife's | yours please
    is that the one on the letter | that's it
    sorry, you broke up there | i said could you read that out to me
    do you need the letters too | yes, everything
    what's that for | it's only to make sure it's you
    the old or the new | the new please
    with the zeros at the start | yes, just as it's written
    do you want it slowly | that would help, yes
    the one on the card or on the bill | whichever you've got
    is it safe to say that over the phone | it is, the recording masks it
    why do you need that again | the system makes me ask everybody
    what did you say | just what i asked you for a second ago
    that's the long one, right | yes, the long one
    can't you see that on your side | i'm not able to, i'm afraid
    front or back | the side i mentioned
    where do i find that | it should be printed on it
    do you mean the current one | yes the current one
    i gave it to the last guy, do i have to again | i'm sorry, yes please
    both of them | just the first one for now
    in full | in full, yes
""")

_CODE_WORDS: dict[str, tuple[str, ...]] = {
    "a": ("alpha", "apple"), "b": ("bravo", "boy"), "c": ("charlie", "cat"),
    "d": ("delta", "dog"), "e": ("echo", "egg"), "f": ("foxtrot", "frank"),
    "g": ("golf", "george"), "h": ("hotel", "harry"), "i": ("india", "ice"),
    "j": ("juliet", "john"), "k": ("kilo", "kate"), "l": ("lima", "lemon"),
    "m": ("mike", "mary"), "n": ("november", "nancy"), "o": ("oscar", "orange"),
    "p": ("papa", "peter"), "q": ("quebec", "queen"), "r": ("romeo", "robert"),
    "s": ("sierra", "sam"), "t": ("tango", "tom"), "u": ("uniform", "uncle"),
    "v": ("victor", "violet"), "w": ("whiskey", "william"), "x": ("x-ray", "xylophone"),
    "y": ("yankee", "yellow"), "z": ("zulu", "zebra"),
}

_FIRST = """
    amara benedict chloe dmitri esperanza fergus giulia hamza imogen joaquin keiko leopold maeve nikhil ottoline pascal
    quentin rosalind siobhan tariq ursula viktor winifred xiomara yusuf zsofia aoife bartholomew carmela desmond
    eleni farouk gwendolyn hiroshi ines jarrah kwame lachlan marisol nadia olumide priscilla rafael svetlana tobias
    una vikram wendell ximena yolanda zainab anneliese bryony caspian delphine emeka fiona gustavo hyacinth isadora
    jemima kofi lorraine mateusz noor orla petra rashida stellan tamsin umberto verity wilhelmina yasmin zeke alasdair
    bernadette cormac dahlia ezekiel florence guillermo henrietta ignacio jocelyn khadija leilani magnus ngozi odette
    phineas rhiannon sanjay theodora ulrich valentina winston ayumi brunhilde catriona danilo elspeth foster
"""
_LAST = """
    abernathy baptiste castellanos drummond esposito fitzgibbon gunawardena haverford ivanova jablonski kowalczyk
    lindqvist mbeki nakashima okafor pemberton quintero rasmussen sokolov tredwell uchida vandermeer whitlock xu
    yamamoto zielinski achebe bhattacharya calloway delacroix ekstrom farquhar gallagher hashemi ishikawa jaramillo
    kaplan lombardi mcallister nwosu olofsson petrakis quigley rosenthal szabo tanaka urquhart villanueva weatherby
    yilmaz zamora ashworth bellweather cavanagh dhillon eberhardt fonseca greenhalgh hollingsworth iqbal jeppesen
    krishnan loughlin madrigal ndiaye obradovic pritchard radcliffe sandoval thistlewood underhill valdivia wojcik
    yeo zimmerman arsenault birdsong chaudhry dubois echeverria fairweather gatsby hernandez inglethorpe jankowski
    khoury lazarus montgomery novak orchard papadakis ramaswamy sutcliffe trevino usman vasquez wexford yarrow zhang
    blackwood cromwell donoghue
"""

TALK: dict[str, Any] = {
    "openings": phrases("""
        thanks for calling {company}, this is {agent}, what can i do for you | {company}, {agent} speaking | good morning, you're through to {agent} at {company}
        hi, {agent} here from {company}, how can i help | hello and welcome to {company}, my name's {agent} | {company} customer care, {agent} on the line
        thank you for holding, you've reached {company}, it's {agent} | g'day, {company}, {agent} speaking, how are you going | good afternoon, {company}, how may i direct your call
        {company} billing, this is {agent} | hello, you're speaking with {agent}, how's your day been | {company}, sorry about the wait, it's {agent}
    """),
    "reasons": phrases("""
        hi, my parcel never turned up | i want to pay my bill please | i've moved and need to change things over | my internet keeps dropping | i think somebody's used my card
        i'd like to order some more of the same | i want to cancel | i've been charged {amount} and i don't know why | i'm locked out of my login | i want to claim on my policy
        i'm calling about an appointment on {date} | the order's {order} and it's late | i'd like to set up a direct debit | i need to add someone on my plan
        my phone got stolen | i'm ringing to register | i'd like a refund on {order} | i got a letter from you saying call | the thing i bought doesn't work, the {model}
        i've got a question about my statement | hey yeah i just want to check something on my account
    """),
    "closings": _pairs("""
        is there anything else i can do for you | no, that's everything, thanks
        you're all set | brilliant, cheers
        have a lovely day | you too, bye
        thanks for calling {company} | thank you, bye now
        you'll hear from us in {duration} | great, thanks a lot
        that's all done, your reference is {case} | let me write that down, ta
        it's been a pleasure | thanks for your help {agent}
        take care now | bye bye
        anything else at all | nope, that'll do me
        no worries, see how you go | good on you, thanks
    """),
    "prefixes": phrases("""
        okay, | alright, | perfect, and | sure, | no problem, | right then, | lovely, and now | great, so | thanks for that, | and next,
        let me see, | happy to help with that, | before we go on, | if you don't mind, | so for me to get in, | just quickly, | one more thing, | awesome,
        moving along, | i'm sorry to ask, | while that loads, | to finish up, | no worries, | for security,
    """),
    "suffixes": phrases("""
        please | if you can | for me | whenever you're ready | thank you | if that's alright | when you get a sec | do you know | there | at all | today | love | mate
    """),
    "backchannels": phrases("""
        mhm | uh huh | yep | okay | got it | right | go on | yes | with you | following | i'm with you | and then | carry on | keep going | sure | got that bit
        yeah | ok and the rest | alright | next | mm | i'm listening | go ahead
    """),
    "acknowledgements": phrases("""
        perfect, thanks | got it | lovely, that's in | okay great | thank you very much | brilliant | that matches | wonderful, i've got you | cheers for that
        alright, i've popped that in | super | thanks, bear with me | good stuff | that's gone through | excellent | okay, it's taken that | beautiful | ta
        no worries, that's come up | right, there you are | awesome, thank you | great, one moment | that's all i needed
    """),
    "read_backs": phrases("""
        so that's {x} | let me read it back, {x} | okay {x}, is that right | i've got {x} | just checking, {x} | {x}, yeah | that was {x} | did you say {x}
        to confirm, {x} | i heard {x} | right, so {x} | and that's {x}, correct | so i've put {x} | {x}, have i got that | reading back {x}
        okay repeating, {x} | i make that {x} | {x}, did i catch it all | sorry, {x} was it | let me check that, {x} | on my screen it's {x} now
    """),
    "confirmations": phrases("""
        yes | that's right | yep, that's it | correct | spot on | uh huh | yeah perfect | exactly | that's the one | you got it | sounds right | yes it is | right | too right
    """),
    "fillers": phrases("um | uh | er | then | and then | let me see | and | you know | so | hmm | like | after that"),
    "corrections": phrases("""
        no sorry, {right} | i mean {right} | wait, {right} | not {wrong}, {right} | oops, {right} | sorry that's {right} | no, {right} not {wrong}
        actually {right} | hang on, {right} | er make that {right} | i said {wrong} but it's {right} | scratch that, {right} | ah no, {right}
        my bad, {right} | no no, {right} | it's {right}, not {wrong} | let me fix that, {right} | i beg your pardon, {right} | or rather {right}
        change that {wrong}, to {right} | did i say {wrong}, i meant {right} | whoops, should be {right}
    """),
    "restarts": phrases("""
        hang on, let me start over | sorry, i'll begin again | no wait, from the top | i lost my place, again | scrap that, starting again | oh no, that's the wrong line
        let me do that again | hold on, once more | sorry, back to the start | no, ignore that | i've messed it up, it's | wait, i'll go again | that's not it, here
        whoops, from the beginning | let me try that again | forget that, it's | okay take two | start again, sorry | um, no, let me reread it | i skipped one, so again
        hmm no, wrong one, it's
    """),
    "amends": phrases("""
        sorry, the end is {x} | wait, the last bit's {x} | oh hang on, it ends {x} | i mean the last part's {x} | make that {x} at the end | it should finish {x}
        no the last ones are {x} | oh sorry, {x} to finish | and i think that last bit was {x} | actually the end bit is {x} | i read that wrong, ends in {x}
        the last few were {x} | let me correct that, {x} at the end | hold on, the final part is {x} | whoops, {x} for the last lot | it's {x} on the end, sorry
        did i say {x} at the end, it should be that | just to be sure the end's {x} | ah, last bit again, {x} | my mistake, it finishes with {x} | i should've said {x} last
    """),
    "delays": _DELAYS, "clarifications": _CLARIFICATIONS,
    "address_by_name": phrases("""
        thanks {first} | okay {first}, i'm with you | lovely to speak to you, {title} {last} | alright {title} {last}, let me look | no worries {first} | i see, {first}
        that's great {title} {last} | right {first}, almost there | bear with me, {first} | thank you, {title} {last} | {first}, are you still there | so {first}, what happened next
        perfect {first}, one more bit
    """),
    "exchanges": _EXCHANGES, "agent_benign": _AGENT_BENIGN, "customer_benign": _CUSTOMER_BENIGN, "payment_benign": _PAYMENT_BENIGN,
    "small_talk": _SMALL_TALK, "distractors": _DISTRACTORS,
    "spelled_as": ("as in", "for", "like", "as in", "is for", "like in"),
    "zip_questions": phrases("""
        and the zip for that card | what zip code does the card go to | the postcode on the bill | your zip please | and the billing zip | which zip is the statement sent to
        zip code for the card | what's the postal code on it | and the five digit zip | where's that card registered, just the zip
    """),
    "styles": {"single": 0.46, "pairs": 0.17, "natural": 0.1, "mixed": 0.15, "regrouped": 0.12},
    "layouts": {
        "joined": 0.24, "groups": 0.24, "dashes": 0.1, "dots": 0.02, "slashes": 0.01, "digits": 0.08, "commas": 0.05, "spelled_commas": 0.05,
        "pairs": 0.05, "random": 0.08, "random_dashes": 0.03, "thousands": 0.02, "half": 0.03,
    },
    "zeros": (("zero",), ("oh",), ("o",), ("zero", "oh"), ("nought",), ("oh", "zero", "nought"), ("zero", "zero", "oh")),
    "treble": True,
    "first_names": phrases(_FIRST.replace(" ", "|")), "last_names": phrases(_LAST.replace(" ", "|")),
    "agents": phrases("ruby|marlon|tess|gareth|anita|cody|philippa|jerome|mei|stacey|angus|renata|dwayne|holly|sunil|bianca"),
    "companies": phrases("""
        bluegum energy | harrow and finch | maple ridge credit union | tidewater telecom | sandpiper insurance | cobalt mobile | juniper health | wattle water
        redfern airways | larkspur bank | pinecrest pharmacy | northgate broadband | kestrel car hire | old mill furniture | beacon dental | peppercorn books
    """),
    "cities": phrases("""
        tucson arizona | leeds | saskatoon | geelong | boise idaho | dundee | halifax nova scotia | wagga wagga | duluth minnesota | norwich | moncton | fremantle
        baton rouge louisiana | swansea | kelowna | launceston | spokane washington | derby | sudbury | toowoomba | albany new york | savannah georgia | cork
        madison wisconsin | hull | lethbridge | eugene oregon | cairns
    """),
    "streets": phrases("""
        wattlebird | cinnamon | old quarry | saint aidan's | larch | meeting house | gumtree | birchmount | kingfisher | cattle ridge | harbourview | poplar hill | dover
        bramble | stony brook | currawong | tannery | prince albert | mulberry | rosella | chestnut grove | windmill | copperfield | yarra | ferry | loganberry | bishop | timberline
    """),
    "street_types": ("street", "road", "avenue", "lane", "drive", "close", "court", "crescent", "way", "terrace", "boulevard", "parade", "place"),
    "domains": (
        "gmail.com", "hotmail.co.uk", "bigpond.com", "shaw.ca", "outlook.com", "yahoo.com", "btinternet.com", "icloud.com", "aol.com",
        "optusnet.com.au", "rogers.com", "comcast.net", "proton.me", "sky.com",
    ),
    "pass_words": phrases("""
        wombat|thunder|pickle|lighthouse|marmalade|cobweb|trombone|velvet|puffin|gravel|snowdrop|biscuit|tornado|lantern|pelican|mustard|saffron|cactus|driftwood|bumblebee
        walnut|compass|meringue|otter|quicksand|pumpkin|harmonica|teacup
    """),
    "models": phrases("""
        galaxy s twenty two | i phone fourteen | pixel seven a | netgear r seven thousand | bosch series six | dyson v eleven | thinkpad x one | roomba six ninety
        canon g thirty | kindle ten | moto g sixty | hisense u eight | lg c three | ford focus | xbox series x
    """),
    "code_words": _CODE_WORDS,
}
