"""How Orchard's callers and agents talk around a secret: benign numbers, chatter, corrections and names."""

# Long rows of short wordings are read across.
# ruff: noqa: E501
# fmt: off

from evals.redaction.families import Exchange, Lines

EXCHANGES: tuple[Exchange, ...] = (
    Exchange("how many of the {model} were you after", ("just {qty}", "{qty} if you've that many", "um make it {qty}")),
    Exchange("what's the order number on the docket", ("{order}", "the docket says {order}", "it's order {order}")),
    Exchange("have you got a tracking number from the courier", ("yeah {tracking}", "the email has {tracking}", "{tracking} it says here")),
    Exchange("what reference did my colleague give you", ("{case}", "she told me {case}", "reference {case} i wrote down")),
    Exchange("and your booking reference", ("{confirmation}", "it's {confirmation}", "the locator's {confirmation}")), Exchange("what was the fault reference you got by text", ("the fault one's {case}", "{case}")),
    Exchange("when did the light first go red", ("{date}", "must have been {date}", "around {time}")), Exchange("what day would suit for the engineer", ("{date}", "{date} if there's a slot", "can he do {date}")),
    Exchange("morning or afternoon for the fitter", ("between {window} suits", "afternoon", "after {time} please")),
    Exchange("what are you paying at the moment", ("{amount} a month", "about {amount}", "i think {amount} but it goes up")),
    Exchange("how much did they quote you in the shop", ("{amount}", "{amount} and that was with the discount")),
    Exchange("what does the speed test come back with", ("{speed} on a good day", "i'm getting {speed}", "barely {speed}")),
    Exchange("how long has it been out for", ("{duration}", "{duration} now", "on and off for {duration}")), Exchange("which model is the handset", ("the {model}", "it's a {model} i think", "{model}")),
    Exchange("how many people are in the house", ("{small} of us", "{small}", "just the {small}")), Exchange("how many bags are you checking in", ("{small}", "{small} each", "only {small}")),
    Exchange("what reading is showing on the dial, the red ones you can skip", ("i'd have to get a torch", "can the man not read it himself")),
    Exchange("which option did you press to get here", ("option {menu}", "{menu} i think", "i pressed {menu} then {menu}")),
    Exchange("what row would you like", ("row {small}", "anywhere near the front", "{small} if it's free")), Exchange("what size is it you take", ("a {small}", "size {small}", "they come up big so {small}")),
    Exchange("what year was the boiler put in", ("{year}", "around {year}", "{year} with the extension")), Exchange("when did you join us", ("{year}", "back in {year}", "it was {year}")),
    Exchange("how many pages is the letter", ("{small}", "{small} and a slip")), Exchange("what time did he say he'd call", ("{time}", "he said {time}", "half an hour ago")),
    Exchange("and what percentage did they promise off", ("{percent}", "{percent} for the first year")), Exchange("what's the invoice number at the top", ("invoice {order}", "{order}", "it's {order}, dated {date}")),
    Exchange("was there a ticket raised for that", ("yes ticket {case}", "{case}", "they said {case} but nothing happened")),
    Exchange("which flight were you on, the departure", ("the {time} one", "it left at {time}, supposed to anyway")), Exchange("how late were you getting in", ("{duration}", "{duration} all in")),
    Exchange("how far along is she", ("{duration}", "nearly {duration}")), Exchange("what did the bill come to", ("{amount}", "{amount}, last time it was {amount}")),
    Exchange("how many radiators", ("{small}", "{small} and a towel rail")), Exchange("what's the return number on the label", ("{order}", "return {order}")),
    Exchange("how many text messages did you send abroad", ("{qty} maybe", "not {qty} anyway")), Exchange("what's the largest parcel, in centimetres", ("{qty} by {qty}", "about {qty} across")),
    Exchange("how often are the tablets taken", ("every {small} hours", "{small} a day")), Exchange("what was your rating for the last visit", ("{small} out of ten", "a {small}")),
    Exchange("what does the confirmation say on the screen", ("it says {confirmation}", "confirmation {confirmation}")),
    Exchange("and the card ending {last4}, is it still the one to use", ("yes that's grand", "no that one got cancelled", "aye the same")),
    Exchange("do you want to keep the card ending in {last4} on there", ("yeah keep it", "leave it on", "no take it off")),
    Exchange("how many instalments did you want", ("{small}", "over {small} months", "{small} please")), Exchange("what floor are you on in the hospital", ("the {small}", "floor {small}")),
    Exchange("which ward was she on", ("ward {small}", "can't remember, {small} maybe")), Exchange("what's the engineer's ticket", ("{case}", "on the card he left, {case}")),
    Exchange("how many amps on the fuse", ("{small}", "it says {qty}")), Exchange("what did you get for the old phone", ("{amount}", "only {amount}")),
    Exchange("is the tariff the twelve month or the twenty four", ("the {duration}", "the longer one, {duration}")), Exchange("how much is in the meter", ("{amount}", "it's on {amount} and beeping")),
    Exchange("what was the exit fee they mentioned", ("{amount}", "{amount} a fuel")), Exchange("when's the appointment letter for", ("{date} at {time}", "{date}")),
    Exchange("what time's the surgery open", ("{hours}", "it said {hours}")), Exchange("which screen do you have, does it say step", ("step {small}", "it says {small} of {small}")),
    Exchange("how many lights on the box", ("{small} green and a red", "{small}")), Exchange("what's your seat at the moment", ("row {small} by the window", "{small} something")),
    Exchange("do you have the claim number", ("claim {case}", "{case}")), Exchange("how many nights was the hotel", ("{small} nights", "{small}")), Exchange("what deposit did you leave", ("{amount}", "{amount} in cash")),
    Exchange("have you the number of the complaint", ("complaint {case}", "{case} from last week", "i was never given one")), Exchange("how many channels are gone", ("{qty} of them", "about {qty}")),
    Exchange("when are you travelling", ("{date}", "going {date} and back {date}")), Exchange("and the time on the ticket", ("{time}", "it says {time}")),
    Exchange("how many attempts did it let you have", ("{small}", "{small} and then it locked")), Exchange("what was the pack size", ("{qty}", "a box of {qty}")),
    Exchange("which delivery slot did you book", ("the {window} one", "{window}, supposedly")),
)
AGENT_BENIGN: tuple[str, ...] = (
    "so that's {amount} a month for {duration} and the first one's free", "your order {order} left the depot at {time}", "the engineer's with you {date} between {window}",
    "i've raised it as {case}, you'll not need to explain it again", "the tracking on that is {tracking}, it goes live tonight", "you'll have up to {speed} at the socket", "your reference for today is {confirmation}",
    "our shop's open {hours}", "the {model} is {amount} outright or {amount} on contract", "there's a restocking charge of {percent}", "i see {small} calls on this already, the last was {date}",
    "so the credit'll be on there in {duration}", "i'm knocking {percent} off that for the inconvenience", "you're number {small} in the queue for the fitter", "that flight's showing delayed till {time}",
    "the card ending {last4} was refunded {amount}", "it's the payment on {last4} that bounced", "press {menu} next time and it comes straight to us", "your contract's up in {duration}",
    "i have {qty} left in the leeds branch", "the part is a {model}, we'd have it by {date}", "your usage came to {qty} units in {duration}", "outage reference {case}, power should be back by {time}",
    "returns label {order} has gone in the post", "there's {small} stops before you", "boarding's at {time} from gate {small}", "the consultant has a clinic on {date}", "you owe {amount}, of which {amount} is overdue",
    "the allowance is {small} bags at {qty} kilos", "from {year} the tariff went up {percent}", "i've put a note on ticket {case} for the manager", "invoice {order} is for {amount}",
    "so you've had {small} missed appointments, i'm so sorry", "the warranty runs {duration} from {date}", "right you're on the saver, that's {amount} plus vat at {percent}", "that parcel weighs {small} kilos by the label",
    "the refund's {amount} and it'd show in {duration}", "our lines are {hours} so ring any time", "i'll credit {amount} as a goodwill gesture, quote {case}", "the last bill was estimated at {qty} units",
    "he'll ring {small} minutes before, the van's about {duration} away", "your locator on that is {confirmation}, that's for the airport", "you get {qty} minutes and unlimited texts",
    "so it's {qty} tablets, {small} times a day", "i'm seeing order {order} and order {order}, both dispatched", "it'll be {amount} now and {amount} on delivery", "the upgrade comes with {duration} half price",
    "you've used {percent} of your data", "there's {small} options here, i'd go for the second", "the complaint's logged, {case}, and we've {duration} to answer", "your slot is {date} at {time}",
    "that's been live since {year}", "the {model} is end of line, the newer one's {amount}", "the early exit on it is {amount} or {percent} of what's left", "i've split it over {small} payments of {amount}",
    "swap reference {confirmation}, show that at the counter", "it's taking about {duration} to answer so thanks for holding", "the fault's on our side, around {qty} homes off",
    "i can do you {amount} if you stay {duration}", "so you were charged {amount} twice on {date}", "for the pin reset letter it's {duration}", "the standing charge is {amount}, that's on the account whatever you use",
    "your code for the sale is in the email, it gives {percent} off", "the passport office say {duration} at the moment",
)
CUSTOMER_BENIGN: tuple[str, ...] = (
    "i've been waiting {duration} for somebody to come out", "the fella said between {window} and it's {time} now", "i paid {amount} on {date} and you're looking for it again", "my order's {order} and it never turned up",
    "tracking says {tracking} is in coventry", "i rang {small} times already this week", "the ticket i got was {case}", "they told me {percent} off and i got nothing", "i was on hold {duration}, shocking",
    "it's meant to be {speed} and i'm getting nothing like it", "i bought {qty} and only {small} came", "the {model} keeps switching itself off", "my card got declined {small} times in your shop",
    "the last bill was {amount}, the one before {amount}", "i've been a customer since {year}", "i pressed {menu} and it hung up on me", "the booking is {confirmation}, two adults",
    "you took {amount} and then {amount} the same day", "my flight was at {time} and i missed the connection", "the lights went at {time}", "invoice {order} is wrong, it's {amount} on there",
    "it was {small} lads in a van and none of them knocked", "it comes up error {small} on the {model}", "the shop said {hours} and it was shut", "he quoted {amount} for a job that took {duration}",
    "it's a {small} bedroom, how can it be {amount}", "we've had {small} power cuts since {date}", "the appointment was {date} at {time} and nobody rang", "the one ending {last4} is my sister's, don't touch it",
    "i was promised {amount} back in {duration}", "there's {qty} in the box and i ordered {qty}", "the number on the parcel is {tracking}", "complaint {case}, nobody's got back to me", "i've had this {model} since {year}",
    "she took the tablets {small} times and felt sick", "i'm on {percent} interest with you and it's robbery", "i'm in the queue {duration} already", "so i ordered {order} off the app, paid {amount}",
    "my meter went through {amount} in a weekend", "the letter's dated {date} and gives me {duration}", "they put the bag on the {time} one", "seat {small} was wet", "your man said case {case} was closed and it isn't",
    "the tracking number in your email doesn't work, it's {tracking}", "i'd {small} bars of signal before the update", "i've only {small} percent battery so be quick", "the voucher was meant to be {percent}",
    "i moved in {year} and it's been dear ever since", "it was {time} when the alarm went", "i've got {small} sims and one doesn't work", "we're {small} in the house and all on the {model}",
    "claim {case}, the one about the suitcase", "confirmation {confirmation} it said and then it crashed",
)
PAYMENT_BENIGN: tuple[str, ...] = (
    "so the balance to clear is {amount}", "that'd bring it to {amount} with the late fee", "it comes off in {duration}", "there's a {percent} fee for credit, none for debit",
    "i'll take {amount} today and {amount} on {date}", "the card we had ended {last4}", "i won't be able to see it once it's in", "so {amount} for {qty} of those", "with the discount it's {amount}",
    "you can spread it over {small} if you'd rather", "that one ending in {last4} didn't go through, no bother", "i've paused the recording there, okay", "nearly there, the page just timed out, give me {small} seconds",
    "it's asking for {amount}, is that what you have", "the deposit's {amount}, rest at {time} on the day", "you'll get a receipt under {confirmation}", "the payment's for order {order} just so you know",
    "okay {amount} going on now", "it says pending, can take {duration}", "we take all cards bar diners", "if it asks you approve {amount} on your banking app", "there's {amount} credit so it's only {amount} left",
    "the instalments are {amount} every {date}", "it's {amount} all in, taxes and bags", "and {small} points off for paying early", "that's for {duration} of cover, {amount}", "the refund to {last4} was {amount}",
    "so fare's {amount}, seats {amount}", "lovely, the first box is done", "prices went up {percent} in {year}, hence the {amount}", "i'm on step {small} of {small}", "it'll show as {company} on your statement",
    "gone through on invoice {order}",
)
SMALL_TALK: tuple[tuple[str, str], ...] = (
    ("what's the weather at with you", "lashing, same as ever"), ("is it still hot down there", "forty in the shade they reckon"), ("you keeping well", "ah not too bad, you know yourself"),
    ("sorry about the wait, mondays eh", "you're grand, i'd the telly on"), ("this machine's slow this morning", "aren't they all"), ("it's loading, the wee circle's going round", "take your time"),
    ("did you get up to much at the weekend", "gardening mostly"), ("is that a dog i hear", "that's him, he hates the phone"), ("you've a lovely accent, where's that", "all over really"),
    ("i'll only be a moment, the screen's thinking", "no hurry at all"), ("you got kids at home today", "three and all screaming"), ("have you had your tea yet", "it's in the oven"),
    ("bear with, i'm just the one screen behind", "right you are"), ("are you driving at all", "no i'm parked up"), ("is this a bad line or is it me", "it's crackly alright"), ("oh i love that name", "my nan picked it"),
    ("how's the traffic out your way", "mental since they dug up the road"), ("off anywhere nice then", "tenerife if i get my bag back"), ("you in work today", "back on nights"),
    ("did ye see the match", "don't talk to me"), ("i'm still here, don't worry", "i thought you'd gone"), ("thank you for your patience sir", "yes yes okay"), ("may i put you on a brief hold", "sure but don't lose me"),
    ("i do apologise for that madam", "it's not your fault pet"), ("my colleague's just handing me something", "grand"), ("do you shop with us often", "every thursday, pensioners' discount"),
    ("was the other lad any help", "not a bit"), ("is the little one feeling better", "on the mend thank god"), ("it's gone very dark here", "storm coming"), ("you sound like you've a cold", "half the office has it"),
    ("how did you hear of us", "the side of a bus"), ("are you near the device", "i'm stood beside it"), ("can you hear me okay there", "loud and clear"), ("i'm just popping a note on", "work away"),
    ("okay so it's saving, it's saving", "mine does that at home"), ("let me ask my supervisor quickly", "ask him about my hold music too"), ("what's that racket", "the washing machine"),
    ("do you prefer being called by your first name", "whatever you like love"), ("it's my first week so forgive me", "you're doing fine"), ("i've had a run of calls about that", "i'm not surprised"),
    ("only another screen now", "hallelujah"), ("are you in front of the telly", "on the couch so yes"),
)
DISTRACTORS: tuple[tuple[str, str], ...] = (
    ("the tracking number in the e-mail is {tracking}", "okay that's the courier's, i see it"), ("is the number you want on the account or the order", "the order one, and no rush"),
    ("it's {order} and that isn't my account number, it's the order", "right the order, gotcha"), ("my card got declined {small} times", "it can be the bank's side"),
    ("i've the card ending {last4} and it's been charged {amount} twice", "the {last4} one, yes i see the pair"), ("the pin letter took {duration} to get here", "they do take a while"),
    ("i changed my password {small} times already", "that'd lock you for {duration}"), ("the bank said {duration} and it's been longer", "it's {duration} at most usually"),
    ("do i sort that online, that code {confirmation} from the booking", "that's your reference, keep it"), ("what's the expiry on the voucher, is it {date}", "it's {date}, then it's gone"),
    ("your email said {percent} off and the address bar said sale", "that ended {date}"), ("i put the wrong phone in the basket, {model} not {model}", "i can swap that"),
    ("my licence fee is {amount} with you, why", "that's the telly one, we only collect it"), ("the passport queue was {duration}", "that's the airport, not us"),
    ("and the account's {amount} in credit, says here", "{amount} yes"), ("the security man at gate {small} said you'd refund it", "not at the gate, no"),
    ("is it {small} digits or more that i'm meant to be looking for", "don't worry about that for now"), ("member price was {amount} on the shelf", "and you paid {amount}"),
    ("the name of the tariff is saver {year}", "oh that one, i know it"), ("i'm calling about case {case}, the card one", "case {case}, lost card, okay"),
    ("social media said you're open {hours}", "that's the shop, we're {hours}"), ("my card comes in {duration} they said", "it's in the post since {date}"),
    ("the date of the birth appointment is {date}", "the antenatal one, yes"), ("phone number {small} on the family plan isn't working", "the third handset is it"),
    ("it says address not found, error {small}", "clear the page and try once more"), ("the router's doing {speed} and the ip telly's freezing", "i'd say that's wifi"), ("sort it out by {date} or i'm off", "i hear you"),
    ("the code on the box says {model}", "so that's the model, perfect"), ("the account manager rang at {time}", "from our side or the bank's"),
    ("it's not my pin that's the problem, it's the {amount}", "okay so the charge"), ("the card reader says {small} bars", "it's a signal thing"), ("my policy on that is i pay {amount} and not a penny more", "fair enough"),
    ("which number, the case is {case} and the order {order}", "the case one does me"), ("the code for the gate, is it boarding at {time}", "gate's not up till {time}"),
    ("on the back of the receipt it says {duration} to return", "that's right with the tag on"), ("the licence on the software's {amount} a year", "per seat that is"),
    ("i gave the last girl everything, ticket {case}", "i've it all here so"), ("and the bank holiday, are ye open", "{hours} that day"), ("social worker said {date}", "i've the discharge for {date}"),
    ("the front of the bill says {amount}, the back says {amount}", "the back's last month's"), ("my daughter's birthday is when i need it, {date} at the latest", "we'd make {date}"),
    ("member of staff told me {percent}", "i'll honour {percent}"), ("is the last four i should check the {last4} on the receipt", "yes and it matches"),
    ("my password thing gave me {small} goes", "and then {duration} lock"),
)
DELAYS: tuple[tuple[str, str], ...] = (
    ("hold on the phone's at {percent} i've to plug it in", "work away"), ("give us a sec it's in the car", "no bother"), ("let me find me glasses", "you're alright"), ("wait till i turn this radio down", "go on ahead"),
    ("i've to go up the stairs for it", "mind yourself"), ("one moment na", "sure sir"), ("hang on somebody's at the door", "i'll be here"), ("just a tick i'm putting you on speaker", "okay"),
    ("oh where did i leave my bag", "take all the time you need"), ("let me get a pen", "not a bother"), ("sorry, kids, shh, i'm on the phone", "i've two of my own"), ("er let me wake up the laptop", "grand"),
    ("it's in the drawer someplace", "i'll hold"), ("bear with me love", "course"), ("my wife has it, she's out the back", "right so"), ("i'm pulling in here a second", "safety first"),
    ("can you hang on there", "i can indeed"), ("just scrolling up", "mm"), ("it's loading, the app", "they're slow enough"), ("wait now wait now", "no rush on you"), ("will i get the letter", "please do"),
    ("give me a minute mate", "too easy"), ("let me put the shopping down", "do"), ("i've it wrote down somewhere", "good stuff"), ("two ticks", "yep"),
)
CLARIFICATIONS: tuple[tuple[str, str], ...] = (
    ("which one, the one on the letter", "that's it, on the letter"), ("do you want all of it", "all of it if you can"), ("sorry what was that again", "the thing i just asked, whenever you're ready"),
    ("from the start is it", "from the start"), ("is that the big one or the small", "the big one"), ("the whole thing yeah", "the whole lot"), ("with the letters", "letters and all"), ("the wife's or mine", "yours first"),
    ("you mean the one i use for you", "for us yes"), ("say again, you broke up", "sorry, the same thing, nice and slow"), ("the current one", "the one as of today"), ("front or back did you say", "where i said, love"),
    ("is it safe saying that out loud", "it's only me here"), ("does it matter if there's spaces", "no skip the spaces"), ("on the card you posted me or the app", "either'll do"),
    ("what's that now", "just what i asked, when you're ready"), ("the old or the new", "the new"), ("sorry, my hearing isn't great", "i'll speak up, take your time"),
    ("will the last bit not do", "i need it in full i'm afraid"), ("do i read across or down", "across"), ("was it the top one", "the top one"), ("is that you asking or the computer", "it's the computer wants it"),
    ("mine, like", "yours yeah"), ("is it the same as before", "it'd be the same kind yeah"), ("excuse me, which", "the one i mentioned sir"),
)
CLOSINGS: tuple[tuple[str, str], ...] = (
    ("is there anything else at all", "no that's the lot, cheers"), ("you're all set, have a good one", "you too"), ("we'll leave it there so", "bye bye bye bye"), ("thanks for ringing {company}", "ta"),
    ("that's everything done for you today", "brilliant thank you"), ("safe travels", "thanks a million"), ("have a lovely evening", "and yourself"), ("i'll let you go then", "alright, ta ra"),
    ("is your query resolved sir", "yes resolved, thank you"), ("no dramas, see you", "cheers mate"), ("there'll be a survey after, if you'd give us a ten", "we'll see"), ("mind yourself now", "god bless"),
)
OPENINGS: tuple[str, ...] = (
    "{company} good morning you're through to {agent}", "hiya this is {agent} at {company} how can i help", "thank you for holding, {agent} here, {company}", "welcome to {company}, my name's {agent}",
    "you're very welcome to {company}, {agent} speaking, what can i do for you", "g'day you've got {agent} from {company}", "{company}, {agent}, what's up today",
    "thank you for calling {company}, this is {agent}, how may i assist you", "hello there {agent} with {company}, sorry for the wait", "good afternoon, {company} helpdesk", "yes hello {company}",
    "howya, {agent} in {company} here", "thanks for choosing {company} my name is {agent} may i have a moment to bring up my screens",
)
REASONS: tuple[str, ...] = (
    "my broadband's been down since {date}", "i need to pay this bill before ye cut me off", "you've lost my suitcase on the {time} flight", "i was wanting to get my results",
    "i'm moving house and i want the electric switched over", "my order's not come, the {model}", "i've been charged for something i didn't buy", "i can't get into my account", "it's about the appointment on {date}",
    "so um yeah i want to cancel", "you sent me a letter and i can't make head or tail of it", "just a quick one, the app won't open", "my son's phone's been nicked", "i'm after an upgrade",
    "i want to add the wife to the policy", "actually i am having one issue with the refund", "nobody's read the meter since {year}", "i'd like to rebook, my flight's cancelled",
    "i got a text from you and i don't know if it's real", "the gas is off at my mother's", "the sofa's come and it's the wrong colour", "i'm trying to pay over the phone if that's possible",
    "can you check am i covered for a scan", "it's doing my head in, this router", "somebody's rang me saying they're you",
)
PREFIXES: tuple[str, ...] = (
    "right then,", "okay lovely,", "alrighty", "so um", "grand, and", "now", "no bother,", "perfect, so", "and then", "er", "okey doke,", "i'll just ask you,", "for data protection,", "sorry, just to be safe",
    "if you wouldn't mind,", "alright mate,", "okay so next thing", "before i go any further", "lastly then,", "bear with me, um", "yeah so", "kindly", "just a couple of checks,", "let me see,", "while that's loading,",
    "and sorry, one more,", "oh and", "cool cool, and", "thank you madam,", "okay what else,",
)
SUFFIXES: tuple[str, ...] = (
    "please", "for me", "if you have it there", "when you're ready", "take your time", "love", "at all", "so i can find you", "or is it handy", "sir", "now", "no rush", "just for the system", "and then we're done", "mate",
)
BACKCHANNELS: tuple[str, ...] = (
    "mm", "mhm", "yep", "yeah", "okay", "uh huh", "go on", "right", "got that", "sure", "and then", "keep going", "aye", "ya", "haan", "yes sir", "grand", "so far so good", "with you", "i'm listening", "ok ok", "um hm",
    "carry on", "right so", "yes love", "next",
)
ACKNOWLEDGEMENTS: tuple[str, ...] = (
    "lovely", "perfect", "grand thank you", "brilliant", "that's got it", "cheers for that", "thanks for confirming", "found you", "okay that's matched", "great stuff", "alright that's in", "beautiful", "sound",
    "no worries at all", "okay let me type that", "super, thanks", "thank you so much sir", "got it, one moment now", "ah there you are", "that's gone green", "good on you", "happy days", "right that's accepted",
    "noted madam", "wonderful, bear with me", "yep, that's the one", "too easy", "that's us in",
)
READ_BACKS: tuple[str, ...] = (
    "so that's {x}", "i've got {x}, is it", "let me say that back, {x}", "{x}, have i it right", "just to double check it's {x}", "{x} yeah", "was that {x}", "so i typed {x}", "you said {x}",
    "i heard {x}, tell me if it's off", "okay {x}, correct", "reading that to you, {x}", "{x} is what's on my screen", "can i check, {x}", "i'm putting in {x}", "so that was {x} you said", "that'll be {x} then",
    "repeating {x}, kindly confirm", "{x}, did i get the end of it", "and it's {x} is it", "from the top, {x}", "i make that {x}", "what i wrote was {x}", "sorry love was it {x}", "to recap, {x}", "hang on, {x}, aye",
)
CONFIRMATIONS: tuple[str, ...] = (
    "that's it", "yeah", "yes", "spot on", "correct", "yep that's the one", "that is right", "bang on", "mm hm", "exactly", "you have it", "yes sir that's correct", "aye", "perfect yeah", "that's me", "it is", "ya correct",
    "sure is",
)
FILLERS: tuple[str, ...] = (
    "um", "er", "then", "and", "uh", "em", "like", "so", "next is", "hang on", "then it's", "erm", "space", "yeah",
)
CORRECTIONS: tuple[str, ...] = (
    "no sorry {right}", "er no, {right} not {wrong}", "wait {right}", "scratch that, {right}", "i mean {right}", "oh no it's {right}", "sorry that's a {right}", "not {wrong}, {right}", "no no {right}",
    "{right}, not {wrong}", "i tell a lie, {right}", "ah it's {right} actually", "hang on that's {right}", "make that {right}", "correction {right}", "oops {right}", "my bad, {right}", "is that {wrong}, no, {right}",
    "erm {right} i should say", "i said {wrong}, it's {right}", "beg pardon {right}", "sorry sorry {right}", "let me look, {right}", "looks like {wrong} but it's {right}", "nope {right}",
    "did i say {wrong}, i meant {right}",
)
RESTARTS: tuple[str, ...] = (
    "no wait i'll start again", "oh i've lost my place, from the top", "hang on, start over", "sorry, again", "i'll go back to the beginning", "that's the wrong one, okay", "let me do that slower",
    "no that's not it, right", "ah for god's sake, here we go", "scrap all that", "begin again", "i'll read it properly now", "wait wrong line", "from scratch then", "sorry was looking at the other thing",
    "can we start that one over", "one more go", "no, forget that, it's", "i'll say the whole thing", "sorry love i skipped a bit, it's", "my eyes, hold on", "okay take two", "not that, this", "redo it",
    "let me begin once more", "so the full thing is",
)
AMENDS: tuple[str, ...] = (
    "sorry the end of that is {x}", "no the last bit's {x}", "actually it finishes {x}", "oh i misread the ending, {x}", "wait that last part should be {x}", "i said that wrong, {x} at the end", "the end bit again was {x}",
    "change the last ones to {x}", "hang on it's {x} at the finish", "hmm no, {x} is how it ends", "did i say that right, it ends {x}", "my mistake, last ones are {x}", "no no no {x} to finish", "let me fix that, {x}",
    "looking again, {x} for the final bit", "what i meant was {x} after that", "sorry it's smudged, {x} on the end", "you'd want {x} instead for the last group", "beg your pardon, {x} is the tail of it",
    "ah, the tail's {x}", "correction at the end there, {x}", "er the last few, {x}", "could you swap the end for {x}", "that final bit, {x}, sorry", "turns out it's {x} at the end", "i got the end backwards, {x}",
)
ADDRESS_BY_NAME: tuple[str, ...] = (
    "okay {title} {last} bear with me there", "thanks {first}", "lovely to speak to you {first}", "right {title} {last} i can see the issue", "no bother {first} i'll sort it", "is that alright {first}",
    "and {first} did you try turning it off", "so {title} {last} what i'll do is", "thank you {first} for waiting", "{first} are you still with me", "i do understand {title} {last}", "good on you {first}",
    "okay {first} last thing",
)
SPELLED_AS: tuple[str, ...] = (
    "as in", "like", "for", "as for", "that's",
)
ZIP_QUESTIONS: tuple[str, ...] = (
    "and the zip the card's billed to", "what zip code do the statements go to", "just the five digit zip", "your postal code for the card please", "billing zip there", "so the zip um", "which zip goes with that card",
    "and zip", "last box is the zip", "what are the five numbers at the end of your address",
)
FIRST_NAMES: tuple[str, ...] = (
    "aoife", "cillian", "niamh", "padraig", "saoirse", "oisin", "roisin", "declan", "grainne", "fintan", "siobhan", "eamon", "maeve", "ciaran", "bronagh", "rhys", "carys", "gethin", "angharad", "ieuan", "morag", "hamish",
    "catriona", "fergus", "isla", "alasdair", "priya", "rohan", "ananya", "vikram", "deepika", "arjun", "lakshmi", "sanjay", "meenakshi", "karthik", "harpreet", "gurdeep", "simran", "jaswinder", "fatima", "yusuf",
    "khadija", "ibrahim", "zainab", "omar", "layla", "tariq", "amina", "hassan", "chidinma", "emeka", "ngozi", "tunde", "folake", "kwame", "abena", "kofi", "thandiwe", "sipho", "lindiwe", "tendai", "wanjiru", "otieno",
    "mei", "xiaoli", "jianwei", "haruto", "yuki", "kenji", "minjun", "seoyeon", "linh", "thuy", "duc", "anong", "somchai", "maria-jose", "catalina", "ignacio", "guadalupe", "joaquin", "ximena", "thiago", "beatriz",
    "rafaela", "anders", "ingrid", "bjorn", "astrid", "mikkel", "aleksandra", "wojciech", "katarzyna", "zbigniew", "dragana", "milos", "ivana", "dmitri", "svetlana", "oksana", "taras", "giulia", "matteo", "chiara",
    "lorenzo", "eleni", "stavros", "despina", "amelie", "thibault", "margaux", "luc", "anneke", "pieter", "saskia", "shayna", "avi", "talia", "tawhiri", "kiri", "leilani", "keanu", "destiny", "tyrell", "brandi", "cody",
    "wendell", "darlene", "kirra", "bryce", "gaynor", "trevor", "maureen", "nigel", "doreen", "barnaby",
)
LAST_NAMES: tuple[str, ...] = (
    "o'sullivan", "gallagher", "mcgrath", "brennan", "o'callaghan", "fitzgerald", "kavanagh", "mulcahy", "ni bhriain", "devlin", "llewellyn", "cadwallader", "prosser", "gwilym", "pritchard", "macgregor", "farquharson",
    "abernethy", "drummond", "urquhart", "chatterjee", "iyer", "reddy", "kulkarni", "deshpande", "banerjee", "nambiar", "chowdhury", "grewal", "dhillon", "sandhu", "bhatt", "joshi", "venkataraman", "hussain", "malik",
    "siddiqui", "rahman", "al amin", "haddad", "mansour", "khalil", "okonkwo", "adeyemi", "eze", "balogun", "mensah", "boateng", "owusu", "dlamini", "nkosi", "moyo", "kamau", "odhiambo", "tesfaye", "zhang", "ouyang",
    "huang", "lim", "tanaka", "watanabe", "fujimoto", "kwon", "choi", "nguyen", "tran", "pham", "suwan", "villanueva", "castaneda", "echeverria", "zamora", "quintero", "ferreira", "monteiro", "cavalcanti", "lindqvist",
    "sorensen", "haugland", "virtanen", "kowalczyk", "wisniewski", "szymanski", "petrovic", "jovanovic", "horvat", "volkov", "kuznetsova", "shevchenko", "bondarenko", "esposito", "ricci", "bellini", "papadopoulos",
    "georgiou", "dubois", "lefebvre", "moreau", "van dijk", "de vries", "janssen", "goldfarb", "rosenthal", "levy", "ngata", "tamihana", "kahale", "broussard", "thibodeaux", "whitlock", "hargreaves", "ramsbottom",
    "entwistle", "blenkinsop", "featherstone", "winterbourne", "stubbs", "ogilvy", "pemberton", "crabtree", "tuttle", "mcallister", "yoder", "longbottom", "hennessy", "achterberg",
)
AGENTS: tuple[str, ...] = (
    "gemma", "darragh", "shreya", "callum", "tegan", "nisha", "owen", "leanne", "rakesh", "brodie", "keisha", "paula", "stefan", "imogen", "jarlath", "divya",
)
STREET_TYPES: tuple[str, ...] = (
    "road", "street", "lane", "close", "crescent", "avenue", "drive", "terrace", "grove", "parade", "court", "way", "mews", "gardens",
)
DOMAINS: tuple[str, ...] = (
    "gmail.com", "outlook.com", "eircom.net", "btinternet.com", "hotmail.co.uk", "yahoo.co.in", "bigpond.com", "icloud.com", "orchardmail.ie", "tesbury.co.uk", "sky.com", "rediffmail.com", "optusnet.com.au", "live.com",
    "me.com",
)
PASS_WORDS: tuple[str, ...] = (
    "biscuit", "thunder", "marigold", "tractor", "pebble", "lantern", "rocket", "custard", "mango", "badger", "comet", "whiskey", "turnip", "orchid", "puffin", "velvet", "saturn", "hamster", "pickle", "galaxy", "trumpet",
    "willow", "banjo", "pepper", "falcon",
)
COMPANIES: tuple[str, ...] = (
    "brightwell telecom", "northmoor energy", "killarney airways", "st brendan's hospital", "tesbury stores", "harbour water", "pallas mobile", "coolibah broadband", "sunrise health", "greenlane electric", "mercato home",
    "vayu air", "finch and daughters", "lakeside clinic",
)
CITIES: tuple[str, ...] = (
    "cork", "galway", "limerick", "leeds", "sheffield", "cardiff", "dundee", "inverness", "belfast", "norwich", "pune", "kochi", "jaipur", "chandigarh", "ballarat", "hobart", "geelong", "cairns", "boise idaho",
    "duluth minnesota", "tucson arizona", "eugene oregon", "baton rouge louisiana", "asheville north carolina", "newark new jersey", "cedar rapids iowa", "halifax nova scotia", "las cruces new mexico",
)
STREETS: tuple[str, ...] = (
    "ballinlough", "cherry orchard", "station", "saint mary's", "castle hill", "mahatma gandhi", "coolangatta", "wattle", "old mill", "priory", "glenferrie", "abbey", "quarry", "blackthorn", "connemara", "maple hollow",
    "juniper", "riverside", "sycamore", "high", "bluegum", "larkspur", "nehru", "tannery", "cathedral", "hawthorn", "thornbury", "whitehall", "beechwood", "o'connell",
)
MODELS: tuple[str, ...] = (
    "pixel nine pro", "galaxy s twenty three", "iphone fourteen", "hub five", "velo two hundred", "dyno v eleven", "worcester thirty si", "e seven thousand", "airfry xl six", "smartmeter e four seventy",
    "hoover h three hundred", "tp mesh fifty five",
)
CODE_WORDS: dict[str, tuple[str, ...]] = {
    "a": ("alpha", "apple"), "b": ("bravo", "bertie"), "c": ("charlie", "cork"), "d": ("delta", "donald"), "e": ("echo", "elephant"), "f": ("foxtrot", "freddie"), "g": ("golf", "ginger"), "h": ("hotel", "harry"),
    "i": ("india", "ink"), "j": ("juliett", "jumper"), "k": ("kilo", "kettle"), "l": ("lima", "london"), "m": ("mike", "mother"), "n": ("november", "nuts"), "o": ("oscar", "orange"), "p": ("papa", "parrot"),
    "q": ("quebec", "quilt"), "r": ("romeo", "rabbit"), "s": ("sierra", "sugar"), "t": ("tango", "tommy"), "u": ("uniform", "umbrella"), "v": ("victor", "violet"), "w": ("whiskey", "water"), "x": ("x-ray", "xylophone"),
    "y": ("yankee", "yellow"), "z": ("zulu", "zebra"),
}
MORE_TYPES: dict[str, Lines] = {
    "PHONE": Lines(
        questions=(
            "what's the best number to get you on", "if we get cut off where do i ring you", "mobile number please", "and a contact", "have you a landline or is it the mobile", "what number are you calling from",
            "who do the drivers ring, on what", "your cell", "and on what can we reach you during the day", "which line is the fault on", "digits for a callback", "what's the number with the problem",
            "so a good um number for", "is it the number you're ringing from or another one", "give me your whatsapp", "telephone", "where'll the engineer phone when he's outside", "could you leave me a number",
            "registered mobile number sir", "what's your mobile, starting with oh seven", "and next of kin, how do we get hold of them", "area code first", "which number should the text be sent to",
            "what's the handset's own number", "daytime contact", "which number are we porting over", "i've an old mobile for you, what's the current", "would you have a backup number", "and how do they ring you",
            "so if this drops, and it might, where do i get you", "what'll show up on my screen if you ring back", "is there anybody else we could ring if you're not answering, on what number",
            "and the handset you're having bother with, what's its number", "who'd pick up if the courier rang, and on what", "what'll i dial", "on which number should we whatsapp you sir",
            "so um if it rings out, who else, and on what",
        ),
        answers=(
            "mobile's {x}", "{x}", "ring me on {x}", "it's {x}", "my cell is {x}", "um it's new, {x}", "this one, {x}", "landline's {x}", "call my wife on {x}", "you can get me at {x}", "best is {x}",
            "i never ring myself, er, {x}", "that's {x}", "it's the work one, {x}", "daughter's number, {x}", "text {x}", "hang on i'll have to look, nobody ever knows their own, {x}", "the house phone is gone so it's {x}",
            "i'm on my sister's at the minute, {x}", "not this one, it's dying, use {x}", "dial {x}", "same number on whatsapp, {x}",
        ),
        announcements=(
            "you can ring me back on {x}", "my number's {x}", "mobile {x}", "if i drop off i'm on {x}", "call {x} when you're outside", "i'm calling about {x}, no dial tone on it", "text it to {x}",
            "it's my mum's line, {x}", "my cell's {x}", "get the driver to ring {x}", "i've changed numbers, it's {x} now", "you've an old number, delete it and put {x}", "keep getting calls from {x}", "i want to port {x}",
            "reach me on {x} after {time}", "i'm at work till {time} so try me on {x}", "if the driver can't find it he can shout me on {x}", "there's a text from {x} pretending to be you",
            "the sim you posted me came with {x} and i want my old one back", "give us a bell on {x}", "the line that's dead is {x}",
        ),
        read_out=(
            "i'll ring you back on {x}", "i have {x} as your mobile", "our direct line's {x}",
        ),
    ),
    "EMAIL": Lines(
        questions=(
            "what's your email", "where shall i send the confirmation", "which inbox is it going to", "and an address for the e ticket, the email kind", "can i get an e mail off you", "is it gmail or what",
            "how do you spell that, the email", "what do you log in with", "your user name's usually the email, what is it", "and where do the bills go, electronically i mean", "something at something for me",
            "so your um e mail", "mail id please sir", "where would you like the receipt pinged", "what's the email on the profile", "could you spell out the bit before the at", "which one did you register with",
            "paperless, so where to", "where should the label be sent", "where do you want me to forward that", "it bounced, what's the right one", "to reset it i need your email", "is there an email we can use",
            "what's the online login", "your contact email", "and email", "so um where would you like me to fire that over to, online like", "i'll send you the form now, what am i putting in the to field",
            "is there a dot in it or anything, go on spell it", "it says user not found so what did you sign up with", "and your i d for the mail", "where does the e bill land",
        ),
        answers=(
            "{x}", "it's {x}", "email's {x}", "send it to {x}", "um {x}", "all small letters, {x}", "my work one is {x}", "my daughter set it up, {x}", "that's {x}", "don't laugh, {x}", "use {x}", "try {x}",
            "mail id is {x}", "gmail, {x}", "same as always, {x}", "it's a silly one from when i was in school, {x}", "everything small, no spaces, {x}", "i check this one the most, {x}", "gmail id is {x}",
            "it lands in {x}",
        ),
        announcements=(
            "send it over to {x}", "my email's {x}", "you can get me on {x}", "email it to {x} would you", "i never got it, i'm {x}", "mail id {x}", "i log in as {x}", "change my email to {x}", "you've a typo, it's {x}",
            "it goes to {x}, check that", "put the receipt to {x}", "bills should go to {x}", "the account's on {x}", "my wife's email, {x}", "forward that to {x}", "you sent the ticket to somebody else, mine is {x}",
            "would you ever send a copy to my accountant, {x}", "so your app signs me in as {x} and that isn't me", "kindly mail me at {x}", "bung it over to {x}",
        ),
        read_out=(
            "it went to {x}", "i have {x} on the profile", "the email here reads {x}",
        ),
    ),
    "ADDRESS": Lines(
        questions=(
            "where do you live", "where's it going", "what's the address", "and the first line of your address", "house number and street", "your postcode and the door number", "where are we delivering to",
            "whereabouts are you", "which property's it for", "supply address", "where should the engineer come out", "could you confirm where you're living", "billing address on the card", "so the um the address",
            "where's that registered", "your home address please madam", "what's the street", "are you still at the old place, if not where", "where will i have the van sent", "moving in where",
            "what does it say on your door", "where were you when the power went", "pin code and locality", "drop off point", "where are the bills posted", "is it a flat, what's the rest of it", "and mailing",
            "where's home these days", "what's the place called, with the number", "so where am i sending this lad with the ladder", "what's on the front of the envelope we post you",
            "whereabouts were you when the lights went off, the house i mean", "is it a new build or what, how would the sat nav find you", "where's the meter", "whereabouts will i get the lads to leave it",
            "where would the ambulance have collected her",
        ),
        answers=(
            "{x}", "it's {x}", "i'm at {x}", "we're {x}", "we live at {x}", "um {x}", "send it to {x}", "the new place is {x}", "just off the main road, {x}", "same as the bill, {x}", "my mum's, {x}",
            "number and street, {x}", "the flat's at {x}", "that'd be {x}", "opposite the church, {x}", "you'd never find it, it's {x}, beside the petrol station", "since we moved it's {x}",
            "go past the school and it's {x}", "the meter's at {x}", "leave it in the porch at {x}",
        ),
        announcements=(
            "i'm living at {x}", "we've moved to {x}", "send it to my work, {x}", "the power's out at {x}", "deliver to {x}", "i'm at {x} and nobody's come", "my address is {x}", "there's a gas smell at {x}",
            "he left it at {x}, that's next door", "we're the house at {x}", "pick up's from {x}", "i moved out of {x} in {year}", "cut off at {x} since this morning", "change it to {x}", "the van went to {x} by mistake",
            "there's water pouring out of the path at {x}", "ye posted the router to the old house, it's {x} we're in", "my mother's on oxygen and she's at {x} with no power", "the bins outside {x} are blocking your van",
            "it's a granny flat, {x}",
        ),
        read_out=(
            "it's going to {x}", "we have you at {x}", "the engineer's booked for {x}",
        ),
    ),
    "PERSON": Lines(
        questions=(
            "who am i speaking with", "and your name", "what do they call you", "could i take your full name", "how's that spelt", "name on the card", "who's the account holder", "who's the patient", "what's the surname",
            "and who's the lead passenger", "can you spell your last name", "is it missus or miss, and the name", "who'd the booking be under", "first and last", "what name's it in", "so i've got your um name as",
            "who's picking it up", "as it appears on the passport, your name", "may i know your good name", "who will be home for the engineer", "whose name is on the bill", "and yourself is",
            "who's the consultant you see", "what'll i call you", "your maiden name", "next of kin's name", "who else is on the account", "who referred you", "who signed for it",
            "sorry i didn't catch who i have on the line", "who've we got here then", "what would it say on the bill, name wise", "and is that yourself or are you ringing for somebody", "who'll i say was asking",
            "and who's minding the parcel for you", "good name please",
        ),
        answers=(
            "{x}", "it's {x}", "my name's {x}", "this is {x}", "that'll be {x}", "um {x}", "it's under my wife, {x}", "the patient is {x}", "account's in the name of {x}", "{x} speaking", "i'm {x}", "{x} is my name",
            "doctor {x}", "card says {x}", "ask for {x}", "well everybody calls me something else but it's {x}", "it's down as {x}, i've married since", "i'll spell it, nobody gets it, {x}", "say {x} was asking",
            "tell him it's {x}",
        ),
        announcements=(
            "my name's {x}", "it's {x} here", "hiya this is {x}", "hello {x} calling", "i'm {x}", "you're talking to {x}", "good morning, {x} speaking", "yes hello my name is {x}", "hi um it's {x}",
            "{x} here from next door to the substation", "my good name is {x}", "it's {x} again, i rang earlier", "i'm ringing for my mother, {x}", "howya, {x} here", "g'day, {x}", "name's {x} by the way",
            "i'm only the neighbour, {x}, she asked me to ring", "it's meant to be in {x} and ye have it in my dad's", "put it under {x}", "you spoke to my brother, {x}, this morning",
        ),
        read_out=(
            "the account's with {x}", "i've {x} down as the lead name", "it's under {x}",
        ),
    ),
    "PASSWORD": Lines(
        questions=(
            "what's your password", "memorable word", "what's the secret word on the account", "and the answer to your security question", "mother's maiden name or whatever you put as the answer",
            "what did you have as the phrase", "the wifi key on the back of the router", "passphrase please", "what word did you give us", "security word", "name of your first pet", "so the pass um word",
            "what was your first school, the one you gave us", "and the hint's your favourite place, what's the answer", "do you remember what you set for logging in", "what are you typing in for the password",
            "verbal password", "could you give me the network key off the sticker", "there's a word on here only you know", "the magic word", "what have you been putting in there", "wireless password on the label",
            "the login password for the portal", "spell me the password, capitals and all", "temporary one, what did it say", "you set up a code word in the shop",
            "what's that silly thing you made us write down so we'd know it was you", "look under the box, there's a sticker, what's it have by key", "what have you got for the wireless, what do your visitors type in",
            "and the word", "what opens it when you sign in",
        ),
        answers=(
            "{x}", "it's {x}", "password's {x}", "try {x}", "um {x}", "probably {x}", "the word is {x}", "my dog's name, {x}", "we put {x}", "sticker says {x}", "all lower case, {x}", "i'd have put {x}", "should be {x}",
            "it was {x} last i knew", "capital at the start, {x}", "this is embarrassing, {x}", "my husband picked it, {x}", "is it with a big letter, {x}", "the word, ya, {x}", "it opens with {x}",
        ),
        announcements=(
            "my password is {x}", "the wifi's {x}", "it won't take {x}", "i've typed {x} a dozen times", "my memorable word is {x}", "the login is {x} for the password", "i set it to {x}", "security word's {x}",
            "the network key is {x}", "change my password from {x}", "secret word {x}", "the answer to the question's {x}", "it says {x} is incorrect", "the router label says {x}", "i use {x} for everything",
            "your site says wrong password and i know for a fact it's {x}", "the lads in the shop put {x} on it and told me to change it", "the visitors' network goes by {x}", "the lad set the broadband thing to {x}",
            "my sign in's {x} and it says no",
        ),
        read_out=(
            "i've reset it to {x}", "temporary password is {x}", "log in with {x}",
        ),
    ),
    "IP_ADDRESS": Lines(
        questions=(
            "what's your i p", "type what's my ip and what does it say", "what address is the router on", "four numbers with dots between", "can you read out the ip the modem shows", "gateway address",
            "what does it say beside i p v four", "open the network settings, what's the address", "your public ip", "static or dynamic, and what is it", "which ip was the login from", "what's it say under default gateway",
            "so the ip um address of", "and the dns you've got in there", "what numbers are after inet", "on the status page there's a wan address", "which server are you trying to reach, in numbers",
            "and the machine's local address", "what did ipconfig come back with", "what's the camera on", "where does it ping", "ip of the printer", "subnet's fine, the address",
            "is it one nine two something, what's the rest", "what host are you hitting", "open up the black window, type the thing i said, and what comes after address",
            "what do you see in the bar when the settings page is up, the dotted number", "your camera's been given something by the router, what", "which machine's throwing it, i need it in dots",
            "read out the dotted thing at the top", "what's the box on, network wise",
        ),
        answers=(
            "{x}", "it's {x}", "ip's {x}", "it says {x}", "um {x}", "wan is {x}", "there's dots, {x}", "the router's on {x}", "gateway {x}", "i see {x}", "what's my ip says {x}", "that's {x}", "okay {x}", "static, {x}",
            "the printer says {x}", "i've no idea what i'm looking at but there's {x}", "it's changed since the reboot, {x}", "the second row says {x}", "dotted thing's {x}", "the box is on {x}",
        ),
        announcements=(
            "my ip is {x}", "i'm on {x}", "router's at {x}", "i can't ping {x}", "the login came from {x}", "our static's {x}", "modem page shows {x}", "whitelist {x} would you", "server's {x}", "it's handing out {x}",
            "default gateway's {x}", "i typed {x} and nothing loads", "wan address {x}", "it times out on {x}", "dns is {x}", "something called {x} keeps logging into my account",
            "our office comes out on {x} and you've it blocked", "i plugged it straight in and got {x}", "i can only get in through {x}", "the printer's sitting on {x}",
        ),
        read_out=(
            "type {x} in the browser", "your static ip will be {x}", "you're coming from {x}",
        ),
    ),
    "NUMBER": Lines(
        questions=(
            "what's the number on the gift card", "scratch off the back and read that", "your frequent flyer", "loyalty card, what's on it", "v i n", "chassis number please", "meter serial", "m p r n from the bill",
            "the i m e i, star hash oh six hash", "sim card number", "clubcard or nectar", "have you your student number", "staff number", "policy", "what's the voucher say", "sixteen characters from the gift receipt card",
            "what's on the dashboard by the windscreen", "serial on the router", "and your air miles", "what numbers can you see on it", "your ration card", "what's on the badge", "employee id", "the mpan off the bill",
            "so the um number on the", "and which number is that", "what have you got on the front there", "read me whatever's printed", "the one on the key ring", "and the skywards", "union card",
            "what does the sticker under the handset say, the fifteen digits", "have you one of our points cards and what's along the bottom", "the little dial's serial, not the reading, the number stamped on the casing",
            "what did they give you at the desk when you enrolled", "is there anything printed on the voucher itself", "read me the number that's under the windscreen", "what's stamped on the meter itself",
            "and the number with your union", "what's engraved under the bike",
        ),
        answers=(
            "{x}", "it's {x}", "gift card says {x}", "imei's {x}", "vin is {x}", "um {x}", "the loyalty one's {x}", "it just says {x}", "meter says {x}", "student number {x}", "on the badge, {x}", "scratched it off, {x}",
            "frequent flyer {x}", "policy {x}", "that's {x}", "under the barcode, {x}", "it's like a bar code with digits, {x}", "dunno what it's for but it's {x}", "there's a silver bit i've to scratch, {x}",
            "stamped on it there's {x}", "engraved it's {x}",
        ),
        announcements=(
            "i've a gift card, {x}", "my frequent flyer is {x}", "policy number {x}", "vin {x}", "imei {x}", "staff number's {x}", "my student id is {x}", "the voucher won't work, {x}", "put the points on {x}",
            "clubcard's {x}", "there's a number here, {x}", "mprn {x}", "the meter's serial is {x}", "it says {x}, whatever that is", "sim number's {x}", "the car is {x} on the dash",
            "i got a gift voucher for christmas and it goes {x}", "on the casing it's stamped {x}", "put the miles on my card, {x}", "there's this other number at the bottom, {x}, do you need that",
            "my union card says {x}", "i've my old student card, {x}", "the bike frame has {x}",
        ),
        read_out=(
            "your membership's {x}", "loyalty number's {x}", "the vin i have is {x}",
        ),
    ),
}
