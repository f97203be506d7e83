"""Orchard: a family of calls to tune on, with telecoms, utilities, shops, airlines and hospitals of several Englishes."""

# Long rows of short wordings are read across.
# ruff: noqa: E501
# fmt: off

from evals.redaction import tuning_orchard_talk as talk
from evals.redaction.families import Family, Lines

TYPES: dict[str, Lines] = {
    "CREDIT_CARD": Lines(
        questions=(
            "so um can you just give us the er long number then", "what have you got running across the middle of it", "which plastic are we putting this on today", "pop the sixteen digits over to me when you've got them",
            "could i trouble you for the big number on your visa", "and if you'd like to read out your card for me, slowly as you like", "how would you be settling the {amount}, and what's the number on that",
            "what's, what's embossed there on the front side", "let's get the card in then, starting with the first four", "right so it's asking me for a card, what does yours say",
            "i'll take those details off you whenever you've your wallet to hand", "whereabouts are we taking the {amount} from, credit or debit, and the digits please", "kindly tell me your debit card number sir",
            "you can go ahead with the mastercard, i've the screen up here", "and what's the full thing, not only the last bit", "can you tilt it to the light and tell me what's printed along there",
            "it wants all of the figures from left to right", "would you be so good as to call out the number from your amex", "the old one was declined so have you another one we could try, and what are its digits",
            "okay do you wanna give me a different card then", "flip it to the side with your name and read me the row above it", "so that card ending in {last4} has lapsed, what's on the replacement",
            "what number do i charge this to", "shall we do it card by card, what's the first one", "i need the, er, the p a n off the card, the primary number", "go on then hit me with the numbers, i'm typing",
            "no worries, chuck us the card details and i'll get that top up on", "grand, and the number on the laser or the visa debit there", "ready for the payment side so just the long string first please",
            "the machine here's beeping at me for a card so whatever you're paying with, call it across", "sorry what comes after that, no go from the beginning of the card for me",
            "is it the same plastic as last month or will you give me the new one", "righto mate chuck us the front of the card", "ma'am kindly tell the number which is there on your card",
            "how're you fixed for paying that today, do you have it with you to read", "what's in the first box, it'd be the fifteen or sixteen", "so we we take the long one first and then the other bits",
            "can you see the raised figures",
        ),
        answers=(
            "yeah hang on it's in my other purse, right it's {x}", "{x}", "it's the visa so {x}", "okay so it goes {x}", "um {x}", "front says {x} and that's it", "let me tilt it, {x}",
            "ah the ink's gone a bit but i think {x}", "so you have {x}, did you get all that", "sure thing, that'd be {x}", "you ready for it, {x}", "er it's an amex, {x}", "i'm reading it off my phone so bear with, {x}",
            "oh the long one, okay, {x}", "right here goes {x} thanks", "first bit onwards {x}", "it is {x} madam", "my husband's one, is that alright, it's {x}", "yeah no hang on it's stuck behind my licence, there, {x}",
            "i'll read you what's on the front and you stop me if it's too quick, {x}", "is it okay in fours, {x}", "righto it's {x}", "so it is starting like this, {x}", "my missus is reading it to me, {x}",
        ),
        announcements=(
            "just bung it on my card will you, it's {x}", "i've my mastercard in front of me, {x}", "can you take payment off this one {x}", "here's the new plastic they sent, {x}",
            "i want to use a different one to what you've got, so that's {x}", "before you ask, the card is {x}", "we'll stick the {amount} on the credit card, that one's {x}", "try {x} instead, the other one's maxed",
            "no don't use the saved one, use {x}", "well my debit is {x} if that helps anything", "it got charged on {x} and i never bought a thing", "i keep typing in {x} and your website says invalid",
            "somebody's cloned it i reckon, the number was {x}", "hiya so it's the company card, {x}", "so i'm gonna read this to you now okay, {x}", "wife's visa, {x}, that has money on it",
            "okay so if you want the {amount} now i'm looking at my card and it's {x}", "i don't trust the website so i'll say it to you, {x}", "use the joint card love, {x}", "that's me sorted, card's out, {x}",
            "the bank just sent me this one, {x}, see does it work",
        ),
        read_out=(
            "so the full number i'm putting through is {x}, is that your card", "what i've keyed in for the card is {x}", "let me say that visa back, {x}",
        ),
    ),
    "CVV": Lines(
        questions=(
            "and the back", "what are the three little ones beside where you sign", "turn it over for me and what do you see there at the end", "there's a wee number on the reverse, could you give me that",
            "and the security bit", "just the last three from the signature panel", "is there a tiny code printed on the rear of it", "now if it's an amex it's four on the front, otherwise three behind",
            "sorry and it also wants the c v v off you", "what's the c v c on that", "lastly the short code from the strip", "flip it round and read me what's there on its own",
            "the verification value madam, behind the card", "so that's the front done, what have you got behind", "may i have the three figures that aren't raised",
            "it won't let me go on without the little security number, have you got it", "and then what does it have next to the white strip", "can you see three digits in italics anywhere", "what's the c v two please",
            "have a look on the other side for me there, the last bit only", "the code that proves you're holding it", "um the the three on the back bit", "and its secret number on the back, not the pin now",
            "finally the safety code", "almost there, it's only the flip side left", "your app might show it as the dynamic code, what's it saying", "card security code and then we're sorted",
            "on the rear there'd be something short, the bit after the strip, can you make it out", "sorry that timed out on me, the back again", "you know the wee three at the back", "and them other three",
            "okay i don't see that, i just need you to tell me the security", "behind the card sir, last three", "it's the bit nobody's supposed to write down", "three more from you and the {amount} is paid",
        ),
        answers=(
            "back is {x}", "{x}", "ehm it's well rubbed off but looks like {x}", "one sec let me flip it, {x}", "{x} i think", "three digits, {x}", "oh the little one, {x}", "that's {x}", "it's {x} on the end there",
            "has it got to be the last ones, then {x}", "okay yeah {x}", "need my glasses for this, {x}", "behind it says {x}", "amex so four, {x}", "no i found it now, {x}", "ah it's tiny, hold on, {x} would it be",
            "wee three is {x}", "the back one, ya, {x}", "is it after the four digits, then {x}",
        ),
        announcements=(
            "and i suppose you'll need the back, that's {x}", "security's {x}", "the three on the reverse are {x}", "c v v's {x} before you ask", "and the code thing there is {x}", "it has {x} on the strip as well",
            "and then there's a small {x} after the signature", "the last three at the back, {x}", "oh and cvc {x}", "here's the other bit too, {x}", "next to my signature it goes {x}", "in case it asks, flip side is {x}",
            "the website kept rejecting {x} for the security code", "and for verification, {x}", "short number is {x} on this one", "flipping it over now so you don't have to ask, {x}", "and behind, {x}",
            "there's that other number you lot always want, {x}", "security i think they call it, {x}",
        ),
        read_out=(
            "and i put {x} for the back of it", "security code {x}, was it", "so that's {x} from the strip",
        ),
    ),
    "CARD_EXPIRY": Lines(
        questions=(
            "when does that one run out", "and it's good until", "what's the date it dies", "and the valid thru", "month and year from underneath it please", "till when is it valid, this card",
            "does it tell you an expiration there", "what's it got for the end date", "and the expiry", "when will you be getting a new one from the bank", "how long has that card got left on it, what month",
            "give us the m m y y", "just under the long number there's a date, what's that", "up until when can we use it", "sorry when's it expire",
            "it'd say valid from and expires end, i'm only after the second of those", "and is that one still in date, until when exactly", "ex date on that", "what does it say by good through",
            "there should be two digits, a slash and two more", "the dates on it", "it's the one expiring when", "and that'll be current up to what month", "kindly confirm validity of the card, month and year",
            "month first and the year second", "and finish date", "so um that'd be valid to", "and tell us the last month you can use that in", "is it one of those with the date on the back, what does it say",
            "and how long more is it good", "it's active till which month sir", "what have you for the month and year", "righto and when's she expire", "the four digits with the slash in them", "and then end end date was",
        ),
        answers=(
            "runs out {x}", "{x}", "ends {x}", "oh not for ages, {x}", "it's saying {x} here", "valid to {x}", "um {x} i believe", "that one's up in {x}", "good through {x}", "looks like {x}", "month and year yeah {x}",
            "the expiry's {x}", "there's two dates, the later one's {x}", "{x} it says", "{x} so it's nearly done", "just renewed, so {x}", "hang on there's a start and an end, end's {x}", "she's good till {x}",
            "month is first, {x}", "ah it's nearly up, {x}",
        ),
        announcements=(
            "expiring {x}", "and it's good till {x}", "card's valid until {x}", "it lapses {x} by the way", "with an expiry of {x}", "and the dates are, er, {x} for the end one", "my new one has {x} on it", "exp {x}",
            "they reissued it and now it says {x}", "and that runs to {x}", "through {x}", "date at the bottom is {x}", "you'll want the end date too, {x}", "it doesn't go out of date until {x}",
            "you've the old expiry on file, it's {x} now", "oh and you'll be asking how long it lasts, {x}", "valid upto {x}", "it's a while left in it, {x}", "and the date, {x}",
        ),
        read_out=(
            "and i've that expiring {x}", "it shows good through {x} here", "the date i typed was {x}",
        ),
    ),
    "PIN": Lines(
        questions=(
            "what's your telephone pin with us", "and the four digit pin you set up when you joined", "do you remember the passcode on the line",
            "key word is fine but i need the numeric one, the short code for the account", "which secret number do you use when you phone in", "what did you pick as the account pin",
            "before i can change the plan i need the pin", "and the security pin on file", "if you can tell me the number you chose for verification", "what would you normally press in when the machine asks",
            "can you say your voicemail pin for me", "do you have the transfer pin, the porting one", "could you give me the access code you picked in the shop", "it wants the digits only you know, the pin",
            "so er the the pin number", "p i n please", "customer code you made up when you opened it, four to six numbers", "and the number you tap in for the app", "what've you set for the parental lock",
            "pin for the sim", "and the door code the engineer needs to get into the meter cupboard", "what four numbers unlock it", "i cannot proceed without the tpin sir", "the account holder's pin, would you have that",
            "you'd have been posted a pin in a white envelope", "any pin on this at all, if so what is it", "which one are you using now, the pin i mean", "so um whatever you put in the first time you rang us, the digits",
            "without it i can only talk about the weather, so have you the pin", "what's your magic four numbers", "punch in or say the pin, whichever", "has the account a code on it, four digits maybe",
            "and the number you gave the fella in the shop as your security", "kindly tell your customer pin", "to swap networks they gave you a pin didn't they",
        ),
        answers=(
            "pin's {x}", "{x}", "i hope it's still {x}", "it should be {x}", "try {x}", "um is it {x}", "my daughter set it, {x}", "that'd be {x}", "oh god what was it, {x} i think", "okay don't laugh, {x}",
            "the one in the envelope says {x}", "yes it's {x}", "four numbers, {x}", "{x} unless i changed it", "i always use {x}", "well it used to be the year we got married, no, {x}", "same as it always was, {x}",
            "i never change it, {x}", "the code, ya, {x}",
        ),
        announcements=(
            "my pin if you want it is {x}", "i set the code up as {x}", "pin number {x} by the way", "i've been punching in {x} and it keeps saying wrong", "you'll want my passcode, {x}",
            "it's locked me out and i swear the pin's {x}", "can you change it from {x} to something else", "the lock on the handset is {x}", "the side gate code is {x} for the meter man",
            "i told the robot {x} and it put me through to you", "the porting pin they texted was {x}", "my telephone code with yous is {x}", "let him in, the key safe is {x}", "voicemail's on {x}",
            "in the shop the lad had me choose {x}", "the lock screen on the tablet's {x} if your lad needs to get in", "i'm after resetting my pin to {x} and now nothing works", "you can open it with {x}",
            "i'd say the pin on it's {x}",
        ),
        read_out=(
            "so your new pin's going to be {x}", "i've set it to {x} as the pin", "temporary pin for the line is {x}",
        ),
    ),
    "OTP": Lines(
        questions=(
            "has it come through yet", "i've just pinged something to your mobile, what does it say", "you'll have a text from us now, read me that", "there's a one time code on its way, let me know when it lands",
            "what's in the message", "can you see six digits come up", "check your texts for me and tell me the number inside", "so what did we send you", "it's gone to your inbox that code, what is it",
            "read back what flashed up", "your phone should have buzzed there", "um the the code i just sent, did you", "kindly share the o t p received on your registered mobile",
            "i've triggered another, give me the newest one", "what's on the authenticator right now", "and the passcode in that email", "your screen'll be showing a number that changes, what is it showing",
            "what's the verification code that popped up", "the prompt on your phone has digits, which ones", "any sign of it, the security text", "open up the message from {company} and read it",
            "i need that back from you within {duration}", "don't share it with anyone but i will need it here, the code", "what numbers did the robot voice give you", "could you tell me what it says after your code is",
            "just the digits in the sms, ignore the rest", "did you receive anything there", "um it's, it's sent, it should be on your lock screen, what do you have",
            "i can't see it on my end so you'll have to tell me what landed", "anything yet", "and now", "check your junk, it'd be from {company}, what's the number in it", "tell me when you hear the beep and what it says",
            "sir one password has been sent, kindly read", "that's expired so i've sent you a second, what's this one",
        ),
        answers=(
            "oh it's just buzzed, {x}", "{x}", "your code is {x} it says", "yes got it, {x}", "there's two here, the last one's {x}", "it says do not share but okay, {x}", "hang on i've to put you on speaker, {x}",
            "here it's {x}", "ping, there, {x}", "text says {x}", "came by email, {x}", "right it goes {x}", "that's it now, {x}", "from a short number, {x}", "{x} and it runs out in {duration}", "um yeah {x}",
            "hang on i had it and it disappeared, swipe down, {x}", "ooh that was quick, {x}", "haan it has come, {x}", "the second one is {x}", "slow signal here, okay, {x}",
        ),
        announcements=(
            "i've just got a text saying {x}", "it's come through, {x}", "code's arrived, {x}", "the login thing sent me {x}", "my phone's just gone off with {x}", "it is asking me to type {x}",
            "i've a verification code here, {x}", "there now, {x} just landed", "authenticator's on {x}", "new one's {x}, the first one timed out", "somebody texted me {x} saying never tell anyone", "the app popped up {x}",
            "okay okay it arrived, {x}", "o t p is {x} sir", "i got {x} but it says expired", "there's one from you and one from the bank, yours says {x}", "beep, there, {x}", "it came twice, the latter's {x}",
            "i've it in front of me now, {x}, will i read it again",
        ),
        read_out=(
            "the code i sent was {x}, can you type that in the app", "read this into the box for me, {x}", "on your screen put {x}",
        ),
    ),
    "BANK_ACCOUNT": Lines(
        questions=(
            "which account should the direct debit come out of", "and the account number to go with that", "where would you like the refund paid into, the number i mean", "what's the eight digit one",
            "what number's on your statement for the current account", "your cheque book'd have it, bottom right", "have you the account there for the salary to be sent", "so the account um number for the bank",
            "and then the longer one", "checking or savings, and what's its number", "i'll need to know where to send the money", "you can find it in your banking app under details",
            "which account are we debiting every month", "savings account number please sir", "and now your bank details, the account part", "so where's the {amount} going back to", "acc number next",
            "it's after the sort code, usually eight of them", "what's the second row of numbers at the foot of the check", "do you know your own bank account off by heart", "tell me the number your wages go to",
            "the bsb is done so just the account", "could you give me the bank acct for the payout", "it's for setting up the monthly payment, which account", "to link your bank it needs the account digits",
            "and what would the account be", "for compensation we pay straight in, so your account", "so we've the branch, what are the other lot of digits",
            "to put that {amount} back where it came from i'd want your bank number", "and into what account sir", "so the the account that the direct debit, what's its number", "where do you bank and what's the account",
            "i'd pop that in your bank for you if you give me the number", "the other half of the bank details", "not our account, your bank one",
        ),
        answers=(
            "it's my barclays one, {x}", "{x}", "current account {x}", "the app says {x}", "it's with the credit union, {x}", "let me find a cheque, {x}", "um the account's {x}", "the savings one ends up as {x}",
            "after the sort code it's {x}", "that would be {x}", "joint account, {x}", "hang on i've the statement, {x}", "i'll give you the checking, {x}", "it should all go to {x}", "so account is {x}",
            "i've it on the banking app, long press, there, {x}", "i bank with bendigo, {x}", "the other half's {x}", "sbi account, {x}",
        ),
        announcements=(
            "pay it to my bank, the account's {x}", "put the refund straight into {x}", "i've moved banks, it's {x} now", "the direct debit should be coming from {x}", "my account with the bank is {x}",
            "take it out of {x} on the {date}", "here's my checking, {x}", "my salary goes into {x} so use that", "you've been taking it from {x} and i closed that one", "acc number {x}", "the money never got to {x}",
            "can the compensation go to {x}", "it's lloyds, {x}", "i want to stop the payment from account {x}", "bank account wise it's {x}", "the wages get paid to {x} so you may as well take it out of there",
            "transfer it to my sbi, {x}", "the rent account's the one, {x}", "for the payout my account's {x}",
        ),
        read_out=(
            "the debit's set up against account {x}", "so we'd be paying into {x}", "your refund's going to {x}, okay",
        ),
    ),
    "ABA_ROUTING": Lines(
        questions=(
            "what's the routing on that", "bottom left of the check, what are the nine digits", "and the transit number", "which bank is that, i need its routing", "so the a b a first",
            "can you look at a check and tell me the first set of numbers", "nine numbers that say which bank it is", "do you know your bank's routing for ach", "what goes in the routing box here",
            "rtn for the wire please", "um the routing uh number", "the one between the two funny symbols", "what's the number that identifies the bank itself", "your credit union has a nine digit code, what is it",
            "before the account what's printed on the check", "routing for electronic payments, not wires", "and for your bank, its number", "if you open the app it's under routing and account, the top one",
            "could you find me the transit code", "i need the bank's own number before we go further", "to autopay from checking we start with the routing", "what bank number does it give you",
            "do you have the routing handy or want me to look it up", "the little row starting on the left", "and ach routing", "is there a check near you, read the far left corner to me", "and then your bank's a b a",
            "for the auto draft which routing should i put", "that's the account, now the other set on the check", "can you call out the first nine", "what do they give for direct deposit, the bank id",
        ),
        answers=(
            "routing's {x}", "{x}", "first row's {x}", "okay the check says {x}", "on the left it's {x}", "it's wells, so {x}", "the credit union told me {x}", "that's {x} for the bank", "um i looked it up, {x}",
            "nine digits yeah {x}", "for ach it's {x}", "i got {x} there", "between those squiggles, {x}", "transit is {x}", "should be {x}", "hold on the app hides it, show details, {x}", "the other set's {x}",
            "direct deposit sheet says {x}", "chase gave me {x}",
        ),
        announcements=(
            "my bank's routing is {x}", "the routing you'd want is {x}", "a b a's {x}", "starting on the left of my check, {x}", "so for autopay, routing {x}", "that's bank number {x}", "use routing {x} for checking",
            "the wire one is {x}", "the form had the routing as {x} and that's wrong", "my new credit union is {x}", "transit number, {x}", "routing first, {x}", "ach goes through {x}",
            "i have a voided check here, {x} on the left", "your website won't take {x} as a routing", "so i looked up my bank and the nine digit thing came back as {x}", "my direct deposit form has {x} for the bank",
            "i'll start you off with the bank, {x}", "on the stub the routing reads {x}",
        ),
        read_out=(
            "i show {x} as the routing", "that routing comes up as {x}", "so the bank is {x}",
        ),
    ),
    "IBAN": Lines(
        questions=(
            "what's your i ban", "as it's a foreign bank i'd need the international one", "could you read me the iban off the statement, letters as well", "it begins with a country code",
            "the long european account number please", "where in europe's the account, and the number of it", "for sepa i need the whole thing", "so the the one starting with two letters",
            "your bank abroad, what's the full reference for it", "is it a german account, and what would the iban be", "give me the g b number in full", "and the international account identifier",
            "we can only refund to an iban, have you got it", "start with the letters and keep going", "it's usually printed near the bic", "what does it say after d e or n l", "twenty odd characters, take your time",
            "um your eye ban", "may i have the international bank number sir", "what do people use when they send you money from overseas", "on the euro account, what's the code", "read the whole of it in fours",
            "the sepa mandate needs one more thing, the iban", "which iban should receive the {amount}", "you'd see it on your n twenty six app under details",
            "so as it's not a local bank we'd go with the european format, read me yours slowly", "the euro payments need the big long one", "and it'd begin i e or g b or such",
            "no not the short account, the one for abroad", "is the bank in the eurozone, and what's the iban so", "could you get the overseas bank format up on your app",
        ),
        answers=(
            "iban's {x}", "{x}", "in fours it's {x}", "starting with the letters, {x}", "it's my account back home, {x}", "ehm {x}", "okay it's a long one, {x}", "so that reads {x}", "my dutch one, {x}",
            "let me scroll, {x}", "the whole thing is {x}", "that'll be {x}", "sure, {x}", "i have it written here, {x}", "with the country code {x}", "with spaces or without, anyway {x}", "starts with the country, {x}",
            "it's on the back of the bank card, {x}", "long one, {x}",
        ),
        announcements=(
            "send it to my iban, {x}", "i've a euro account, {x}", "it's abroad so it's {x}", "international one is {x}", "the sepa was set up on {x}", "iban {x}", "my bank in spain gave me {x}", "pay me on {x} please",
            "your form refuses {x}", "it should go to {x} in germany", "the compensation for the flight, put it on {x}", "for the transfer it's {x}", "i've got the full international number, {x}",
            "the payout was meant for {x} so fix that", "they deducted it from {x}", "my brother in berlin's paying it so it's from {x}", "it's an irish account, {x}", "for the refund in euros, {x}",
            "my landlord's bank abroad is {x}",
        ),
        read_out=(
            "the mandate is on {x}", "i have your iban down as {x}", "the refund goes to {x} then",
        ),
    ),
    "SORT_CODE": Lines(
        questions=(
            "and the sort code", "six digits, three lots of two", "what's the branch code", "do you know your sort code at all", "which branch is it with, the six figures", "the short number on the bank card",
            "what are the pairs before the account number", "sort first please", "s c on the card", "it's in twos usually, like dash dash", "could i get the sorting code off you", "and that's which sort",
            "um the sort uh the sort code there", "first the six and then the eight", "what's it say next to the account number on your card", "you'd see it top right on a cheque",
            "for the direct debit it's sort code i'd start with", "which bank's that, and its sort", "on the bank app beneath your name there's six numbers", "and the branch sorting number",
            "what's the first half of your bank details", "bsb for that account", "i just need to see which branch, so the code", "go on with the sort", "can you give us the six digit thing",
            "on your debit card there's the small pairs of numbers, what are those", "ninety something, what's the sort", "on top of the cheque there's six of them", "what's the code for the branch you opened it in",
            "and we begin with the bank code", "next to the account there, the little ones",
        ),
        answers=(
            "sort's {x}", "{x}", "it's nationwide so {x}", "branch is {x}", "um {x}", "the six are {x}", "that's {x}", "on the card it's {x}", "okay sort code {x}", "starling, {x}", "i know that one, {x}",
            "dashes in between, {x}", "er is it {x}", "bsb {x}", "says {x} here", "hang on is that the one with the dashes, {x}", "the little ones are {x}", "top of the cheque, {x}", "aib, {x}",
        ),
        announcements=(
            "sort code's {x}", "the sort is {x}", "my branch is {x}", "six digits, {x}", "it's with monzo so {x}", "and the sort would be {x}", "sort {x}", "bank's code is {x}", "from sort code {x}",
            "start with {x} and i'll get the other", "cork branch, {x}", "they changed our sort code to {x}", "your letter has my sort as {x} and it isn't", "bsb is {x}", "natwest, {x}",
            "the bank's branch, if it's any good to you, is {x}", "the branch is in town, {x}", "i'll do you the six first, {x}", "halifax, sort {x}",
        ),
        read_out=(
            "sort code {x} i've got", "it's coming up with {x} as the branch", "and sort was {x}",
        ),
    ),
    "US_SSN": Lines(
        questions=(
            "what's your social", "and the full social please ma'am", "could i get all nine of your social security", "for the credit check it wants your s s n", "so social um", "your social security number, all of it",
            "what number did the government give you", "we need to run your credit so i'd need the nine digits", "and the primary account holder's social", "how about the soc", "whose social is it under and what is it",
            "can you verify your social for me, the entire thing", "i'm required to take your ss number", "nine digits, it's on the blue and white card", "to open service in your name i need the social",
            "what's the patient's social", "guarantor's social security", "your husband's ssn, do you have it", "instead of a license we could use the social", "do you feel okay giving me your full social",
            "the one they use for your taxes personally", "what would the social on the application be", "tell me the ssn we used for the line", "it's not finding you by name so let's try social",
            "and your social insurance number", "full nine, not only the last four", "i hate asking but the credit people want the full government number", "social", "and who's on the lease, what's their social",
            "for the deposit waiver i need your nine", "we pull a soft check, what social should i run", "read me your whole social hon",
        ),
        answers=(
            "social's {x}", "{x}", "sure it's {x}", "i don't love giving that but {x}", "mine is {x}", "my husband's is {x}", "um {x}", "okay full one, {x}", "let me get my card, {x}", "yes ma'am {x}", "the ssn is {x}",
            "all nine, {x}", "under his social, {x}", "it'd be {x}", "i know it by heart, {x}", "nobody's listening is there, okay {x}", "you're running it soft right, {x}", "it's on my w two, {x}", "hon it's {x}",
        ),
        announcements=(
            "my social is {x}", "you can look me up by social, {x}", "my ss number's {x}", "i'm {x} on the social security", "ssn {x} if it's easier", "here's the full social, {x}",
            "somebody opened an account with my social, {x}", "it's under my mother's social which is {x}", "the application had {x} for the ssn", "they ran {x} and it got denied", "my kid's social security number is {x}",
            "i gave you guys {x} when i signed up", "social first, {x}", "the soc on there oughta be {x}", "government number is {x}", "i figured you'd ask so my social's {x} and i'm not saying it twice",
            "you can run it, {x}", "run my wife's social, {x}", "the hospital wrote down {x} as my social",
        ),
        read_out=(
            "the social we have is {x}", "credit was pulled under {x}", "application reads {x} for the ssn",
        ),
    ),
    "SSN_LAST4": Lines(
        questions=(
            "last four of your social", "and only the final four there", "what are the last four", "just the tail end of the social", "can you confirm the ending of your s s n",
            "don't need the whole social, the last bit will do", "how does your social end", "the four at the end please", "l four of the social", "for security what're the last four digits on the account holder's social",
            "what's your social end in", "so your social, last um last four", "could you verify the bottom four of it", "four digits from your social is all i need", "give me the last four you've got on file for social",
            "ending of the account holder's ssn", "i can see you, i just need the last four to open it up", "we mask the first five so only the rest", "final four numbers on the social security card", "your last four",
            "to get past this page i need four of the social", "what four numbers does your social finish with", "patient's last four", "last four of the person responsible for the bill, the social",
            "whose last four would it be under", "i've stars on my side and then four blanks, what goes in the blanks for your social", "and how does it end, the social", "tell me the tail of the s s",
            "any four digits i could match, the social's end would do", "verify for me real quick, last four social", "end of his social",
        ),
        answers=(
            "last four {x}", "{x}", "{x} is the last four", "ends in {x}", "mine ends {x}", "um it'd be {x}", "his is {x}", "it finishes {x}", "social ends with {x}", "yeah {x}", "that's {x}", "just the four, {x}",
            "the last ones are {x}", "i believe {x}", "my wife's, {x}", "just those, okay, it ends {x}", "tail end, {x}", "real quick, {x}", "i only remember the end, {x}",
        ),
        announcements=(
            "my last four are {x}", "last four of my social, {x}", "social ends {x}", "i'm the account holder, last four {x}", "it's {x} for the last four", "you'll be wanting the last four, {x}", "ssn ending {x}",
            "the social on it finishes in {x}", "my mother's last four is {x}", "i typed {x} for the social and it didn't take", "last four digits {x} and my zip if you want it", "it's me, social ending {x}",
            "under {x}, my last four", "the tail of my social's {x}", "four digits is {x}", "go by the end of my social, that's {x}", "match it with the end of my social, {x}", "last four on his is {x}",
            "ends in {x}, my social",
        ),
        read_out=(
            "the social here ends {x}", "last four showing as {x}", "mine says it finishes with {x}",
        ),
    ),
    "TAX_ID": Lines(
        questions=(
            "what's your tax id", "for the business account i need the e i n", "do you file under an employer id", "and the federal tax number of the company", "what's the utr on your letter",
            "are you vat registered, and what's the number", "the t i n please", "your firm's number with the revenue", "tax reference", "ten ninety nine has to go out under a tax id, which one",
            "do you know the company's ein offhand", "so the the tax um id for the business", "kindly provide the gst or tin", "what's your tax file number", "for exemption i need the exempt id from the certificate",
            "who's the tax entity and its number", "itin if you don't have the other", "what number does the irs know you by, the business", "and the one on your w nine", "which id do you use for your taxes",
            "nine digits, two then seven", "could you give me the abn or tfn", "federal id for the practice", "what would the employer number be", "it's a nonprofit is it, then what's the tax number",
            "the hospital bills under a tin, what's that", "for the tax exempt thing to stick, what does your certificate have at the top", "and the company's pan or tan number",
            "what's the business registered under for revenue", "is there an id on the exemption form", "who pays the tax, and what's their reference", "your accountant would've given you a ten digit one",
        ),
        answers=(
            "ein's {x}", "{x}", "tax id {x}", "for the llc it's {x}", "two dash seven, {x}", "um my accountant has it, okay {x}", "utr is {x}", "on the w nine it's {x}", "that's {x}", "the practice's is {x}",
            "the certificate says {x}", "revenue number's {x}", "sure {x}", "our vat is {x}", "it's a church so {x}", "let me ask the bookkeeper, she says {x}", "accountant says {x}", "on the exemption it's {x}",
            "registered as {x}",
        ),
        announcements=(
            "our tax id is {x}", "company's ein {x}", "we're exempt, the number's {x}", "bill it to the business, tin {x}", "my utr's {x}", "vat number's {x}", "federal id {x}", "i'm self employed, tax reference {x}",
            "the w nine i sent has {x}", "you've our old tax number, it's {x} now", "itin {x}", "the irs letter says {x}", "tax file number is {x}", "business side it's {x} for tax",
            "your invoice shows the wrong vat, ours is {x}", "put the company's number on the invoice would you, the tax one, {x}", "for the invoice our tax reference is {x}", "it's a charity, tax number {x}",
            "we bill as a company, {x}",
        ),
        read_out=(
            "the tax id i have is {x}", "you're registered under {x} for tax", "on the form the ein is {x}",
        ),
    ),
    "PASSPORT": Lines(
        questions=(
            "what's the number on your passport", "which travel document are you flying on, and its number", "for the advance passenger details i need the passport", "photo page, top right, what's there",
            "passport number as it appears", "can you open it to the page with your face", "and the document number for check in", "is that an irish passport, what's on it",
            "what does the bottom line on the photo page begin with", "your travel doc please", "for id have you a passport to hand", "number of the passport sir", "um passport uh number",
            "each traveller's passport, starting with yours", "it's required by the border folk, the number in your passport", "have they renewed it, what's the new number", "new passport's number",
            "what's printed on the burgundy book", "what id are you bringing, i'll need whatever is on it if it's the passport", "the api form's missing your passport", "number punched through the pages",
            "could you fetch your passport and call it out", "for the visa check what's your document", "how about the little one's passport", "and the id you'll fly with",
            "border control want it before you fly so what's in the little book, top corner", "what's the booklet number sir", "you're travelling abroad so i'd want what's at the top of the picture page",
            "and his passport", "which nationality, and the number", "the one you had is expired, read me off the newer book",
        ),
        answers=(
            "passport's {x}", "{x}", "top right it's {x}", "it's the old one, {x}", "um {x}", "upstairs, hold on, {x}", "new passport {x}", "it's irish, {x}", "the document number {x}", "mine's {x}", "my son's is {x}",
            "photo page says {x}", "okay so that's {x}", "punched in it is {x}", "that's letters too, {x}", "it's the one that starts with the letter, {x}", "the newer book, {x}", "his is {x}", "aussie one, {x}",
        ),
        announcements=(
            "my passport number's {x}", "i've renewed my passport, it's {x}", "travelling on {x}", "passport {x}", "the passport on the booking is wrong, it should be {x}", "here's the wife's passport, {x}",
            "i'll be flying with document {x}", "indian passport, {x}", "check in won't accept {x}", "i've put {x} for the passport and it says mismatch", "on the photo page there's {x}", "i lost it, the number was {x}",
            "id is a passport, {x}", "the baby's passport came, {x}", "on my travel doc it's {x}", "i've the family's passports fanned out here, mine says {x}", "for the visa thing my booklet is {x}",
            "ours came yesterday, mine is {x}", "add this to the booking, passport {x}",
        ),
        read_out=(
            "i have passport {x} for you", "the document on the booking is {x}", "you're down as travelling on {x}",
        ),
    ),
    "DRIVER_LICENSE": Lines(
        questions=(
            "what's your license number", "and your d l", "driver's license for the credit check please", "could you give me the driver number off your licence", "section five on the photocard, what does it say",
            "do you drive, have you a licence i could note down", "which state issued it, and the number", "so the the license um", "a driving licence would do for id, what's it say", "the id from the dmv",
            "what does your licence have under your picture", "i need to verify a government id, driver's is easiest", "d l number and state", "for the hire car, the lead driver's licence", "operator's license",
            "licence no please sir", "what number is on your driver's", "the pink card, number on it", "can you read your license", "what's on the state id", "driver's licence if you've got it to hand, and then we're away",
            "and whoever's driving, their licence", "number of your provisional", "learner's permit number", "which licence are you giving us", "and that license has what for a number",
            "out of your wallet now, the thing you'd show a guard, what's its number", "rego no, i need what's on your licence", "have you got your ticket to drive there", "d l number sir kindly",
            "what does the plastic one say at five", "they scan it in store but i need it spoken, your license",
        ),
        answers=(
            "license is {x}", "{x}", "dl {x}", "texas, {x}", "section five is {x}", "it's a provisional, {x}", "um {x}", "my licence says {x}", "in my wallet, hang on, {x}", "that's {x}", "under the photo, {x}",
            "it's got letters, {x}", "driver number {x}", "for the car it's {x}", "state id {x}", "it's that long one with my surname in it, {x}", "queensland, {x}", "at five there's {x}", "learner's, {x}",
        ),
        announcements=(
            "my driver's is {x}", "license number {x}", "licence is {x}", "i can give you my dl, {x}", "for id i've a driving licence, {x}", "the hire desk wants my licence, {x}", "ohio license {x}",
            "driving licence {x} if that'll do you", "my state id's {x}", "it's a new license, {x}", "my permit is {x}", "they wrote my licence down wrong, it's {x}", "named driver's is {x}", "dmv gave me {x}",
            "they scanned my license, {x}, at the store", "i brought my licence to the shop and they took {x} off it", "got my licence out, {x}", "victoria licence {x}", "i drive on {x}",
        ),
        read_out=(
            "i have your license as {x}", "the licence we took was {x}", "the dl on file reads {x}",
        ),
    ),
    "MEDICAL_RECORD": Lines(
        questions=(
            "what's your hospital number", "do you have the m r n", "there's a number on your wristband", "and the chart number for the patient", "on your appointment letter there's a patient number, top corner",
            "nhs number if you know it", "what does the barcode sticker say", "patient id please", "could you tell me the medical record", "so um the hospital er number",
            "have you been seen here before, and under what number", "your unit number", "which number do they have you under in radiology", "what's on the front of the folder they gave you", "clinic number",
            "the uhid sir", "patient's record, what's its number", "on the discharge summary by your name, what's there", "is there a number on the blue card", "mother's m r n", "i can't find her, what's the hospital id",
            "what did the consultant's secretary give you as a number", "record number for the little lad", "from your last visit, the patient reference that stays with you",
            "number on the prescription label above the name", "have a look at the band on her wrist, under the name, what's it say", "so we'd usually find you by the number at the top of the clinic letter",
            "what's your number with us here at the hospital", "have a look at the sticker on the folder", "and the op number sir", "when you came into casualty they'd have put a number on you",
            "is there a u r number on the letter",
        ),
        answers=(
            "hospital number's {x}", "{x}", "wristband says {x}", "mrn {x}", "top of the letter, {x}", "i've the letter here, {x}", "um {x}", "patient number {x}", "my mam's is {x}", "it's on the sticker, {x}",
            "nhs number's {x}", "that'd be {x}", "uhid is {x}", "chart's {x}", "by my name it says {x}", "nurse wrote it on a sticky for me, {x}", "ur number, {x}", "op ticket says {x}", "on me wrist it's {x}",
        ),
        announcements=(
            "my hospital number is {x}", "i'm a patient, mrn {x}", "the number on my letter's {x}", "my nhs number is {x}", "patient {x}", "chart number {x} for my dad", "i'm ringing for results, hospital number {x}",
            "the bracelet has {x}", "she was admitted under {x}", "record number's {x}", "uhid {x}", "my son's mrn is {x}", "the scan was booked under {x}, that's my patient id", "unit number {x}",
            "they've mixed me up with somebody, i'm {x}", "they said quote this any time i ring, my patient number, {x}", "the folder they handed me says {x}", "me mammy's in ward {small} and her number is {x}",
            "i was in casualty, they put me in as {x}",
        ),
        read_out=(
            "the patient number i have is {x}", "mrn on this chart's {x}", "your hospital number is {x}, keep it safe",
        ),
    ),
    "MEMBER_ID": Lines(
        questions=(
            "what's your member number", "insurance card, have you got it there", "the id on the front of your health plan", "and your subscriber id", "who insures you, and what's the membership",
            "policy holder id for the health cover", "so the member um id", "could you read what's under your name on the insurance card", "your medicare number", "on the plan card what's the id",
            "vhi or laya, and the number on the card", "for cover i need the number they gave you", "what would your health fund membership be", "beneficiary id please", "and the member",
            "it starts with three letters normally", "have you private insurance, what's on that", "who's the subscriber and what's the id", "what does it say by i d on the card", "health card number",
            "for the pharmacy it's the member id not the bin", "is that the new card, what's on it", "your cover's membership digits", "and the id for the dependant",
            "the plan says you're not eligible, what id do they have", "tpa card number sir", "the card from your insurer, not the bank one, what's it got beneath the logo",
            "are you covered through work, if so what id did they print for you", "which fund are you with, and the number you have in it", "your id with the insurer", "what's on the plastic from the insurance crowd",
            "coverage first, what id is it", "and does she have her own id or go under yours",
        ),
        answers=(
            "member id's {x}", "{x}", "the insurance says {x}", "by id it's {x}", "blue cross, {x}", "three letters then, {x}", "um {x}", "it's through my job, {x}", "subscriber {x}", "vhi, {x}", "laminated card says {x}",
            "that's {x}", "medicare {x}", "under my wife's, {x}", "card says {x}", "it's all rubbed off but i'd say {x}", "bupa, {x}", "i go under hers, {x}", "the insurance crowd have me as {x}",
        ),
        announcements=(
            "my insurance is {x}", "member number {x}", "i'm with aetna, {x}", "subscriber id {x}", "we got a new insurance card, {x}", "my health fund number is {x}", "it's medicaid, {x}", "id on the card's {x}",
            "the plan is under {x}", "laya, {x}", "they said {x} wasn't active", "my kid's on it too, {x}", "membership's {x}", "the claim was under {x}", "medicare id {x}",
            "they switched us in january and the new plan card has me as {x}", "i'm insured, {x}", "medibank {x}", "here's what they gave me for cover, {x}",
        ),
        read_out=(
            "your plan id shows {x}", "i've member {x}", "we billed it under {x}",
        ),
    ),
    "ACCOUNT_NUMBER": Lines(
        questions=(
            "have you your account number there", "top right of your bill, what have you got", "what's the customer number", "your account with us please",
            "is that the number on the account or the order, i need the account", "which account is it about", "what've we got you under", "could you look on a letter from us for the customer reference",
            "it starts with an eight usually, top of your statement", "and the a c number on the invoice", "what does your bill say beneath your name", "any old bill lying around with your number on it",
            "consumer number sir", "so your um account", "c a number please", "what's the billing account", "i can't find you by postcode, what's on the bill", "electricity account", "the number we know you by",
            "sign in and under my profile there's a number", "account digits, if you have them", "how do i find you on the system", "and which of your accounts is it, read me the number", "subscriber account",
            "what number is above the {amount} on your statement", "your utility account", "folio number for the customer", "up the top of anything we've posted you there's a number, would you read that out",
            "not the invoice one, the other, the one that never changes", "what's the number you quote when you pay us", "look in the app under my details, there's a long one", "top of the letter mate",
            "and you're our customer since when and under what number", "i'm needing your own number with us, not the parcel's",
        ),
        answers=(
            "account number's {x}", "{x}", "bill says {x}", "on my letter it's {x}", "um {x}", "top right, {x}", "customer number {x}", "i've got two, the electric is {x}", "found an old bill, {x}", "that's {x}",
            "it's under my husband, {x}", "the app says {x}", "okay account {x}", "beneath my name, {x}", "i think it's {x}", "consumer number {x}", "there's two on this letter, the bold one's {x}",
            "when i pay i quote {x}", "under my details it's {x}", "the k number, {x}",
        ),
        announcements=(
            "my account's {x}", "i'm calling about account {x}", "customer number {x}", "account {x} and you cut me off", "the gas is on {x}", "i've the bill in front of me, {x}",
            "my reference with you lot is {x}, the customer one", "it's for {x}, the account i mean", "you've me as {x}", "i've been with you twenty years, {x}", "consumer number's {x}", "i want to close {x}",
            "the broadband account is {x}", "the number on top of your letter is {x}", "two accounts but start with {x}", "moved house and the account's {x}",
            "it's the house account not the shop, {x}, and it says {amount} owing", "when i pay at the post office it's {x}", "the crowd before you gave me {x} as a customer number",
            "it's for my late father's electric, {x}",
        ),
        read_out=(
            "you're account {x} with us", "i've pulled up {x}", "your new account number will be {x}",
        ),
    ),
    "DOB": Lines(
        questions=(
            "when were you born", "your date of birth", "d o b", "and how old are you, the full date", "what's your birthday, year and all", "when's the big day", "could you tell me the birth date on the account",
            "what date did you come into the world", "and the patient was born", "day month and year for me", "what year, month and day would that be, born i mean", "little one's birthday please", "birthdate",
            "so your um date of", "date of birth of the lead passenger", "when do you celebrate, with the year", "for security i'd need when you were born", "what's it say for birth on the form",
            "is she over eighteen, what's her date of birth", "kindly confirm your birth date", "the baby's due or born date, which do you have", "account holder's birthday", "what age are you, i need it as a date",
            "when's your birthday love", "you'd have been born when", "and yours", "the date on your birth cert", "um so i can be sure it's yourself, your birthday and the year too",
            "the system's locked till i put a birth date in, so what have we got for you", "is this for the child, and if so when was she born", "which year were you born and the day too",
            "for the child fare i need her birthday", "are you over sixty five, when were you born",
        ),
        answers=(
            "{x}", "i was born {x}", "born {x}", "birthday's {x}", "{x} god i'm getting old", "um {x}", "mine's {x}", "she's {x}", "the little fella's {x}", "that'd be {x}", "old enough, {x}", "it's {x}",
            "his date of birth is {x}", "i'm a {x} baby", "christmas nearly, {x}", "oh that's showing my age, {x}", "hers or mine, hers is {x}", "er same as my twin, {x}", "day first, {x}", "i'll be ninety, {x}",
        ),
        announcements=(
            "date of birth {x}", "i was born on {x}", "my birthday's {x}", "dob {x}", "you'll want my birthday, {x}", "born {x} if you need it", "she was born {x}", "my son's dob is {x}",
            "it's got the wrong birthday, i'm {x}", "my mother, born {x}", "date of birth's {x} for the patient", "i turned sixty five, {x}", "my age on it is wrong, it's {x}", "the ticket's for a child born {x}",
            "my birth cert says {x}", "i'm an old age pensioner, born {x}, you'd think i'd get a discount", "before you ask my birthday's {x} and my head is melted", "you've had my birthday wrong since {year}, it's {x}",
            "put me down as born {x}", "my girl was born {x} so she's on the child fare",
        ),
        read_out=(
            "i have you born {x}", "date of birth there is {x}", "it says {x} for the birthday",
        ),
    ),
    **talk.MORE_TYPES,
}

ORCHARD = Family(
    name="orchard", seed=60427, types=TYPES,
    openings=talk.OPENINGS, reasons=talk.REASONS, closings=talk.CLOSINGS, prefixes=talk.PREFIXES, suffixes=talk.SUFFIXES, backchannels=talk.BACKCHANNELS, acknowledgements=talk.ACKNOWLEDGEMENTS, read_backs=talk.READ_BACKS,
    confirmations=talk.CONFIRMATIONS, fillers=talk.FILLERS, corrections=talk.CORRECTIONS, restarts=talk.RESTARTS, amends=talk.AMENDS, delays=talk.DELAYS, clarifications=talk.CLARIFICATIONS,
    address_by_name=talk.ADDRESS_BY_NAME, exchanges=talk.EXCHANGES, agent_benign=talk.AGENT_BENIGN, customer_benign=talk.CUSTOMER_BENIGN, payment_benign=talk.PAYMENT_BENIGN, small_talk=talk.SMALL_TALK,
    distractors=talk.DISTRACTORS, spelled_as=talk.SPELLED_AS, zip_questions=talk.ZIP_QUESTIONS,
    styles={"single": 4.5, "pairs": 1.4, "natural": 0.9, "mixed": 1.6, "regrouped": 1.6},
    layouts={"groups": 3, "joined": 3, "dashes": 1.6, "digits": 1.2, "random": 1.8, "commas": 0.8, "spelled_commas": 0.5, "pairs": 0.8, "random_dashes": 0.5, "dots": 0.3, "slashes": 0.2, "thousands": 0.4, "half": 1.2},
    zeros=(("oh",), ("zero",), ("oh", "zero"), ("nought", "oh"), ("o", "oh"), ("zero", "nought")), treble=True,
    first_names=talk.FIRST_NAMES, last_names=talk.LAST_NAMES, agents=talk.AGENTS, companies=talk.COMPANIES, cities=talk.CITIES, streets=talk.STREETS, street_types=talk.STREET_TYPES, domains=talk.DOMAINS,
    pass_words=talk.PASS_WORDS, models=talk.MODELS, code_words=talk.CODE_WORDS,
)
