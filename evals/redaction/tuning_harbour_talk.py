"""How people talk around the questions in the harbour family: small talk, benign numbers, names and places."""

# Lists of wordings are read packed.
# ruff: noqa: E501
# fmt: off

from evals.redaction.families import Exchange

OPENINGS = (
    "{company}, this call is being recorded, you've reached {agent}", "good afternoon, {company}, this is {agent} on a recorded line",
    "{company} member services, {agent}, go ahead", "you're through to {agent} at {company}, how may i assist", "thanks for waiting, {company} claims, {agent} here",
    "{agent} speaking, {company}, what's going on", "good day and thank you for choosing {company}, may i ask what you're calling about",
    "{company} fraud desk, my name's {agent}, are you somewhere you can talk", "benefits line, {company}, {agent}",
    "this is {agent} with {company}, sorry about the {duration} wait", "hello, {company}, you've got {agent}, what seems to be the trouble",
    "you've reached the {company} help line, our hours are {hours}, this is {agent}", "yeah, {company}, {agent}",
)

REASONS = (
    "my check didn't come this month and it's always here by {date}", "there's a charge for {amount} on there that isn't mine",
    "somebody backed into me in the grocery store lot", "i'd like to know why my premium went up {percent}", "hi, um, i'm trying to set up direct deposit",
    "i got one of your letters and i can't make heads or tails of it", "my mother passed and i'm handling her accounts", "the machine ate my card",
    "i'm supposed to get a refund of {amount} and it's been {duration}", "it's about the loan, i want to see what the payoff is",
    "hello, yes, your website threw me out again", "i've been transferred {small} times so please don't hang up on me",
    "i need to wire some money to my daughter overseas", "i want to dispute something from {date}", "my wallet got stolen on the bus",
    "i need to report a change for my benefits", "can you tell me if that check for {amount} cleared", "just need to add my wife",
    "the hail got my roof and i've got water coming in", "i have a ticket open, it's {case}, and nobody's called me", "hey, quick one, i wanna raise my limit",
    "my new card was supposed to come {date}, and nothing", "i'm on a fixed income and you took {amount} twice", "my tax transcript won't come up",
    "someone called saying they were you and i think i've been had", "the doctor's office says you denied it",
)

CLOSINGS = (
    ("anything else today, ma'am", "no, that'll do me"), ("that's all set on my end", "well bless your heart, thank you"),
    ("will there be anything further", "nope, appreciate it"), ("your case is {case} if you call back", "okay, got it written down, bye"),
    ("allow {duration} for that to post", "alright, thanks"), ("you may get a short survey, it's {small} questions", "i'm not doing a survey, goodbye"),
    ("okay then, take care of yourself", "you as well, dear"), ("you'll see the {amount} by {date}", "i'll be watching for it"),
    ("we're done here, sir", "that's it, okay, bye"), ("the confirmation, once more, is {confirmation}", "thank you, so long"),
    ("we appreciate your membership since {year}", "it's been a long time, hasn't it, bye bye"), ("if it isn't there by {date}, call us back", "oh you bet i will"),
    ("our desk is open {hours}", "good to know, thanks a lot"), ("stay safe out there", "thanks man, later"),
)

PREFIXES = (
    "all righty,", "right, so,", "very well,", "moving on,", "next,", "i see, sir,", "bear with me, now,", "now then,", "thank you ma'am,", "just to verify,",
    "before we go further,", "for security,", "one more thing,", "so,", "um, and,", "lovely,", "sure, sure,", "i understand,", "that's fine,", "last question,",
    "for the record,", "if i may,", "yes ma'am,", "because it's recorded i have to ask,", "sorry to keep asking but,", "let's see here,", "mm, okay,",
    "alright so the form wants to know,", "hang tight,", "cool,",
)

SUFFIXES = (
    "sir", "ma'am", "if you don't mind", "when you get a second", "slowly please", "for verification", "as it appears on our records", "and take your time", "hon",
    "so we can move along", "if you have it", "today", "before i can go on", "nice and clear",
)

BACKCHANNELS = (
    "mhm", "yup", "keep going", "go ahead", "i'm with you", "still here", "next", "and", "yes ma'am", "yes sir", "carry on", "sure", "ready", "copy", "k", "uh huh, and",
    "all right", "i'm typing", "okay, next", "next part", "mm", "got that", "what else", "and then", "hm", "i've got that much",
)

ACKNOWLEDGEMENTS = (
    "much obliged", "there you are, i see it", "that matches", "you're verified", "lovely, found you", "okay, thanks for verifying", "excellent", "beautiful",
    "i've got it in", "that's what i have", "alright, bringing it up now", "good, good", "super", "thanks, sir", "appreciate that", "okay it took it", "fine",
    "that'll work", "very good, ma'am", "wonderful", "noted", "and we're in", "mm hm, one second while it loads", "sounds good", "terrific, thank you kindly",
    "okay that went through", "right you are", "yes, i see that now",
)

READ_BACKS = (
    "i'll repeat it, {x}", "{x}, yes", "just so i have it right, {x}", "did you say {x}", "okay reading it back, {x}", "that was {x}", "i heard {x}",
    "and for the recording that's {x}", "{x}, am i correct", "so {x}", "i typed {x}, that match yours", "to confirm, {x}", "one more time, {x}", "i've put {x}",
    "that'd be {x}, ma'am", "{x}, is it", "let me make certain, {x}", "okay, so i'm showing {x}", "you said {x}, i believe", "is it {x}", "verifying, {x}, yes or no",
    "stop me if it's off, {x}", "let me echo that, {x}", "and what i've keyed is {x}", "{x}, good", "on my screen it now says {x}",
)

CONFIRMATIONS = (
    "yes sir", "same as ever", "you got it", "mm hmm, yes", "right", "sounds right", "that's the one", "sure is", "affirmative", "yeah", "it is",
    "yes, correct, thank you", "bingo", "uh, yeah", "it was, yes",
)

FILLERS = (
    "er", "uh and", "let me see", "then it's", "okay then", "next is", "hmm", "and uh", "space", "hyphen", "now", "you know", "lemme see", "so then", "and after that",
)

CORRECTIONS = (
    "excuse me, {right}", "no no, {right}", "scratch that, {right}", "strike the {wrong}, {right}", "make that {right}", "i said {wrong}, i meant {right}",
    "pardon, {right}", "did i say {wrong}, it's {right}", "no, that's a {right}", "my mistake, {right}", "er, {right}", "wait, is that {wrong}, no it's {right}",
    "that {wrong} should be {right}", "whoops, {right}", "not {wrong}, i need glasses, {right}", "back up, {right}", "correction, {right}", "hold it, {right}",
    "instead of {wrong}, it's {right}", "hm no, {right}", "darn it, {right}", "i misread, {right}", "{right}, forget the {wrong}", "let me fix that, {right}",
    "actually {right}", "nope, {right}", "or is it, yeah, {right}",
)

RESTARTS = (
    "shoot, let me begin again", "i lost my place, from the top", "no, that's my old one, here", "wait, wrong card, this one", "oh for heaven's sake, again",
    "hold on hold on, once more", "let me go slower", "i skipped some, okay", "forget that", "sorry, the dog, so", "nope, back to the beginning",
    "my wife says no, it's", "you got that, no, okay, again", "never mind that, here's the right one", "strike all that", "i was on the wrong line, it's",
    "one moment, i'm reading upside down, so", "okay do over", "hang on, that's the other paper", "ah, no, no, it goes", "can i start fresh",
    "excuse me, i coughed, again", "ugh, glasses, okay", "uh, i was looking at the wrong thing", "scratch everything", "you know what, let me just",
)

AMENDS = (
    "i'm sorry, the ending should be {x}", "no, the end part is {x}", "my wife says it ends with {x}", "hold on, the last bit's {x}", "oh dear, it finishes {x}",
    "excuse me, {x} at the end", "that tail was wrong, it's {x}", "let me correct the last few, {x}", "scratch the end, make it {x}",
    "now that i look again, {x} is how it ends", "wait wait, the final part is {x}", "oops, ending in {x}", "i gave you the wrong finish, {x}",
    "it's actually {x} to finish", "i misread the tail, {x}", "on second look the last ones are {x}", "pardon me, the end again is {x}", "sorry, last group {x}",
    "can you change the ending to {x}", "i transposed that, should be {x} at the tail", "uh no, the last one's {x}", "fix the last bit for me, {x}",
    "those last ones i said, they're {x}", "correct that, it closes with {x}", "the back half is {x}, sorry", "nope, ends {x}",
)

DELAYS = (
    ("hold the phone, it's upstairs", "you go right ahead"), ("i'm driving, let me pull over", "please do, safety first"),
    ("lord, where did i put that", "i'm in no hurry"), ("gimme a sec, my hands are full", "you're fine"), ("i need to ask my husband", "okay, i'll be here"),
    ("let me put you on speaker", "sure, i can still hear you"), ("it's in the car, can you wait", "of course, i'll hold"),
    ("my reading glasses walked off again", "they do that"), ("i'm logging in, it's spinning", "i'll stay on the line"),
    ("wait, somebody's at the door", "no problem at all"), ("i have to dig through the file cabinet", "take as long as you need"),
    ("it's on the fridge, hold on", "mhm, i'll wait"), ("uh, let me look at the other statement", "sure thing"),
    ("my phone's at {percent}, let me plug it in", "go ahead"), ("shoot, the page closed", "just reload it, i've got time"), ("i dropped it, one second", "that's okay"),
    ("the dog's going nuts, hang on", "aw, no worries"), ("hold please, i'm getting my purse", "certainly"),
    ("can you give me {duration}, it's in the safe", "i can wait a moment or you can call back"),
    ("let me get up, i'm not so quick any more", "don't you rush on my account"), ("i wrote it somewhere, let me look", "alright"),
    ("my daughter has it, i'll ask her", "okay ma'am"), ("i'm scrolling, i'm scrolling", "you're good"), ("the light's bad in here", "maybe by the window"),
    ("it's a new wallet, everything's moved", "been there"), ("oh i'm all thumbs today", "you're doing just fine"),
)

CLARIFICATIONS = (
    ("the whole number, or what", "all of it, yes"), ("can't you see it on your computer", "it's hidden from me, unfortunately"), ("mine or my wife's", "yours, sir"),
    ("out loud, on the phone", "it's a recorded but private line"), ("what do you people need that for", "federal rules, i have to identify you"),
    ("do you mean the old one or the new", "whichever's active"), ("spaces too", "no, just run it together"), ("is that on the front", "it should be, yes"),
    ("how do i know you're really the bank", "you called us, ma'am, but you can ring the number on our site"), ("say that again", "sure, whenever you're ready"),
    ("the joint one or just mine", "the joint"), ("i already told the last guy that", "i know, i'm sorry, i can't see his notes"),
    ("what was that", "i said go ahead and give me that now"), ("do the letters count", "yes they do"), ("do you want it fast or slow", "slow, please"),
    ("is it the top line or the bottom", "the bottom line"), ("with the zeros in front", "yes, every one of them"),
    ("i don't have to give you that, do i", "it's the only way i can pull it up"), ("huh", "i'll need that from you"), ("which one would that be", "the most recent"),
    ("for me, or for the business", "for you personally"), ("who else is hearing this", "nobody but me"), ("would that be on the letter", "most likely, yes"),
    ("are you a real person", "last i checked"), ("this isn't a scam, right", "no ma'am, i promise"), ("like from the start", "right from the start"),
)

ADDRESS_BY_NAME = (
    "i do apologize, {title} {last}", "now {first}, here's what i can do", "{title} {last}, i'm pulling it up", "so {title} {last}, it's not as bad as it looks",
    "thank you for that, {first}", "bless you, {title} {last}", "okay {title} {last}, you're verified", "i hear you, {first}", "one moment, {title} {last}",
    "well {first}, i've got good news", "listen, {title} {last}, i don't make the rules", "how are you doing today, {first}", "right away, {title} {last}",
    "sorry to hear that, {first}", "we'll get you taken care of, {title} {last}", "{first}, are you still with me",
    "and how do you spell that, {last}, okay, never mind, i have it",
)

EXCHANGES = (
    Exchange("what's the claim ticket they emailed you", ("it's {case}", "{case}, i think that's it", "ticket {case}")),
    Exchange("did the other department give you a case number", ("they said {case}", "yeah, {case}", "somewhere here, case {case}")),
    Exchange("what's the confirmation for the payment you made online", ("{confirmation}", "confirmation's {confirmation}", "it printed {confirmation}")),
    Exchange("and the reference on that letter", ("{case}", "the letter says reference {case}", "reference is {case}")),
    Exchange("how much is it you're disputing", ("{amount}", "the whole {amount}", "it's {amount} and change")),
    Exchange("how much were you planning to send", ("about {amount}", "{amount}, give or take", "{amount}")),
    Exchange("what's your monthly income, roughly", ("{amount} or so", "it's {amount}", "somewhere near {amount}")),
    Exchange("how many are in your household", ("{small}", "{small} counting the baby", "just the {small} of us")),
    Exchange("when did the accident happen", ("{date}", "it was {date}, around {time}", "on {date}")),
    Exchange("what time of day was that", ("around {time}", "{time}, i'd just had supper", "maybe {time}")),
    Exchange("what year is the vehicle", ("{year}", "it's a {year}", "{year}, runs like a top")),
    Exchange("what kind of car is it", ("a {model}", "the {model}", "it's my wife's {model}")),
    Exchange("when did you open the account", ("{year} or thereabouts", "back in {year}", "{duration} ago")),
    Exchange("how long have you lived there", ("{duration}", "since {year}", "going on {duration}")),
    Exchange("how many payments have you got left", ("{qty}", "i think {qty}", "should be {qty}")),
    Exchange("which option did you press", ("{menu}", "i hit {menu}", "{menu}, and then it hung up")),
    Exchange("did they say how long it'd take", ("{duration}", "they told me {duration}", "something like {duration}")),
    Exchange("what rate did they quote you", ("{percent}", "it was {percent}", "{percent} fixed")),
    Exchange("when does the adjuster come", ("between {window}", "{date}", "sometime between {window}")),
    Exchange("what's the tracking on the checks you ordered", ("{tracking}", "it's {tracking}", "the email says {tracking}")),
    Exchange("what's the order number for the checkbooks", ("order {order}", "{order}", "um, {order}")),
    Exchange("how many boxes of checks", ("{qty}", "{qty} boxes", "just {qty}")),
    Exchange("what did your last statement balance say", ("{amount}", "it said {amount}", "{amount} even")),
    Exchange("is there an invoice number from the contractor", ("{order}", "invoice {order}", "it says invoice {order}")),
    Exchange("and how much is the estimate", ("{amount}", "{amount}, which is robbery", "they want {amount}")),
    Exchange("when are you traveling", ("{date}", "we leave {date}", "from {date}")),
    Exchange("how many dependents did you claim", ("{small}", "{small} of them", "{small}, same as last time")),
    Exchange("which tax year is this about", ("{year}", "{year}", "the {year} one")),
    Exchange("what was the refund supposed to be", ("{amount}", "{amount}", "it was showing {amount}")),
    Exchange("how long were you on hold", ("{duration}", "{duration}, i timed it", "must have been {duration}")),
    Exchange("what time should we call", ("{time}", "after {time}", "not before {time}")),
    Exchange("is there a time that works to come into the branch", ("{time} on {date}", "how about {time}", "{date} is good")),
    Exchange("how many times did you try the card", ("{small}", "{small} times", "like {small} times")),
    Exchange("what's the deductible on that", ("{amount}", "it's {amount}", "{amount} i was told")),
    Exchange("how old's the roof", ("{duration}", "it was put on in {year}", "from {year}")),
    Exchange("how many bedrooms", ("{small}", "{small} and a den", "{small}")),
    Exchange("and how many miles do you drive to work", ("{qty}", "about {qty}", "{qty} each way")),
    Exchange("what did they bill you for the visit", ("{amount}", "{amount}", "they billed {amount}")),
    Exchange("what does the check say, how much", ("{amount}", "it's made out for {amount}", "{amount}")),
    Exchange("do you know which card we charged, just how it ends", ("the one ending {last4}", "it ends in {last4}", "card ending in {last4}")),
    Exchange("which card was declined, the ending", ("ending in {last4}", "the {last4} one", "{last4} is the ending")),
    Exchange("do you have your transfer confirmation number in front of you", ("sure, {confirmation}", "{confirmation}", "i've got {confirmation}")),
    Exchange("what number are you in the queue, did it say", ("{small}", "it said number {small}", "{small}")),
    Exchange("what's the number on the complaint you filed", ("complaint {case}", "{case}", "number {case}")),
    Exchange("is there a dispute number", ("{case}", "dispute {case}", "they gave me dispute {case}")),
    Exchange("how many checks are missing from the book", ("{qty}", "{qty}", "i count {qty}")),
    Exchange("what number of months do you want to spread it over", ("{qty}", "{qty} months", "let's say {qty}")),
    Exchange("when's your surgery", ("{date}", "it's {date} at {time}", "{date}")),
    Exchange("how many pills do they give you", ("{qty}", "{qty} at a time", "{qty} for the month")),
    Exchange("how many nights was he in", ("{small}", "{small} nights", "{small}")),
    Exchange("and what's the account been like, how much do you keep in there", ("{amount}", "around {amount}", "never under {amount}")),
    Exchange("what's the pin pad model at your register", ("{model}", "a {model}", "it says {model}")),
    Exchange("does the license plate frame say what model", ("{model}", "it's the {model}", "{model}")),
    Exchange("what's the percentage the card charges", ("{percent}", "{percent} now", "it jumped to {percent}")),
    Exchange("is there a date on the email we sent", ("{date}", "it says {date}", "dated {date}")),
    Exchange("when you called about your password, did they open a ticket", ("yes, {case}", "ticket {case}", "{case} they said")),
    Exchange("when did the phone stop ringing for the alerts", ("{date}", "back on {date}", "{duration} ago")),
    Exchange("what does the routing slip in the package say for tracking", ("{tracking}", "{tracking}", "it's got {tracking}")),
    Exchange("so what order number's on that account", ("{order}", "order {order}", "the order's {order}")),
    Exchange("what number's on the address label, the tracking", ("tracking {tracking}", "{tracking}", "the label says {tracking}")),
    Exchange("the number on the email, is it a confirmation", ("yes, {confirmation}", "{confirmation}", "it's the confirmation, {confirmation}")),
    Exchange("how fast is the internet where you're doing this", ("{speed}", "we've got {speed}", "supposedly {speed}")),
    Exchange("how much are you putting down", ("{percent}", "{amount} down", "{percent}, maybe a little more")),
    Exchange("what's the balance on that card", ("{amount}", "it's at {amount}", "{amount} last i looked")),
    Exchange("what year were you hired there", ("{year}", "{year}", "it'd be {year}")),
)

AGENT_BENIGN = (
    "your available balance is {amount}", "the payoff good through {date} is {amount}", "i've filed that as case {case}", "your reference for this call is {case}",
    "you'll want to write down confirmation {confirmation}", "the new card ships {date}", "it's a {duration} hold on deposits over {amount}",
    "your rate today's {percent}", "that's {qty} payments of {amount}", "the branch is open {hours}", "i have an opening at {time} on {date}",
    "press {menu} when you hear the prompt", "the wire fee is {amount}", "your claim was paid at {percent}", "the adjuster will be there between {window}",
    "i'm seeing the debit card ending in {last4}", "the card that ends {last4} has been shut off", "a provisional credit of {amount} goes on by {date}",
    "the checkbooks went out, tracking {tracking}", "that's order {order} for the checks", "our records go back to {year}", "you've got {small} pending items",
    "the deductible's {amount}, then we pay {percent}", "the grace period is {duration}", "your benefit goes up {percent} come january", "the form's due {date}",
    "it takes {duration} for an a c h", "your dispute was opened {date}", "there's a {amount} fee for stopping a check", "you were charged {amount} at {time}",
    "the certificate matures in {year}", "the minimum is {amount} by {date}", "we don't pay out until {duration} after the filing", "you're number {small} in line",
    "i'm transferring you, if it drops press {menu}", "they cap it at {amount} a day", "the credit posted for {amount}, reference {case}",
    "your invoice {order} is showing unpaid", "it allows {small} attempts and then locks", "you qualify for {percent} back on groceries",
    "the hearing is set for {time} on {date}", "you're entitled to {qty} visits a year", "the copay is {amount}", "my extension's not direct, just ask for {agent}",
    "the account's been open since {year}", "the pin mailer goes out in {duration}", "your card number changes but the autopay of {amount} stays",
    "the routing of that wire took {duration}", "the password link is good for {duration}", "i texted the phone on file at {time}",
    "your address change takes effect {date}", "that social security increase is {percent}", "the license renewal fee is {amount}",
    "birthday bonus of {amount} posts on {date}", "the account was charged {qty} times", "i show a statement of {amount} dated {date}",
    "it's the {model} app that has the bug", "you're covered up to {amount} for the {model}", "the loan runs another {duration}", "i can waive {amount} of that",
    "the penalty's {percent} plus {amount}", "your ticket with the web team is {case}", "the survey's only {small} questions", "it was approved for {qty} units",
    "an examiner looks at it within {duration}",
)

CUSTOMER_BENIGN = (
    "i wrote that check for {amount}", "my statement says i owe {amount} and that's baloney", "i've been banking with you folks since {year}",
    "you charged me {amount} for being {small} days late", "they put me on hold for {duration}", "it's gone up {percent} and i'm on a fixed income",
    "i was born the same week as my neighbor and she gets {amount} more", "my appointment was {time}", "the fella said {duration}",
    "i called on {date} and again on {date}", "i pressed {menu} like it told me", "my claim's been open {duration}", "i drive a {year}",
    "she's got the {model} and it's never had a scratch", "i only took out {amount}", "the a t m gave me {amount} instead of {amount}",
    "i have {small} cards in my wallet and none of them work", "i mailed it {date}, certified, tracking {tracking}", "the ticket number they gave me was {case}",
    "i've got confirmation {confirmation} right here on the paper", "your lobby closes at {time}, i know because i was there", "i've tried that pin {small} times",
    "i got {qty} letters from you in one day", "my husband's been gone {duration}", "i'm {small} weeks behind", "it was {amount} at the pharmacy",
    "the other place quoted me {percent}", "that's not mine, mine ends in {last4}", "the receipt says card ending {last4}", "i was told between {window}",
    "we bought the place in {year}", "the roofer wants {amount} up front", "my direct deposit's usually in by {time}", "i order {qty} checks at a time",
    "the order was {order} for those checks", "the sign out front says {hours}", "my grandson put it on his {model}", "my email takes {duration} to load",
    "i changed my password {small} times this week", "the phone company took {amount} too", "i moved {small} times since then",
    "it's {small} miles to the nearest branch", "my social security is {amount} a month", "i've had the same address since {year}", "i get {speed} on a good day",
    "invoice {order} was paid, i have the stub", "there's {small} of us on the policy", "the letter's dated {date}", "i paid {percent} down",
    "they took {amount} then {amount}, both on {date}", "you people said {duration} and it's been {duration}", "the reference on my complaint is {case}",
    "my account's only got {amount} in it", "i'm at work till {time}",
)

PAYMENT_BENIGN = (
    "your premium comes to {amount}", "i'll be taking {amount} today, is that okay with you", "with the late fee it's {amount}",
    "the down payment's {amount} and then {qty} of {amount}", "there's a {percent} convenience fee on cards", "the total past due is {amount}", "this'll post by {date}",
    "so we have {amount}, effective {date}", "if you do it by check there's no {amount} charge", "you've got {qty} installments left after this one",
    "is that for the full {amount} or just the minimum", "it covers you through {date}", "your fine is {amount} and court costs are {amount}",
    "the copay is {amount} and i'm charging that now", "you'll get a receipt, number {order}", "i have to read you this, {amount} will be debited on {date}",
    "you save {amount} if you pay the year up front", "the card on file ending in {last4} was declined", "autopay takes {percent} off",
    "the deductible is {amount}, due at the shop", "we attempted {amount} {small} times", "payment number {small} of {qty}, that's {amount}",
    "the confirmation for the last one was {confirmation}", "it takes {duration} to clear", "just a second, it says {amount} is pending",
    "should we split that in {small}", "okay, so {amount} toward principal", "your invoice {order} has a balance of {amount}",
    "there's {amount} in interest since {date}", "reinstating it costs {amount}", "the refund of {amount} goes back to that same card in {duration}",
    "i can do {amount} now and the rest {date}", "it won't go through till after {time}",
)

SMALL_TALK = (
    ("how's it going out your way", "oh, we got {small} inches of rain"), ("sorry, the screen's frozen", "that's how it goes"),
    ("you have a lovely voice, ma'am", "i sang in the choir for {duration}"), ("it's been a zoo today", "i'll bet it has"),
    ("are you keeping cool", "it hit triple figures at {time}"), ("while that loads, got plans", "my sister's coming {date}"),
    ("i've got a dog too", "mine's {small} and deaf as a post"), ("that's a long time with us", "since {year}, i told you"),
    ("did you get through okay", "well it took {duration}"), ("my computer's thinking", "mine does that"), ("happy friday", "is it friday already"),
    ("i'm new here, bear with me", "everybody's got to start somewhere"), ("you sound like you're from texas", "born and raised"),
    ("what a storm that was", "we lost power for {duration}"), ("are the grandkids with you", "{small} of them, and they're loud"),
    ("how about that game", "don't get me started"), ("i'm on my last call, then i go home", "lucky you, what time, {time}"),
    ("are you retired", "{duration} now and i've never been busier"), ("i'll be quiet while it searches", "take your time, i've got my coffee"),
    ("thank you for your service", "{small} tours, navy"), ("traffic was awful this morning", "i don't miss that a bit"),
    ("that's a pretty name", "it was my grandmother's"), ("this old system", "you should see my {model}"), ("my lunch is at {time}", "what're you having"),
    ("you're call number {small} since the break", "i'm honored"), ("is it cold there yet", "there's frost on the truck"),
    ("you're very organized", "i was a bookkeeper for {duration}"), ("sounds like a party back there", "it's the television, sorry"),
    ("i have to read this disclosure, it's {duration} long", "oh boy"), ("gas is up again", "{amount} at the corner"), ("i can hear the ocean", "that's the dishwasher"),
    ("okay it moved", "hallelujah"), ("we're short staffed, {small} people out", "everybody is"), ("i collect stamps myself", "really, i've got {qty} albums"),
    ("did you vote already", "stood in line {duration}"), ("i'll have you out of here in {duration}", "you said that {duration} ago"),
    ("one of those days", "tell me about it"), ("lord, this thing's slow", "you need more coffee"), ("do you have snow", "up to my knees"),
    ("i love that area", "we like it, taxes are {percent} though"), ("my mom says the same", "smart lady"), ("just checking you're still there", "where would i go"),
)

DISTRACTORS = (
    ("my card got turned down {small} times at the gas station", "that can be the pump"), ("is that the number on the account or the order", "the order, it's {order}"),
    ("what's my password got to do with it", "nothing, i'm only asking about the {amount}"),
    ("i don't even know my own social any more", "happens to all of us, we don't need it"), ("the tracking number on the e-mail doesn't work", "try {tracking}"),
    ("do i need my license to cash this", "yes, or another photo i d"),
    ("my birthday's coming up and i wanted to know about the discount", "it's {percent} off in that month"),
    ("you have my address, you mailed me {qty} letters", "we do, i see that"), ("the pin pad was broken at your branch", "they're fixing it {date}"),
    ("i got an email saying my account was closed for {amount}", "don't click it"), ("my phone died {small} times on this call", "i'm glad you got back through"),
    ("what's the name of the manager", "ask for {agent}"), ("my passport's expired, does that matter", "not for {duration}"),
    ("how many numbers are in a routing number anyway", "more than you'd think"), ("the member price was {amount}, not {amount}", "that ended {date}"),
    ("i put the policy in the drawer and now i can't find it", "i can mail another by {date}"), ("did my account get charged on {date}", "for {amount}, yes"),
    ("will the code work tomorrow", "no, it dies in {duration}"), ("can i pay with somebody else's card", "with their say so"),
    ("the security guard at your branch was rude", "i'll note it on case {case}"), ("does the i r s ever call people", "no sir, they write, and it takes {duration}"),
    ("i want a card with a picture of my dog on it", "those cost {amount}"), ("my checking was short by {amount}", "that's the {date} transfer"),
    ("is the chip in my card bad", "could be, new ones take {duration}"), ("my account's in my maiden name", "you can change it at the branch, {hours}"),
    ("the date on the check is {date}", "then it's good for {duration}"), ("your text came at {time} and woke me up", "you can turn those off under option {menu}"),
    ("my social security went up {percent}", "that's the cost of living"), ("who gave out my number", "we'd never do that"),
    ("do you have an address for payments", "it's on the back of your bill"), ("i left my card in the machine at {time}", "it gets shredded in {duration}"),
    ("can you spell the name of that form", "it's called the {model}, just ask for it"), ("the member next to me in line got {amount}", "everybody's different"),
    ("i gave my numbers to a man who called", "let's freeze it, that takes {duration}"),
    ("my license was {small} months out of date", "they only fined you {amount}, then"), ("the confirmation email had the wrong amount", "it should be {amount}"),
    ("why was my zip rejected {small} times", "the pump times out"), ("i've forgotten what i called about", "something to do with {amount}"),
    ("is there an account fee", "{amount} a month under a {amount} balance"), ("i keep my pin in my head", "good, keep it there"),
    ("they asked me for my bank on the phone and i hung up", "you did right"), ("can i have a new password mailed", "no, but the link's good {duration}"),
    ("last time i read you all the numbers and you still couldn't find me", "i'm sorry, this is ticket {case}"),
    ("the expiration on the coupon is {date}", "we'll honor it till {time}"),
    ("the invoice has an account line but it's blank", "use {order}, that's the invoice number"),
    ("your machine asked for my card then said {menu} for spanish", "you can say agent"),
    ("do you want the number on the claim or on the tow receipt", "the tow one, it's an invoice"),
    ("the doctor has my chart all wrong", "they bill us {small} times a year, i'll flag it"),
)

SPELLED_AS = (
    "as in", "like in", "for", "like", "as",
)

ZIP_QUESTIONS = (
    "and the zip on the billing", "what zip does that card come to", "your five digit zip", "the postal code for that", "zip", "and the zip where you get the bill",
    "what zip code would the bank have", "which zip goes with that card",
)

FIRST_NAMES = (
    "mildred", "otis", "wanda", "earl", "beatrice", "clyde", "norma", "floyd", "dolores", "vernon", "harriet", "leroy", "marjorie", "chester", "geraldine", "roscoe",
    "tammy", "duane", "brenda", "randall", "crystal", "dustin", "misty", "travis", "kayla", "brandon", "destiny", "tyler", "jasmine", "hunter", "alejandra", "ignacio",
    "guadalupe", "esteban", "marisol", "rigoberto", "xiomara", "efrain", "yesenia", "ramiro", "consuelo", "heriberto", "keisha", "darnell", "tamika", "jamal", "ebony",
    "deshawn", "precious", "marquis", "siobhan", "declan", "fiona", "callum", "moira", "hamish", "gwendolyn", "rhys", "bronwyn", "angus", "lakshmi", "venkat", "deepika",
    "arjun", "sunita", "harpreet", "gurdeep", "manju", "vikram", "anjali", "xiaoling", "jianhong", "meilin", "zhiwei", "siew", "hyunwoo", "jisoo", "minjun", "soyeon",
    "haruto", "naoko", "takeshi", "emiko", "phuong", "tuyet", "quang", "linh", "bayani", "corazon", "rizalino", "ligaya", "chidi", "ngozi", "olumide", "folake",
    "tendai", "thandiwe", "abebech", "tesfaye", "mulugeta", "wambui", "kofi", "akosua", "mariam", "yusuf", "zeynep", "mehmet", "shirin", "farhad", "leila", "bashir",
    "samira", "avraham", "rivka", "shlomo", "svetlana", "bogdan", "katarzyna", "zbigniew", "ludmila", "vasile", "ileana", "stavros", "eleni", "giuseppe", "lucia",
    "benoît", "océane", "klaus", "heidrun", "anders", "astrid", "joão", "iracema", "mary ann", "billy joe", "leilani", "kainoa", "dakota", "aiyana",
)

LAST_NAMES = (
    "abernathy", "whitfield", "pruitt", "hargrove", "mcallister", "stubbs", "tillman", "beasley", "crenshaw", "dupree", "fontenot", "boudreaux", "thibodeaux", "guidry",
    "yoder", "stoltzfus", "hostetler", "vanderhoef", "dejong", "kuiper", "gallagher", "o'malley", "fitzgerald", "mcnamara", "donnelly", "macleod", "ferguson",
    "buchanan", "llewellyn", "pritchard", "zamora", "escobedo", "villarreal", "montoya", "cisneros", "arellano", "betancourt", "quiñones", "sepulveda", "echeverria",
    "maldonado", "figueroa", "washington", "freeman", "booker", "gaines", "battle", "pettway", "subramanian", "krishnamurthy", "venkataraman", "chaudhary", "dhillon",
    "sandhu", "bhattacharya", "iyer", "deshmukh", "rahman", "siddiqui", "chowdhury", "zhou", "huang", "xu", "feng", "ouyang", "leung", "cheung", "kwok", "pham", "huynh",
    "truong", "vo", "choi", "hwang", "jeong", "baek", "nakamura", "watanabe", "fujimoto", "hayashi", "dela cruz", "macaraeg", "pangilinan", "bautista", "nwosu", "eze",
    "chukwu", "balogun", "adebayo", "mutasa", "dlamini", "tekle", "gebremariam", "wanjiru", "kamau", "asante", "boateng", "yildiz", "demir", "tehrani", "farahani",
    "khalil", "nasser", "mansour", "goldberg", "rosenthal", "shapiro", "abramowitz", "kuznetsov", "sokolov", "shevchenko", "wojcik", "zielinski", "kaczmarek", "popescu",
    "ionescu", "horvath", "szabo", "papadopoulos", "economou", "lombardi", "esposito", "ferraro", "lefebvre", "gauthier", "zimmermann", "hoffmann", "bergström",
    "halvorsen", "ferreira", "carvalho", "kealoha", "kamaka", "begay", "tsosie", "whitehorse", "st clair", "van dyke",
)

AGENTS = (
    "curtis", "renee", "dwight", "yolanda", "preston", "marcy", "alonzo", "bethany", "gil", "shonda", "trent", "irene", "malik", "rochelle", "wendell", "kirsten",
)

COMPANIES = (
    "harbourgate savings bank", "old pier insurance", "tidewater federal credit union", "lakeshore mutual", "pilgrim national bank", "the benefits bureau",
    "county assessor's office", "prairie teachers credit union", "sentinel life and casualty", "anchor home lending", "state unemployment line",
    "granite state health plan", "first mariners bank", "veterans services desk",
)

CITIES = (
    "bangor", "duluth minnesota", "chattanooga tennessee", "kalamazoo michigan", "cedar rapids iowa", "las cruces new mexico", "hoboken new jersey",
    "baton rouge louisiana", "spokane washington", "eau claire wisconsin", "schenectady new york", "pocatello idaho", "galveston texas", "macon georgia",
    "flagstaff arizona", "eugene oregon", "pensacola florida", "pueblo colorado", "asheville north carolina", "charleston south carolina", "bakersfield california",
    "kearney nebraska", "roanoke virginia", "youngstown ohio", "nashua new hampshire", "worcester", "scranton", "peoria", "biloxi", "topeka", "halifax nova scotia",
    "chula vista",
)

STREETS = (
    "chestnut ridge", "old mill", "harbor view", "sycamore", "martin luther king", "county line", "dogwood", "van buren", "prospect", "lighthouse", "magnolia",
    "roosevelt", "quail hollow", "mulberry", "saint charles", "wharf", "juniper", "el camino", "bay", "hickory grove", "ferry", "monroe", "persimmon", "state",
    "rosewood", "grand", "whippoorwill", "union", "beacon hill", "fort", "sawmill", "pelican",
)

STREET_TYPES = (
    "street", "avenue", "road", "drive", "lane", "court", "boulevard", "way", "place", "terrace", "circle", "parkway", "trail", "ave", "rd", "dr",
)

DOMAINS = (
    "gmail.com", "sbcglobal.net", "verizon.net", "msn.com", "icloud.com", "att.net", "cox.net", "proton.me", "live.com", "earthlink.net", "charter.net", "harborlaw.com",
    "bellsouth.net", "my.yahoo.com",
)

PASS_WORDS = (
    "buttercup", "lighthouse", "snickers", "maverick", "patches", "thunder", "cupcake", "yankees", "biscuit", "cadillac", "bluebird", "packers", "whiskers", "anchor",
    "marigold", "bandit", "peanut", "steelers", "tabitha", "cowboy", "lucky", "harbor", "daisy", "oldsmobile", "gumbo", "sailor",
)

MODELS = (
    "toyota camry", "silverado fifteen hundred", "f one fifty", "honda civic", "form ten forty", "jeep cherokee", "verifone five twenty", "ford fusion", "form w nine",
    "rav four", "dell inspiron", "ram twenty five hundred", "kindle fire", "buick lesabre",
)

CODE_WORDS = {
    word[0]: (word, plain)
    for word, plain in (
        ("adam", "apple"), ("bravo", "boat"), ("charles", "candy"), ("david", "dolphin"), ("echo", "eagle"),
        ("frank", "fish"), ("george", "garden"), ("henry", "harbor"), ("ida", "igloo"), ("john", "jelly"),
        ("king", "kite"), ("lincoln", "lemon"), ("mary", "monday"), ("nora", "november"), ("ocean", "oliver"),
        ("paul", "paper"), ("queen", "quilt"), ("robert", "river"), ("sam", "sugar"), ("tom", "tennis"),
        ("union", "uncle"), ("victor", "violin"), ("william", "water"), ("xray", "xylophone"), ("young", "yarn"),
        ("zebra", "zipper"),
    )
}
"""Americans on the phone: the police alphabet, half remembered, and whatever comes to mind."""
