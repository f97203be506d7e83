"""What is said around the questions in the calls of ``meridian``: openings, benign talk, corrections, names."""

# Wordings are read as lists, several on a line, with a bar between them; ">>" parts a line from its reply.
# ruff: noqa: E501
# fmt: off

from evals.redaction.families import Exchange


def said(text: str) -> tuple[str, ...]:
    """The wordings of a list parted by bars and line ends."""
    return tuple(part.strip() for line in text.splitlines() for part in line.split("|") if part.strip())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Lines with their replies, one pair after the other."""
    made = []
    for part in said(text):
        first, _, second = part.partition(">>")
        made.append((first.strip(), second.strip()))
    return tuple(made)


def _exchanges(text: str) -> tuple[Exchange, ...]:
    """One exchange a line: the question, then its answers."""
    made = []
    for line in text.splitlines():
        question, _, answers = line.partition(">>")
        if answers.strip():
            made.append(Exchange(question.strip(), said(answers)))
    return tuple(made)


OPENINGS = said("""thank you for calling {company}, this is {agent}, how can i help you today | hi, you've reached {company}, my name's {agent}, what can i do for you
good morning, {company}, {agent} speaking | thanks for holding, this is {agent} with {company}, how may i help | good afternoon and thanks for calling {company}, i'm {agent}
{company} customer care, this is {agent} on a recorded line | hello, {agent} here at {company}, what's going on today | thanks for choosing {company}, you're speaking with {agent}
hi there, this is {agent} in billing, how can i help | {company}, {agent} speaking, how's your day going | thank you so much for waiting, my name is {agent}, what can i help you with""")

REASONS = said("""i'm calling about my bill, it went up and i'm not sure why | i need to make a payment | i wanted to check on an order i placed last week | i got a letter about my coverage and i don't understand it
my internet's been going in and out | i'd like to change my flight if that's possible | i need to book an appointment | i think i was charged twice this month | i'm trying to log in and it keeps locking me out
i'd like to cancel my subscription please | i moved, so i've got to update some things | there's a charge on here that i don't recognize | i never got my refund | i want to add somebody to my plan
the power's out on our whole street | i need a refill on a prescription | i had a little fender bender and i've got to file a claim | my card was declined at the store | i'm looking to set up autopay
the package says delivered but i don't have it | i'd like to send some money overseas | the item i received was broken | i want to upgrade to the {model} | i'm returning a call from somebody over there""")

CLOSINGS = _pairs("""is there anything else i can help you with today? >> no, that's everything, thank you so much | alright, you're all set, have a great day >> thanks, you too
thanks for being a customer, we appreciate it >> okay, bye now | that's all done for you >> perfect, i appreciate your help | you'll get a quick survey after this call >> sure, sounds good
anything else on your mind? >> nope, that'll do it | you take care now >> you as well, bye bye | so we're good on that, enjoy your weekend >> thank you, {agent}, you were a big help
thanks for calling {company} >> thank you, have a good one | i'll get that taken care of right away >> awesome, thanks a lot""")

PREFIXES = said("""okay, | alright, | sure, | perfect, so | great, and | no problem, | i can help with that, | thank you for that, | got it, | wonderful, | absolutely, let's see, | okay so | for security purposes, | and just to verify,
i'd be happy to, | let me pull that up, | before we get started, | one more thing, | while that's loading, | awesome, | thanks, and | i'm sorry about that, | oh okay, | alright then, next, | of course, | just so i have it,""")

SUFFIXES = said("""please | for me | if you don't mind | when you get a chance | whenever you're ready | if you have it handy | real quick | just to confirm | so i can pull that up | today | and take your time""")

BACKCHANNELS = said("""mhm | uh huh | okay | yep | got it | right | go ahead | i'm with you | alright | yes | sure | perfect | and then | i'm listening | okay go on | mm | keep going | that's fine | gotcha | next | i'm following you | good""")

ACKNOWLEDGEMENTS = said("""perfect, thank you | great, thanks for that | alright, i found you | thank you, bear with me a moment | okay, that matches | got it, thanks so much | wonderful, i've got that down | awesome, thank you
thank you for verifying that | okay, one moment while that loads | alrighty, i see it now | that went through just fine | perfect, that's updated | i appreciate that | good, we're all set there | thanks, give me just a second
okay great, that worked | very good, thank you | alright, i've put that in | super, thanks | okay, i have that on my screen now | excellent | that's what i needed, thank you""")

READ_BACKS = said("""so that's {x} | let me read that back, {x} | i have {x}, is that right | okay, {x}, correct | just to make sure, {x} | i heard {x}, did i get that | {x}, is that it | and that was {x} | so {x}, yes | to confirm, {x}
alright i've got {x} down here | let me repeat that, {x} | you said {x} | did you say {x} | that's {x}, right | okay so i've typed {x} | double checking, {x} | so it's {x}, am i right | reading it back i have {x} | one more time, {x}
and i'm showing {x}, does that sound right""")

CONFIRMATIONS = said("""yes | yeah that's right | correct | yep, that's it | that's the one | mhm, that's correct | yes ma'am | yes sir | you got it | exactly | that's me | right | uh huh, yes | sounds right | that's correct, yeah""")

FILLERS = said("""um | uh | then | and | let's see | and then | hang on | okay | so | and that's | uh then""")

CORRECTIONS = said("""sorry, {right} | no wait, {right} | i mean {right} | oops, that's {right} not {wrong} | no, not {wrong}, {right} | excuse me, {right} | make that {right} | scratch that, {right} | sorry not {wrong}, it's {right}
actually that's a {right} | oh i misread that, {right} | hang on, {right} | er, {right} | my mistake, {right} | let me correct that, {right} | did i say {wrong}, i meant {right} | that's {right}, sorry | no that's a {right}
i said {wrong} but it's {right} | rather, {right} | oh wait it's {right} | pardon me, {right} | well no, {right}, not {wrong} | i'm sorry, that should be {right}""")

RESTARTS = said("""no wait, let me start over, | sorry, let me do that again, | hold on, i lost my place, it's | oops, one more time, | okay, from the top, | shoot, i'm reading the wrong line, it's | let me begin again, | i got mixed up, so it's
you know what, let me restart, | wait, i skipped some, | sorry, i'll say it slower, | hang on, my glasses, okay | no that's not right, it's | let me back up, | oh wait, wrong card, it's | sorry, the dog, okay again, | that was wrong, it goes
excuse me, let me try that again, | um, starting again, | no no, sorry, it's | i jumped ahead, so | let me go back to the beginning,""")

AMENDS = said("""oh wait, the end of that is {x} | sorry, the last part should be {x} | actually it ends with {x} | hold on, those last ones are {x} | i think i told you wrong, the end's {x} | let me fix that, the last bit is {x} | no sorry, it finishes with {x}
i read that wrong, it ends in {x} | the tail end is {x}, not what i said | oops, {x} at the end | you know, that last part's {x} | make the ending {x} | could you change the last ones to {x} | correction, the final ones are {x}
wait, i see it now, it ends {x} | i'm sorry, {x} on the end | it's {x} for the last part | oh i flipped those, the end is {x} | my bad, it ends with {x} | just the ending's different, it's {x} | hm, looking again the last ones are {x}""")

DELAYS = _pairs("""give me one second to find it >> no rush, take your time | let me grab my wallet >> sure, go right ahead | hold on, i've got to get my glasses >> of course | it's out in the car, can you wait >> absolutely, i'll hold
i have to look that up >> that's perfectly fine | hang on, i'm on my phone, let me switch screens >> no worries | let me ask my wife real quick >> take all the time you need | one moment, i'm pulling over >> please do, safety first
i just had it in my hand >> it always happens that way | let me put you on speaker >> okay, i can still hear you | i'm opening up the app now >> great, let me know when it's up | it's somewhere in this drawer >> i'm in no hurry
sorry, somebody's at the door >> that's okay, i'll be here | let me find the right page >> it's usually near the top | um, where did i put that >> no problem at all | my computer's being slow >> mine does that too | can i get a pen first >> sure thing
i need to log in to see it >> alright, just say when | the kids are yelling, let me go in the other room >> not a problem | i'm looking for it now >> okay, i'm still with you | it's in my purse, just a sec >> you're fine | bear with me here >> happy to wait""")

CLARIFICATIONS = _pairs("""sorry, what was that? >> the one i just asked you for, if you have it | which one do you mean? >> the one that's on your paperwork | do you need the whole thing? >> yes please, all of it | can you say that again? >> sure, i said go ahead with it whenever you're ready
is that safe to give over the phone? >> it is, this line's secure | where would i find that? >> it should be right there on the front | you're breaking up a bit >> sorry, is that better? go ahead | mine or my husband's? >> yours is fine
do you want me to spell it? >> just say it first | why do you need that? >> only to make sure i'm talking to the right person | the old one or the new one? >> the current one | didn't i just type that in? >> you did, it doesn't come over to me, unfortunately
you mean right now? >> yes, i've got the form open | is that the one on the card? >> yes, that's the one | i gave that to the last person >> i know, i apologize, i need it once more | should i go slow? >> a little slower would be great
hm, are you talking about the top or the bottom? >> the top one | am i supposed to have that with me? >> if you do it'll be quicker | sorry, i didn't catch that >> that's alright, just that last thing i asked | would it be in the email? >> it might be, yes
for me or for the account? >> for you | all at once? >> yes, or in pieces, whichever's easier""")

ADDRESS_BY_NAME = said("""thank you, {first} | okay {title} {last}, one moment | alright {first}, i've got that | perfect, {title} {last} | i understand, {first} | so {first}, here's what i'm seeing | thanks for your patience, {title} {last} | {first}, are you still there
i'm sorry to hear that, {first} | mr and mrs {last}, okay | no problem at all, {title} {last} | great, {first}, thanks""")

EXCHANGES = _exchanges("""what's the order number >> it's {order} | {order} | the order's {order} | um, order {order} | it says {order}
do you have the tracking number >> yeah, {tracking} | it's {tracking} | the tracking is {tracking} | sure, {tracking}
what's the confirmation number on the booking >> {confirmation} | it's {confirmation} | confirmation is {confirmation} | let me look, {confirmation}
is there a case number from last time >> yes, {case} | it's {case} | they gave me case {case} | the case is {case}
did they give you a reference number >> {case} | reference {case} | it's {case}, i wrote it down
what's the ticket number on that >> ticket {case} | {case} | it's {case}
can you give me the invoice number >> it's invoice {order} | {order} | the invoice is {order}
how many did you want >> {qty} please | {qty} | i'll take {qty} | let's do {qty} of them
how many people are traveling >> {small} of us | {small} | there's {small}, counting the baby
what time works best for you >> {time} if you've got it | around {time} | {time} | anything after {time}
what day would you like to come in >> {date} | how about {date} | {date} works | could we do {date}
when were you expecting it >> {date} | they said {date} | it was supposed to come {date}
how much were you charged >> {amount} | it was {amount} | it says {amount} | they took out {amount}
how much would you like to pay today >> {amount} | let's do {amount} | i can do {amount} | all of it, so {amount}
what's the amount of the transaction in question >> {amount} | it was {amount} | for {amount}
how long has it been out >> about {duration} | {duration} | going on {duration} now | maybe {duration}
how long have you been with us >> {duration} | since {year} | probably {duration} | oh, since {year} i think
what model do you have >> it's the {model} | {model} | a {model} | i think it's the {model}
what year's the car >> {year} | it's a {year} | {year}, i believe
what year was the house built >> {year} | i think {year} | it'd be {year}
which option did you press to get here >> {menu} | option {menu} | i think i hit {menu}
what speed are you getting >> about {speed} | {speed} | it says {speed} on the test
what speed are you paying for >> {speed} | we've got the {speed} plan | supposed to be {speed}
how many devices are on the wifi >> {small} maybe | {small} | i'd say {small}
what's your household size >> {small} | there's {small} of us | {small}, including me
how old's the appliance >> {duration} | about {duration} | we bought it in {year}
on a scale of one to ten how bad's the pain >> {menu} | probably a {menu} | i'd say {menu}
what rate did they quote you >> {percent} | it was {percent} | {percent}, i want to say
what percentage did they take off >> {percent} | {percent} | it was supposed to be {percent}
what window did they tell you >> between {window} | {window} | they said between {window}
would between {window} be okay >> that works | yeah that's fine | i'd rather do {time} | sure
what's your mileage, roughly >> i don't know, average i guess | pretty low | i'd have to look
is that a checking or a savings >> checking | it's savings | checking please
visa or mastercard >> visa | mastercard | it's a debit visa
do you want paper bills or electronic >> electronic's fine | paper please | oh, paperless
are you the account holder >> yes i am | i am | it's my husband, but i'm on there too
is the card in your name >> yes | it is | no, my wife's
is the billing address the same as shipping >> yes it is | same one | yeah they're the same
do you want that texted or emailed >> text is fine | email please | either one
are you in front of the modem now >> yes | i am | give me a second, okay i'm here
what color are the lights >> they're orange | there's a green one and a red one | blinking white
how many lights are lit >> {small} | {small} of them | i count {small}
which size did you order >> a medium | the large | it was a {menu}
what seat would you prefer >> an aisle please | window | row {qty} if it's open
how many bags are you checking >> {small} | just {small} | {small}, i guess
what does the error say >> it just says try again later | something went wrong | it says error {small}
when did you mail the payment >> {date} | it was {date} | i think {date}
how often do you take it >> {small} times a day | every {duration} | {small} a day
how many pills do you have left >> {small} | about {qty} | {qty} or so
have you had the account for long >> {duration} | since {year} | yeah, {duration}
which charge are you looking at >> the one for {amount} | {amount} on {date} | it's on {date}
the card i see ends in {last4}, is that still good >> yes, that one's fine | no, that's the old one | yeah go ahead and use it
are those the last numbers of the order or the invoice >> the order, {order} | that's the invoice, {order} | order
do you want the protection plan for {amount} >> no thank you | sure, why not | how long's that for
is your phone an iphone or an android >> iphone | android | it's a {model}
how was the delivery, did they leave it at the door >> no, nothing was there | yes but the box was crushed | they left it by the garage""")

AGENT_BENIGN = said("""your order number is {order} | the tracking number's {tracking} | your confirmation number will be {confirmation}, you'll get that by email too | i've opened case {case} for you | your reference for today's call is {case} | the ticket i just put in is {case}
it should get there {date} | they'll be out between {window} on {date} | we're open {hours} | it'll take about {duration} to process | the balance right now is {amount} | your next bill's {amount} and it's due {date}
i can take {percent} off of that | the interest rate on it is {percent} | with tax that comes to {amount} | i'm showing {small} items in that order | there's a restocking fee of {amount} | your plan gives you {speed}
you'll want to press {menu} next time to skip the queue | the copay's {amount} and you've met {percent} of the deductible | i see the card ending in {last4} on the account | the payment came from the card ending {last4} | we refunded {amount} to the card ending in {last4}
that model's the {model} | the warranty runs for {duration} | you've been with us since {year}, thank you | invoice {order} was paid on {date} | the appointment's set for {time} on {date} | check in starts at {time}
hold times are about {duration} today | i can waive {amount} of that as a courtesy | your flight leaves at {time} and lands at {time} | the deposit's {amount}, refundable within {duration} | it's {amount} a month for {duration}
you have {qty} points expiring {date} | we ship in {duration} | that one comes in {small} sizes | restart it and wait {duration} | you've got {small} days left on the trial | the doctor has an opening at {time} | estimated restoration is {time}
go ahead and press {menu} for pharmacy | the outage affects about {qty} homes | they tried to deliver on {date} at {time} | i've sent that claim over, it's number {case} | the late fee was {amount} | that brings it from {amount} to {amount}
your rate's going up {percent} in {year} | i've credited {amount} back | my extension isn't direct, just ask for {agent} | you can return it within {duration} | it's {qty} per case at {amount} each | the box has {qty} pieces in it
we'll need you to arrive {duration} early | our records go back to {year} | i see {small} people on the policy""")

CUSTOMER_BENIGN = said("""my order number's {order} | i've got the tracking right here, {tracking} | the confirmation is {confirmation} | they told me the case was {case} | the bill says {amount} and it's normally {amount} | i was charged {amount} on {date}
it was supposed to be here {date} | the guy said between {window} and nobody came | i've been on hold for {duration} | i've called {small} times already | i ordered {qty} and only got {small} | it's the {model}
i bought it in {year} | i only make {amount} a week so it's tight | i'm only getting {speed} | they promised me {percent} off | i paid {amount} last month | i've been a customer for {duration} | my appointment's at {time}
our flight's at {time} on {date} | the lady before you gave me reference {case} | i pushed {menu} and it hung up on me | we're paying {amount} and the neighbor's paying {amount} | it's been {duration} since i sent it back | i'm in the store by {time} usually
i get off work at {time} | i need it before {date} | the ad said {amount} | the email says order {order} shipped | i have {small} kids on the plan | the price went up {percent} in a year | i can do {date} or {date}
the receipt has invoice {order} on it | i took off work from {window} for this | i think i was due {amount} back | it quit after {duration} | we signed up back in {year} | i've got {small} boxes missing | it shows the old card on there, since {year}
the ticket they opened was {case} | we lost power around {time} | it's a {year}, nothing fancy | i have about {qty} points left | it only came with {qty} | the quote was {amount} for {duration} | the statement closes {date} | you're open {hours}, right""")

PAYMENT_BENIGN = said("""your total today is {amount} | so that'll be {amount} with tax | i've got the card ending in {last4} on file, did you want to use that one | the minimum due's {amount} | the past due amount is {amount} and the full balance is {amount}
we take visa, mastercard and discover | there's no fee to pay by phone | there's a {amount} convenience fee | it'll post in {duration} | that'll be charged on {date} | i can split that into {small} payments of {amount}
you'll see a pending charge of {amount} | your confirmation for that payment is {confirmation} | the payment's for order {order} | okay i'm ready to take your payment | you save {percent} with autopay | the receipt number's {case} | it comes out every month on {date}
the card ending {last4} declined, so we'd need another | that leaves a balance of {amount} | shipping's {amount} and it takes {duration} | for invoice {order} that's {amount} | the recording pauses for this part | it may take a second to go through
with the {percent} discount it's {amount} | we can set it for {date} if you'd like | this is for {small} nights at {amount} | i'm putting through {amount} now | the system asks for the front of the card and then the back""")

SMALL_TALK = _pairs("""how's the weather out your way? >> hot, it's been hot all week | did you have a nice weekend? >> it went by too fast | any big plans for today? >> just errands, mostly | is that a dog i hear? >> yeah sorry, the mailman's here
while that loads, how are you doing today? >> can't complain | sounds like you've got your hands full >> always, with these kids | my system's a little slow this morning >> that's alright, it happens | are you traveling for fun or work? >> a little of both
oh that's a beautiful area >> we love it here | we've been getting a lot of these calls today >> i bet you have | happy early birthday, by the way >> oh, thank you, that's sweet | are you watching the game tonight? >> if i'm home by {time}, yes
it's almost friday, at least >> thank goodness for that | did you get much snow? >> about {small} inches | thanks for hanging in there >> no, you're doing great | congratulations on the new house >> thanks, we're exhausted | i'm just waiting on the screen >> take your time
how's that new phone treating you? >> still figuring it out | i've got the same model at home >> oh do you, how's yours | that's a long time to be without power >> tell me about it, {duration} | i apologize again for the wait >> it was only {duration}, not bad
sorry, i had to clear my throat >> bless you | is it busy over there? >> it's quiet right now | my mom's from up that way >> small world | you have a lovely voice >> well thank you | i hope you feel better soon >> me too
it's been one of those days >> you and me both | we just got new computers here >> are they any faster? | are the roads clear yet? >> mostly, they plowed around {time} | the holidays sneak up on you >> they sure do | have you flown with us before? >> oh, {small} times or so
oh i love that show >> we're only on season {small} | the new menu's confusing, i know >> i kept pressing {menu} | almost done, i promise >> no worries""")

DISTRACTORS = _pairs("""my card got turned down at the pharmacy >> i'm sorry about that, let me take a look | do you need the tracking number off the email? >> no, i can see it here | i changed my phone number last month >> okay, i do see the update
is my address right in there? >> yes, it matches what you told us | i never got the code >> i can send another one, it takes about {duration} | my password expired again >> it does that every {duration} | why do you all need my social? >> it's only for the credit check, you can decline
somebody called me about my card's warranty >> that wasn't us | is that the number on the account or the order? >> the order one's fine | what's your return policy? >> you've got {duration} with the receipt | how much is on my gift card? >> there's {amount} left
do i need my passport to check in? >> just for international | i lost my license last week >> you'd want to report that to the state | will this affect my insurance? >> usually only by about {percent} | which card's on there now? >> the one ending in {last4}
my pin's not working at the atm >> it'll reset after {duration} | did my check clear? >> it cleared {date}, for {amount} | what's your fax number? >> we don't have a fax anymore, sorry | can i get your name again? >> sure, it's {agent}
the email said {percent} off >> that was for new members only | how many digits is the account number supposed to be? >> it should have {small} | is the routing the same for wires? >> no, wires use a different one | i don't give that out over the phone >> i understand, we can do it in the app
i've got {small} cards with you >> i see all {small} of them | when does the promotion end? >> it ends {date} | do i have a late fee? >> there's one for {amount}, i can take it off | is my birthday discount still good? >> it is, through {date}
my wife's on the account too, i think >> she is, yes | where's my serial number? >> it's on the bottom of the {model} | what option do i push for claims? >> that's {menu} | does the technician need to come inside? >> only for about {duration}
the bank said it'd be {duration} >> that sounds right to me | does the code expire? >> it's good for {duration} | who do i make the check out to? >> just {company} is fine | can you see what i bought on {date}? >> i see {small} things, for {amount}
so my member card hasn't come yet >> they mail those within {duration} | my order number starts with a letter, is that right? >> yes, they changed that in {year} | the website wouldn't take my card >> it's been acting up since {time}
what time's the doctor in? >> she starts at {time} | is there an account fee? >> it's {amount} a month | do you have my email? >> we do, i see the receipt went out {date} | isn't there a number on the letter? >> that'd be the case, {case}
i need a new insurance card >> i can mail that, allow {duration}""")

ZIP_QUESTIONS = said("""and the billing zip code | what's the zip on that card | zip code for the card please | what zip do your statements go to | and the five digit zip | what zip code is that card under | could i get the zip where you get the bill""")

FIRST_NAMES = said("""marisol | deshawn | priyanka | colleen | hyun | tobias | anjali | rodrigo | keisha | wendell | noor | francine | imani | gustavo | siobhan | dmitri | latoya | cheng | beatriz | harold | yasmin | trevor | oksana | kwame | lorraine
rajesh | bethany | ignacio | mei | darnell | svetlana | curtis | fatima | glenn | xiomara | hiroshi | tamika | stuart | leila | ramon | ingrid | jamal | doreen | vikram | paulette | emeka | rosalind | minh | shauna | alejandro
gwendolyn | farid | candace | takumi | yolanda | preston | zainab | russell | catalina | bogdan | monique | eun | randall | soledad | terrence | aisha | lyle | magdalena | jerome | sunita | clayton | adaeze | brett | graciela | nikhil
eleni | marvin | thuy | josephine | tariq | deborah | lionel | parisa | stefan | norma | kofi | annette | javier | renee | sanjay | melinda | oluwaseun | doug | ximena | pierre | carla | amir | jolene | roland | nadia | felipe | guadalupe""")

LAST_NAMES = said("""abernathy | castellanos | nwosu | vandenberg | krishnamurthy | lindqvist | petrosyan | truong | mccullough | okonjo | delacroix | yamashita | figueroa | haddad | kowalczyk | brathwaite | salazar | dubois | chowdhury | fitzgerald | mbeki | park | ostrowski
benavides | gallagher | rahimi | espinoza | thibault | wojcik | adeyemi | sandoval | hutchinson | banerjee | quintero | macdonald | liang | pappas | jimenez | holloway | ivanenko | villanueva | stapleton | mahmoud | larsen | beauchamp | tanaka
contreras | whitfield | sokolov | asante | gutierrez | monahan | venkataraman | leclerc | huang | bautista | rosenthal | desai | mendoza | oyelaran | carmichael | nakamura | trujillo | haggerty | siddiqui | bergstrom | calloway | duong | palmieri
escobar | wexler | chukwu | ferreira | donnelly | kapoor | santillan | vickers | hoang | zielinski | barrientos | mackenzie | farahani | nordstrom | pelletier | ramaswamy | cordova | blankenship | choi | abdullahi | valdez | sinclair | gagnon
iyer | tuttle | montoya | achebe | schroeder | dizon | mercier | underwood | hassan | popescu | alvarado""")

AGENTS = said("""brandy | marcus | tiffany | joel | carmen | derek | alicia | sean | rochelle | kyle | veronica | devon | kristen | omar | bridget | nate | shelby | andre | janelle | phil""")

COMPANIES = said("""bluestem bank | pinecrest insurance | harlow and finch | cedar valley clinic | streamwell | northgate energy | summit travel | parkside mutual | lakeland telecom | meadowbrook health | trilby outfitters | beacon credit union
redwood airlines | prairie gas and electric | cloverleaf pharmacy""")

CITIES = said("""halifax nova scotia | saskatoon | red deer | boise idaho | spokane washington | duluth minnesota | knoxville tennessee | tallahassee florida | lincoln nebraska | kalamazoo michigan | lubbock texas | chattanooga tennessee | baton rouge louisiana | green bay wisconsin
cedar rapids iowa | pueblo colorado | trenton new jersey | santa fe new mexico | roanoke virginia | winnipeg | moncton | akron ohio | savannah georgia | fresno california | greensboro north carolina | flagstaff arizona | burnaby | salem oregon""")

STREETS = said("""larkspur | old mill | wintergreen | county line | saddleback | fairmont | mulberry | kensington | hawthorne | stonegate | deer run | chestnut hill | glenwood | copperfield | bayview | sycamore | pheasant ridge | dunbar | lexington | aspen grove
whispering pines | tamarack | braeburn | martin luther king | college | orchard park | rosedale | timberline | jefferson | portage""")

STREET_TYPES = said("street | avenue | road | drive | lane | court | boulevard | circle | place | way | terrace | crescent | trail | parkway")

DOMAINS = said("""gmail.com | gmail.com | yahoo.com | hotmail.com | outlook.com | icloud.com | comcast.net | verizon.net | shaw.ca | rogers.com | aol.com | bellsouth.net | telus.net | me.com | lindenworks.org | kestrelgroup.com""")

PASS_WORDS = said("""pancake | bluejay | cinnamon | raptors | thunder | maple | snickers | fishing | jellybean | mustang | grandma | peanut | sailboat | yankee | biscuit | hockey | sunflower | tigger | coffee | rainbow | pumpkin | dakota | cowboy | lemonade | bailey | snowman""")

MODELS = said("""galaxy s twenty three | iphone fourteen pro | latitude seven thousand | frontload w f forty five | air fryer x l | roadmaster five hundred | vista q sixty five | x r five fifty | clearview t v | office jet eighty twenty five | corolla l e | rav four
nest e | hub ten g | ultra washer three | thermo pro six""")

CODE_WORDS = {
    "a": ("alpha", "adam"), "b": ("bravo", "boy"), "c": ("charlie", "cat"), "d": ("delta", "dog"),
    "e": ("echo", "edward"), "f": ("foxtrot", "frank"), "g": ("golf", "george"), "h": ("hotel", "henry"),
    "i": ("india", "igloo"), "j": ("juliet", "john"), "k": ("kilo", "kite"), "l": ("lima", "larry"),
    "m": ("mike", "mary"), "n": ("november", "nancy"), "o": ("oscar", "orange"), "p": ("papa", "peter"),
    "q": ("quebec", "queen"), "r": ("romeo", "robert"), "s": ("sierra", "sam"), "t": ("tango", "tom"),
    "u": ("uniform", "uncle"), "v": ("victor", "victory"), "w": ("whiskey", "william"), "x": ("x-ray", "xylophone"),
    "y": ("yankee", "yellow"), "z": ("zulu", "zebra"),
}
