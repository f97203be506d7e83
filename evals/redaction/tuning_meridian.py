"""Everyday contact-centre English of the US and Canada: calls that go well, asked and answered in many wordings."""

# Wordings are read as lists, several on a line, with a bar between them.
# ruff: noqa: E501
# fmt: off

from evals.redaction.families import Family, Lines
from evals.redaction.tuning_meridian_talk import (
    ACKNOWLEDGEMENTS,
    ADDRESS_BY_NAME,
    AGENT_BENIGN,
    AGENTS,
    AMENDS,
    BACKCHANNELS,
    CITIES,
    CLARIFICATIONS,
    CLOSINGS,
    CODE_WORDS,
    COMPANIES,
    CONFIRMATIONS,
    CORRECTIONS,
    CUSTOMER_BENIGN,
    DELAYS,
    DISTRACTORS,
    DOMAINS,
    EXCHANGES,
    FILLERS,
    FIRST_NAMES,
    LAST_NAMES,
    MODELS,
    OPENINGS,
    PASS_WORDS,
    PAYMENT_BENIGN,
    PREFIXES,
    READ_BACKS,
    REASONS,
    RESTARTS,
    SMALL_TALK,
    STREET_TYPES,
    STREETS,
    SUFFIXES,
    ZIP_QUESTIONS,
    said,
)


def _lines(questions: str, answers: str, announcements: str, read_out: str) -> Lines:
    return Lines(said(questions), said(answers), said(announcements), said(read_out))


TYPES = {
    "CREDIT_CARD": _lines(
        """so whenever you've got it out, just read me what's on the front | i don't see a card saved for you, so i'd need one, go ahead | it didn't like that one, do you have another card we can try | we can do that by card over the phone, what've you got
        what's the card number you'd like to use today | go ahead with the long number on the front of the card | which card are we putting this on, you can read it out to me now
        can you read me the number across the front | and the card number please | i'm ready for your card number whenever you are | what are the sixteen digits on that one
        could i get you to read off the full number on your visa | okay so what card did you want to pay with, i'll take the number | if you've got your card there just start with the first four
        what number's on the card itself | can you give me the debit card number you'd be paying with | and what's the number on that mastercard | let's do the payment then, go ahead and read me the card
        i'll need the whole card number, left to right | would you mind giving me the credit card you'd like on file | what's the new card number, since the old one expired | and the digits on the front there
        let me get that card from you | is that an amex, and what's the number on it | whenever you're ready, the account number printed on the card | so what does it say across the middle of the card | card number first""",
        """{x} | it's {x} | okay it's {x} | sure, {x} | yeah it's a visa, {x} | alright so {x} | one sec, my purse is right here, okay {x} | so the number is {x} | the card is {x} | um, it's {x}, that's all of it
        yep, got it here, {x} | mastercard, {x} | here goes, {x} | let me turn the light on, okay, {x} | it's worn off a bit but i think it's {x} | debit, and it's {x}""",
        """so my old one got stolen, that's the whole story, but the new one's {x} | before i forget, here's the card, {x}
        i'd like to pay with my card, it's {x} | you can just charge it to my visa, {x} | so i've got the card right here, it's {x} | i got a new card in the mail, the number's {x} | okay do you want the card now, it's {x}
        let's use the other one, that's {x} | put it on my credit card please, {x} | my wife's card is {x} | can you switch the autopay to {x} | the card that got charged was {x}
        i'll give you the amex, {x} | that payment should have come off of card {x} | i want to replace the card you have with {x} | the statement's for the card {x} | just run it on {x}""",
        """the full card number i have here is {x} | i'm going to read back the card you entered, {x} | the replacement card we mailed is {x} | it looks like the payment went on card number {x}""",
    ),
    "CVV": _lines(
        """and flipping it over | and what's on the back of it | it won't let me go on without the little number, what is it | there's one more number on there, not the long one, what's that
        and the three digits on the back | what's the security code on that card | can i get the code next to the signature strip | and the cvv | then there should be a little three digit number on the back
        what's the code on the reverse side | could you flip the card over and read me the last three | and that small number on the back there | last thing on the card, the security number | it's asking me for the verification code off the card
        for amex it's the four digits on the front right | what three numbers do you see by the signature | and the back of it | what's the c v v code please | okay now on the back, the short number
        and the card verification value | if you turn it over there's a code, what's that say | can you tell me the security digits | i also need the little code | what've you got for the security code, on the back in italics
        and the cvc | and then those three on the other side""",
        """{x} | it's {x} | the code's {x} | on the back it's {x} | that's {x} | um, {x} | let me flip it, {x} | i think that's {x} | security code is {x} | hang on, it's tiny, {x} | okay, {x}
        looks like {x} | just {x} | yeah, {x} | it says {x}, i believe""",
        """and the code on the back is {x} | you'll want the security code too, that's {x} | the three digit one's {x} | cvv is {x} | and on the back there, {x} | oh and the little number's {x}
        and i know you'll ask, the back is {x} | the security code's {x} by the way | then it's {x} on the back | for the verification code it's {x} | the cvc's {x}
        and the last three on the strip are {x} | my code would be {x} | the other side says {x}""",
        """i have the security code down as {x} | you gave me {x} for the code on the back | so the c v v was {x}""",
    ),
    "CARD_EXPIRY": _lines(
        """and when's it run out | and the month and year underneath | and then the dates on it | it's good till when
        and the expiration date | when does that card expire | what's the expiry on it | and it's good through when | what month and year are on there | and the exp date please
        what's the valid thru date | can you tell me when that one runs out | expiration | and the date on the front of the card | okay what's the month and year | when's that good until
        do you see an expiry date under the number | and how long is the card valid for | what does it say for expires | what's the new expiration on your card | next up is the expiry, month then year
        could you read me the date that's on the card | and it expires when | what's it say under good thru | and the expiration month and year for me | that one's not expired is it, what's the date""",
        """{x} | it's {x} | {x}, i think | expires {x} | that's {x} | good through {x} | the expiry is {x} | it says {x} | um, {x} | let's see, {x} | looks like {x} | it's valid until {x} | should be {x} | exp date's {x} | okay, {x}""",
        """and it expires {x} | expiration's {x} | that one's good until {x} | expiry date is {x} | the card runs out {x} | and the date on it is {x} | it's valid through {x} | the new one's good till {x}
        and the month and year's {x} | exp is {x} | it doesn't expire until {x} | the expiration they printed is {x} | and i guess you need the date, {x} | valid thru {x}""",
        """i'm showing that card expires {x} | the expiration we have for it is {x} | it looks like yours is good through {x}""",
    ),
    "PIN": _lines(
        """before i can open that up i need the number you picked, do you recall it | what four numbers did you choose | and the one you key in at the atm
        can you give me the pin on the account | what's your four digit pin | and your telephone banking pin | do you remember the pin you set up | go ahead and tell me your account pin | what pin do you use when you call in
        there's a passcode number on here, what is it | could i have you verify your pin | what's the pin number you chose | i'll just need your phone pin before we go on | and the numeric passcode you picked at signup | what would your security pin be
        okay and the pin for the voicemail | it wants the customer pin, do you know that one | what number do you punch in at the machine | and the secret number you created | the account has a pin on it, can you tell me what that is
        what's the parental control pin at the moment | so what's your access pin | what pin would you like to set | pick a new four digit code for me | what do you want the new pin to be""",
        """{x} | it's {x} | the pin's {x} | i think it's {x} | pretty sure it's {x} | should be {x} | um, try {x} | i use {x} | that'd be {x} | oh gosh, {x} i believe | let me think, {x} | make it {x} | okay, {x} | we set it as {x} | probably {x}""",
        """my pin is {x} if you need it | i've been putting in {x} and it doesn't take | i'd like to change my pin to {x} | the pin i have written down is {x} | it keeps rejecting {x} at the atm | the four digit code's {x}
        so when i call i usually give the pin, {x} | my passcode is {x} | i set the pin to {x} last week | my husband set it as {x} | the door code for the driver is {x} | i typed in my pin, {x}, and it locked me out | the old pin was {x} | the voicemail pin's {x}""",
        """your temporary pin is going to be {x} | i've reset that to {x} for now | the pin i see in the system is {x}""",
    ),
    "OTP": _lines(
        """it should've buzzed by now, what are you seeing | i'm going to text you something, just tell me what it says | and what's the number in there | go ahead and open that message, what's it give you
        i just sent a code to your phone, what does it say | what's the code you received | can you read me the six digits from the text | did the verification code come through, what is it | okay i've texted you a one time code, go ahead and read that
        what number came in that message | tell me the code once you get it | you should be getting a text any second, could you read me the code | and the passcode we just emailed you | what's the security code in that text message
        whenever it pops up just read me the digits | i'm sending you a quick code to verify it's you, what did you get | what's it show on the authenticator app | can i have the temporary code | what came through on your phone
        and the code from the email please | it'll be a short number from us by text, what is it | got it, what's the verification number | read me that confirmation code that came to your cell | what are the digits it sent | anything come through yet, what's the code""",
        """{x} | it's {x} | it says {x} | okay it just came in, {x} | the code is {x} | i got {x} | yep, {x} | hang on, just buzzed, {x} | alright, {x} | it says your code is {x} | um, {x}, that's the newest one | i have two of them, the last one is {x}
        let me open it, {x} | that'd be {x} | text says {x}""",
        """hm, got something from you guys, {x} | the phone just dinged, it says {x}
        i just got a text with {x} | oh the code came, it's {x} | it's telling me {x} is my code | so my phone just gave me {x} | the one time code's {x} | it came to my email, {x}
        i have a verification code here, {x} | the message says use {x} | the app's showing {x} right now | oh there it is, {x} | okay i've got {x} on the screen | the login code i got was {x} | it's asking me to enter {x} | your text said {x}""",
        """the code you'll enter is {x} | your one time passcode is {x}, just type that in | i can read you the code from here, it's {x}""",
    ),
    "BANK_ACCOUNT": _lines(
        """and then the longer one next to that | so where's the money coming out of, what's the number there | if you've got a check in front of you read me the second number
        what's your checking account number | and the bank account you'd like that drawn from | can you read me the account number at the bottom of your check | which account should the direct deposit go into, what's the number | and the account number at your bank
        what's the number of the savings account | could i get the account for the e-check | now the account number, that's usually after the routing | what account would you like the refund deposited to | where should we send the money, what's the account number
        and the second set of numbers on the check | okay what's your bank account number please | can i get your chequing account | and the account itself | do you have a void cheque handy, what's the account number on it
        what bank account are we pulling this from | i need the number for the account you want on autopay | and then the long one on the check, the account | so which account number does the payroll go to | what's the account number there, not the debit card""",
        """{x} | it's {x} | the account's {x} | checking, and it's {x} | okay i've got my checkbook, {x} | so it's {x} | um, {x} | that's {x} | one moment, i'm pulling up my bank, {x} | the account number is {x} | it looks like {x} | right, {x}
        savings is {x} | sure thing, {x} | on the check it says {x}""",
        """i'd rather pay from my checking, the account is {x} | my bank account number's {x} | can you deposit it to {x} | the account it comes out of is {x} | we switched banks so the new account's {x} | it's a joint checking account, {x}
        and the account number on the check is {x} | please send the refund to account {x} | i want the transfer to go from {x} | the savings account is {x} | the money went to the wrong place, mine's {x} | i have it here, account {x}
        direct deposit goes to {x} | my chequing number's {x}""",
        """the bank account we have for you is {x} | your new checking account number is {x} | that went out to the account {x}""",
    ),
    "ABA_ROUTING": _lines(
        """so looking at the bottom of the check, what's the first set of numbers | who do you bank with and what's their routing
        what's the routing number | and the routing number for your bank | can you give me the nine digits on the bottom left of the check | do you know your bank's routing | what's the a b a number
        and the transit number please | first i'll need the routing | could you read the first number along the bottom of the check | what routing number do they use | i'll take the bank's nine digit number
        okay and the routing for that credit union | what's the number that identifies your bank | so routing first, then account | is that on your check, what's the routing number | and which routing do you have for wires
        can you look up the routing number in your banking app | what does it list for a b a | and the bank routing code | what have you got for the routing | for the direct deposit i need the routing number, what is it""",
        """{x} | it's {x} | routing is {x} | the routing number's {x} | that's {x} | let me grab a check, {x} | um, {x} | okay so {x} | on the left there it's {x} | i looked it up, it's {x} | the nine digits are {x} | i believe it's {x}
        yep, {x} | sure, {x} | hold on, {x}""",
        """the routing's {x} | my bank's routing number is {x} | routing number first is {x} | the a b a is {x} | i've got a check in front of me, routing {x} | it says routing number {x} | for my credit union it's {x}
        so the first number on the check is {x} | and the routing on that's {x} | the transit number is {x} | i was told to use {x} for wires | the bank gave me {x} as the routing | you can use routing {x} | the number on the bottom left is {x}""",
        """the routing number i'm seeing is {x} | our routing number's {x} | i have your bank's routing as {x}""",
    ),
    "IBAN": _lines(
        """what's the iban for the account overseas | can you give me the international account number | and the i b a n please | where's the wire going, what's the iban | do you have the iban on the invoice, go ahead and read it
        what's the recipient's iban | i'll need the full iban, letters and all | could you read me the beneficiary's account in iban format | it starts with two letters, what is it | and the european account number
        for the transfer abroad i need the iban | what iban did they give you | and the long international bank number | can you spell out the iban for me | what account is it going to in europe
        so what's the iban on your statement | and your sister's iban | the foreign account, what's the number on that | may i have the iban starting with the country code | okay which iban should we use for the refund""",
        """{x} | it's {x} | the iban is {x} | okay it's long, {x} | they sent me {x} | um, {x} | let me pull up the email, {x} | here it is, {x} | starts with, uh, {x} | that's {x} | sure, {x} | it says {x} | so {x} | my sister gave me {x} | i'll go slow, {x}""",
        """i want to wire money to an iban, it's {x} | the iban they gave us is {x} | send it to {x} | the international number's {x} | it's going to my mother's account, {x} | the beneficiary account is {x}
        the iban on the invoice says {x} | i have the iban right here, {x} | their bank account over there is {x} | the refund should go to my german account, {x} | you'll need the iban, {x} | for the wire it's {x} | the hotel wants it sent to {x} | the account in europe's {x}""",
        """the iban on the wire is {x} | i have the recipient's iban as {x} | the transfer's going out to {x}""",
    ),
    "SORT_CODE": _lines(
        """what's the sort code | and the sort code for the uk account | do you have the six digit sort code | it's a british bank, so what's the sort code | can you read me the sort code on the card
        and the branch code over there | what sort code did they give you | the six digits for the bank branch, what are those | sort code first please | okay and the bank's sort code
        what's the code for the branch in london | for the pound transfer i need a sort code | and which sort code is that with | could i get the sort code off your statement | what are the three pairs of numbers
        so in the uk they use a sort code, what's that one | and your sort code | what's the recipient's sort code | do you see a sort code there, what is it | the bank code please, the six digit one""",
        """{x} | it's {x} | sort code's {x} | that's {x} | um, {x} | it says {x} | okay, {x} | i've got {x} | the branch is {x} | let me see, {x} | i think it's {x} | they told me {x} | sure it's {x} | here, {x}""",
        """the sort code is {x} | and the sort code's {x} | it's a uk account, sort code {x} | the branch code over there is {x} | you'll need the sort code too, {x} | my british account has sort code {x} | the bank's code is {x}
        i have a sort code here, {x} | sort code first, that's {x} | they wrote sort code {x} | the six digit one is {x} | for the london branch it's {x} | her sort code's {x} | and then there's this sort code, {x}""",
        """the sort code i've got is {x} | it's going to sort code {x} | on our side the sort code is {x}""",
    ),
    "US_SSN": _lines(
        """i do have to run your credit for that, so can i have your social | i know folks don't love giving this out, but i need the social | all nine this time please, for the social
        can i get your social security number | and your social | what's your full social | i'll need the social for the credit check, go ahead | could you verify your social security number for me | what's the social on the account
        and the primary account holder's social | for the application, what's your s s n | may i have all nine digits of your social | what's your social insurance number | and the soc | would you be comfortable giving me your social
        whose social are we running this under, and what is it | we need a social to pull the report, what's yours | and what's your spouse's social security number | what's the s s n we'd have on file | and the number on your social security card
        okay the social when you're ready | can you confirm your whole social with me | what nine digit social do i put down | the government id number, your social, what is that""",
        """{x} | it's {x} | my social's {x} | okay, {x} | sure, it's {x} | um, is this line safe, okay, {x} | that's {x} | uh, {x} | alright so {x} | i guess so, {x} | the whole thing is {x} | mine is {x} | yeah, {x} | his is {x} | let me remember, {x}""",
        """my social is {x} | you can look me up by my social, {x} | i'll give you my social, it's {x} | my social security number's {x} | the social on the loan is {x} | my husband's social is {x} | the letter has my s s n as {x}
        you've got the wrong social, it should be {x} | for the tax form it's {x} | the social i filed under was {x} | try it under {x}, that's my social | my s s n is {x} | social insurance number is {x} | i used my social, {x}""",
        """the social i'm seeing on this application is {x} | we've got your social down as {x} | the s s n on the form reads {x}""",
    ),
    "SSN_LAST4": _lines(
        """you don't have to give me the whole social, just how it ends | what's the tail of the social on here
        what are the last four of your social | just the last four digits of your social please | and the last four of the social | can you verify the final four of your social security number | could i get the last four on the s s n
        last four of your social | what's the last four for the account holder | only the last four of your social, not the whole thing | and the ending digits of your social | to pull you up i'll use the last four of your social, what is it
        what does your social end in | and what would be the last four of your soc | may i have just the last four there | so the social, only the tail end of it | for security, what are the last four of the primary's social
        okay name, and then the last four of the social | confirm the last four of the social for me | what four digits does your social end with | the last part of your social please | can you give me those last four numbers of your social""",
        """{x} | it's {x} | last four is {x} | {x}, for the social | that's {x} | it ends in {x} | the last four are {x} | sure, {x} | okay, {x} | um, {x} | mine's {x} | yep, {x} | hers would be {x} | that'd be {x}""",
        """last four of my social is {x} | my social ends in {x} | i can give you the last four, {x} | the last four of the social's {x} | if you need my social, it ends with {x} | the last four digits of my social are {x} | last four, {x}, on the social
        social ends {x} | you'll want the last four, {x} | my wife's last four is {x} | it's under her social, the last four is {x} | just the end of my social, {x} | the final four are {x} | the system took {x} as my last four""",
        """i have {x} as the last four of your social | the last four we show for the social is {x} | it's ending in {x} for the social on file""",
    ),
    "TAX_ID": _lines(
        """what's the tax id for the business | and your e i n | can i get the federal tax number | what employer identification number is that under | do you have the company's tax id | what's the business number on your filing
        and the t i n please | for tax exempt status i need your tax id | what's the ein on the w nine | could you give me the nine digit federal id | and the organization's tax number | what's the gst number for the company
        which tax id do you file under | who's the business and what's the e i n | okay what tax number goes on the ten ninety nine | can you read me the e i n off the letter from the irs | is there a federal id, what is it
        what's the taxpayer identification number | and the number the irs assigned you | so what's your tax i d there | the company's federal number, please""",
        """{x} | it's {x} | our e i n is {x} | tax id's {x} | the federal id is {x} | okay it's {x} | um, {x} | let me find the letter, {x} | that's {x} | sure, {x} | the business is {x} | it should be {x} | my accountant says {x} | i have it here, {x}""",
        """the e i n is {x} | our tax id is {x} | i'm calling for a business, tax id {x} | we're tax exempt, the number's {x} | the company's federal number is {x} | on the w nine it's {x} | our employer id's {x}
        the t i n should read {x} | the nonprofit's tax number is {x} | you can look us up by e i n, {x} | the irs letter says {x} | it's filed under {x} | our business number's {x} | the tax id on the invoice is wrong, it's {x}""",
        """i've got your e i n as {x} | the tax id on this account is {x} | on our form the federal id is {x}""",
    ),
    "PASSPORT": _lines(
        """since it's international i need what's on your passport, the number | got your passports with you, what's the first one
        what's your passport number | and the passport number please | can you read me the number on the photo page | for the international flight i need the passport, what's the number | and the document number on your passport
        do you have your passport handy, what's the number in the top right | what passport are you traveling on | could i get each traveler's passport, starting with yours | and for your daughter's passport | what does it say for passport number
        okay i'm in the traveler details, go ahead with the passport | what's the number on your new passport | and that's a u s passport, number | may i have the travel document number | which id is it, and the passport number
        the booklet's number, up in the corner, what is it | i need the passport info for customs, what's the number | and the passport there | canadian passport, okay, what's the number on it | what's printed next to passport no""",
        """{x} | it's {x} | passport's {x} | okay, {x} | the number is {x} | let me dig it out, {x} | um, {x} | top corner says {x} | that's {x} | sure, it's {x} | hers is {x} | i took a picture of it, {x} | it reads {x} | alright, {x}""",
        """my passport number is {x} | i renewed my passport, the new one's {x} | the passport you have is old, it's {x} now | for the booking my passport is {x} | i'm traveling on passport {x} | my son's passport is {x}
        it's a canadian passport, {x} | can you add my passport, {x} | the passport on the reservation should be {x} | passport, that's {x} | the number in the booklet is {x} | i have my passport open, it's {x} | document number {x} | for id i've got a passport, {x}""",
        """the passport on the reservation is {x} | i have your passport number as {x} | it shows document number {x}""",
    ),
    "DRIVER_LICENSE": _lines(
        """were you the one driving, and what's your license number | if you pull out your license there's a number up top, what is it
        what's your driver's license number | and the license number please | can i get the number on your driver's licence | do you have your license on you, what's the number | what's the d l number
        and the license for the second driver | for the quote i need your license, what's the number | could you read the number off your license | what state issued it and what's the number | and your state id number
        so what's on your license, the id number | i'll need a license number for the rental | may i have the driver's license of whoever was driving | and the number by your photo | what's the licence number for your husband
        okay license next | what does your driver's license say for number | and which license number should i put down for the driver | can you verify the license number we'd have for you | what's the i d number on your licence card""",
        """{x} | it's {x} | license is {x} | the number's {x} | okay got my wallet, {x} | um, {x} | that's {x} | d l number {x} | sure, {x} | it's an ohio license, {x} | here it is, {x} | let me squint, {x} | his is {x} | it looks like {x} | texas, {x}""",
        """my driver's license is {x} | my license number is {x} | i've got my license here, {x} | i moved so i have a new license, {x} | the other driver's license was {x} | d l is {x} | for id i have my driver's licence, {x}
        the license you need is {x} | my daughter just got her license, it's {x} | the police report lists license {x} | state id number's {x} | you can use my driver's license, {x} | it's on my license as {x} | my licence says {x}""",
        """the license we have on the policy is {x} | i've got driver's license {x} for you | the report lists your license as {x}""",
    ),
    "MEDICAL_RECORD": _lines(
        """what's your medical record number | do you have your chart number | and the m r n please | what's the patient number on your wristband | can you give me the chart number from your portal
        what's the number at the top of your lab results | and the patient id | could you read me your hospital number | do you know your medical record number with us | it's on the visit summary, the m r n, what does it say
        what patient number did they give you | for the records request, what's the chart number | and your child's medical record number | okay and the record number on the paperwork | what's the health record number
        is there an m r n on that sheet, go ahead | what number are you under at the clinic | can i pull you up by your chart number, what is it | what's the patient record on that one | and the file number at the hospital for you""",
        """{x} | it's {x} | m r n is {x} | the chart number's {x} | okay it says {x} | um, {x} | on the top it's {x} | that's {x} | i have {x} | let me get the paper, {x} | patient number {x} | sure, {x} | i believe {x} | the sticker says {x}""",
        """my medical record number is {x} | my chart number's {x} | the m r n is {x} | i'm a patient there, record number {x} | on my visit summary it says {x} | my son's chart is {x} | the hospital has me under {x}
        patient number's {x} | the lab slip has my number as {x} | i think it's filed under m r n {x} | my patient id is {x} | the wristband said {x} | it's record {x} | the clinic gave me number {x}""",
        """your medical record number is {x} | i have your chart under {x} | the m r n on this referral is {x}""",
    ),
    "MEMBER_ID": _lines(
        """if you've got your card out, what's under the name, the id | i'm not finding you by name, what's on the insurance card | has your coverage changed, what's the new id
        what's your member id | and the member number on your insurance card | can you read me the id on the front of the card | what's the subscriber id | what insurance do you have, and the member id
        and the id number for the plan | do you have your insurance card with you, what's the member number | could i get the policy holder's member id | what's the number under your name on the insurance card | and the health plan id
        okay what's the id on your coverage | is there a letter prefix, what's the whole member id | what's the member id for your dental | and your health card number | who's it through, and what's the id
        what's your medicare number | can i have the member number that starts with the letters | and your membership number for the plan | so on the insurance card, what does it say for id | what's the enrollee id, please""",
        """{x} | it's {x} | member id is {x} | the id's {x} | okay it says {x} | um, {x} | front of the card, {x} | that's {x} | blue cross, {x} | let me get my wallet, {x} | subscriber id {x} | sure, {x} | it's under my wife, {x} | all together it's {x} | alright, {x}""",
        """they sent us new cards this year, mine says {x}
        my member id is {x} | my insurance id's {x} | i've got my insurance card here, {x} | the member number's {x} | we have new insurance, the id is {x} | my subscriber number is {x} | i'm on my husband's plan, id {x}
        health card number's {x} | the id on my plan is {x} | it's the dental plan, member {x} | for my medicare it's {x} | the pharmacy needed my member id, {x} | the card reads {x} for member id | you can find me by member number, {x}""",
        """your member id will be {x} | i'm showing your member number as {x} | the subscriber id on this claim is {x}""",
    ),
    "ACCOUNT_NUMBER": _lines(
        """do you see it on the top of the page there, what's the account | let's see who we've got, account number | i'm not pulling anything up by phone, do you have the account | which one of your accounts is it, what's the number
        what's your account number | do you have your account number handy | and the account number with us | can i get the number at the top of your bill | which account are you calling about | what's the customer number on your statement
        could you give me the account you're calling on | what account is this for | and the number on your bill please | i'll pull up your account, what's the number | do you know the account number for the house | what's the account number on the letter
        may i have your utility account number | can you tell me what account number you've got there | so i can find you, what's the account | it should be in the upper right of the bill, what's it say | okay and your customer account
        is it the account on the statement, what's that number | what's your number with us | and the account, please | do you happen to have a bill in front of you, what's the account number""",
        """{x} | it's {x} | the account's {x} | account number's {x} | yes it's {x} | let me find the bill, okay {x} | um, {x} | i've got {x} | that's {x} | sure, {x} | it says {x} | on the statement it's {x} | one sec, {x} | the customer number is {x} | i have it right here, {x} | i think it's {x}""",
        """i don't know if you need this, but the account's {x} | there's a number up top here that says account, {x}
        my account number is {x} | i'm calling about account {x} | the account's {x} | i've got my bill here, account number {x} | it's account {x} | i have two accounts, this one's {x} | my customer number's {x}
        the account i need help with is {x} | you can look it up under {x} | on the bill it says account {x} | it's regarding {x}, that's the account | the account for the rental property is {x} | i'm looking at account number {x} | the number on my statement is {x} | the house account is {x}""",
        """your account number is {x} | i found it, the account's {x} | the new account number will be {x}""",
    ),
    "DOB": _lines(
        """and when's your birthday, hon | and how about your date of birth, sir | so the patient's your daughter, when was she born | and born when
        what's your date of birth | and your birthday | can i get your date of birth please | when were you born | date of birth | could you verify your birth date | and the patient's date of birth
        what's the month, day and year you were born | and your birthdate | what's your d o b | for verification your date of birth please | and his date of birth | how about your birth date
        can you confirm when your birthday is, with the year | when's your son's birthday | and the date of birth for the account holder | what birth date do we have for you | and the birthday on that | what year were you born, and the month and day
        name and date of birth please | okay and your date of birth for me | the driver's date of birth""",
        """{x} | it's {x} | {x}, yep | my birthday is {x} | born {x} | date of birth's {x} | that's {x} | i was born {x} | hers is {x} | sure, {x} | um, {x} | his birthday's {x} | okay, {x} | for me it's {x} | mine's {x}""",
        """he's a minor, his birthday's {x} | in case you need it i was born {x}
        my date of birth is {x} | i was born {x} | my birthday's {x} | birth date is {x} | her date of birth is {x} | my son was born {x} | d o b's {x} | the patient is my mom, born {x} | and my birthdate's {x}
        my dad's birthday is {x} | you have the wrong birthday, it's {x} | date of birth {x} | for the new driver, she was born {x} | my husband's date of birth is {x}""",
        """i have your date of birth as {x} | the birthday on the chart is {x} | we're showing you were born {x}""",
    ),
    "PHONE": _lines(
        """if i lose you what number do i call back | and where can they reach you the day of | the one i have here might be old, what's your number now | is this the best number, or what is
        what's a good callback number | and the best number to reach you | can i get your phone number | what number are you calling from | in case we get disconnected what's your number | and your cell | what's the phone number on the account
        could you give me a number where we can text you | what's the best phone number for you | is there a daytime number i can put down | and the contact number for the driver | what number should they call when they're outside
        phone number with area code | and your home phone | what's your mobile number | who should we call, and at what number | may i have a number in case the call drops | do you have another number we can try, what is it
        which phone number would you have given us | and a telephone number | so where can we reach you by phone | starting with the area code, what's your number""",
        """{x} | it's {x} | my cell is {x} | you can reach me at {x} | sure, {x} | area code first, {x} | um, {x} | that's {x} | the best one is {x} | it'd be {x} | home is {x} | yeah, it's {x} | okay, {x} | try {x} | my work number's {x} | i'm at {x}""",
        """i drive for work so you might get voicemail, but it's {x} | don't call the landline, use {x}
        my number is {x} | you can call me back at {x} | my phone number's {x} | my cell's {x} | if we get cut off i'm at {x} | the best number for me is {x} | i have a new number, it's {x} | text me at {x} | i'm calling from {x}
        please call my wife at {x} | the number on the account should be {x} | my husband's cell is {x} | the driver can call {x} | my old number was {x} | the house phone is {x}""",
        """the number i have for you is {x} | we'll call you at {x} | i see a phone number of {x} on here""",
    ),
    "EMAIL": _lines(
        """i can shoot that over to you, where should i send it | do you get email, what's yours | it bounced, so how do you spell that email
        what's your email address | and the best email for you | can i get an email for the receipt | where should i send the confirmation | what email's on the account | could you spell your email for me | and your email
        do you have an email you'd like that sent to | what's a good email | which email do you log in with | and the email address please | what address would you like that emailed to | where can i email that
        do you want to get those by email, what's the address | and what email did you sign up with | okay so what's your e-mail | can you verify the email we have | what's the username, it's usually your email | and the gmail, is it your name | who should the invoice be emailed to""",
        """{x} | it's {x} | my email's {x} | sure, {x} | um, {x} | that's {x} | the email is {x} | you can send it to {x} | yeah, {x} | should be {x} | i use {x} | okay it's {x} | probably {x} | let's do {x} | try my work one, {x}""",
        """i never check the old one, use {x} | if you could just email it, {x}
        my email is {x} | you can email me at {x} | please send it to {x} | my email address is {x} | i need to change my email to {x} | the login's {x} | my new email's {x} | the receipt never came to {x} | i signed up with {x}
        my wife's email is {x} | i had it going to {x} | the invoice goes to {x} | it's registered under {x} | send me the form at {x}""",
        """i've got your email as {x} | the confirmation went out to {x} | the email on the profile is {x}""",
    ),
    "ADDRESS": _lines(
        """and you're still at the same place, or where are you now | so where's this one headed | where are you located | and where was the accident, was that at home, what's the address there
        what's your address | and the billing address | what's the service address | where are we shipping that to | can i get your mailing address | and the street address please | what address is on the account | where do you live now
        could you verify the address for me | what's the new address | where would you like it delivered | and the address there | what's the property address | your home address please | where should the technician go
        and the full address with the city and zip | what address do we have you at | where's that going | okay and where do you get your mail | which address should i update it to | and what's the address on your license""",
        """{x} | it's {x} | i'm at {x} | sure, {x} | we live at {x} | the address is {x} | um, {x} | that's {x} | my address is {x} | okay, {x} | it's going to {x} | send it to {x} | yeah, {x} | we're on, uh, {x} | the new place is {x}""",
        """they've got the wrong house, we're at {x} | it went to the neighbor, i'm at {x}
        i live at {x} | my address is {x} | we moved to {x} | the new address is {x} | please ship it to {x} | my billing address is {x} | can you send the tech to {x} | the service is for {x} | it should go to {x} | i'm over at {x}
        mail it to me at {x} | the package went to my old place, {x} | the outage is at {x} | my mom's address is {x} | deliver it to {x}""",
        """i have your address as {x} | it was delivered to {x} | the service address we show is {x}""",
    ),
    "PERSON": _lines(
        """and who've i got on the line | who's this i'm talking to | and how do you spell that last name | who should i put this under | what do you go by
        who am i speaking with | can i get your first and last name | and your name please | what's the name on the account | may i have your full name | who do i have the pleasure of speaking with today | what's your name
        could you spell your last name for me | whose name is it under | and the cardholder's name | name as it appears on the card | what's the patient's name | and who's the account holder | first and last name please
        can you tell me your name | what name is the reservation under | and the name of the person picking it up | who else is authorized on there, what's the name | how's your last name spelled | and you are | who's the primary on the policy""",
        """{x} | it's {x} | my name is {x} | this is {x} | sure, it's {x} | yes, {x} | that's {x} | um, {x} | you're speaking with {x} | it'd be under {x} | the name's {x} | hi, i'm {x} | it's my husband's, {x} | should be {x} | on the card it's {x}""",
        """yeah my daughter set this up, i'm {x} | the last name's changed, it's {x} now
        hi, this is {x} | my name is {x} | hello, my name's {x} | hi there, it's {x} calling | good morning, this is {x} | yeah hi, {x} here | i'm {x} | this is {x}, i called earlier | it's {x} | it's under my wife's name, {x} | i'm calling for my mother, {x}
        you can add {x} to the account | the reservation's under {x} | the card's in the name of {x} | my name's {x} and i've got a question""",
        """i have the account under {x} | am i speaking with {x} | the name on the policy is {x} | it was signed for by {x}""",
    ),
    "PASSWORD": _lines(
        """when you set this up you picked a word, what was it | what are you typing in for the password | there's a hint here about a pet, what's the answer
        what's the password on the account | and your security word | can you give me the verbal password | what's the answer to your security question | do you remember the passphrase you set | what's your wifi password
        and the password you've been using | there's a code word on here, what is it | what did you set the password to | could you tell me the secret word | for security, the password please | what would your account password be
        what's the memorable word | so what's the password you're typing in | and the network password | what temporary password did they give you | what would you like the new password to be | what password did you pick
        okay and the answer to the secret question | what's on the sticker for the wifi password | and the keyword we have on file""",
        """{x} | it's {x} | the password's {x} | i think it's {x} | should be {x} | um, {x} | try {x} | it might be {x} | that's {x} | i've been using {x} | probably {x} | oh, it's {x} | okay, it's {x} | we made it {x} | i believe {x}""",
        """my password is {x} | i keep typing {x} and it won't log in | the security word is {x} | the wifi password's {x} | i'd like to make it {x} | i changed the password to {x} | the verbal password should be {x} | my code word's {x}
        my login password is {x} | it says {x} is wrong | the old password was {x} | the answer's {x} | the secret word on there is {x} | they gave me a temporary password, {x}""",
        """your temporary password is {x} | i've set it to {x} for now | the default password on the modem is {x}""",
    ),
    "IP_ADDRESS": _lines(
        """what's your ip address | and the ip it's showing | can you read me the i p address on the screen | what does it say for ipv four | what's the ip of the router | under network settings, what's the address
        could you tell me the gateway address | and the public ip | what ip did you get when you searched what's my ip | the static ip we gave you, what is it | what's the address with the dots in it | and the ip on the printer
        which ip address is the computer getting | what's the dns server set to | go to status, what do you see for ip | and the device's ip | so what ip's assigned to the camera | do you see an ip address there, what is it
        what are you pinging, which address | and the i p please""",
        """{x} | it's {x} | it says {x} | the ip's {x} | okay, {x} | i see {x} | um, {x} | that's {x} | ipv four is {x} | i've got {x} | it's showing {x} | let me scroll, {x} | the address is {x} | looks like {x}""",
        """my ip address is {x} | the ip's {x} | the router's at {x} | it says my ip is {x} | i can't get to {x} | the modem shows {x} | our static ip is {x} | i'm pinging {x} and getting nothing | the printer's on {x}
        i've got the gateway as {x} | the camera's address is {x} | it blocked my ip, {x} | i typed {x} into the browser | dns is set to {x}""",
        """go ahead and type {x} in the address bar | your static ip is {x} | i see your modem at {x} | set the gateway to {x}""",
    ),
    "NUMBER": _lines(
        """do you fly with us often, what's your number | what's on the sticker inside the door, the vin | is there a number on the back of your rewards card | and what's on the gift card there
        what's the number on the gift card | and your rewards number | can i get the vin | what's your policy number | do you have your frequent flyer number | what's your employee id | and the student id please
        could you read me the vehicle identification number | what's your loyalty number with us | and the number on the back of the gift card, under the scratch off | what's the serial number on the unit | what's the policy number on your insurance | and the membership number for the rewards
        do you know the meter number | what's your badge number | and the group number on the plan | is there a known traveler number, what is it | what's the claim holder's policy number | okay what's the vin, it's on the dash
        the certificate number please | what's the store credit number | and the number on your library card""",
        """{x} | it's {x} | the number's {x} | okay it's {x} | um, {x} | that's {x} | sure, {x} | i've got {x} | it says {x} | the vin is {x} | let me scratch it off, {x} | policy's {x} | rewards number {x} | one second, {x} | the id is {x} | here we go, {x}""",
        """somebody gave me this gift card for christmas, it's {x} | the sticker in the door says {x}
        my policy number is {x} | i have a gift card, the number's {x} | my rewards number is {x} | the vin on the car is {x} | my frequent flyer number's {x} | my employee id is {x} | my student number's {x} | the serial on it is {x}
        it's policy {x} | i'd like to use a gift card, {x} | the loyalty card is {x} | the meter number is {x} | my known traveler number's {x} | the group number's {x} | my insurance policy is {x}""",
        """your policy number is {x} | your new rewards number's {x} | the gift card i'm issuing is {x} | the vin on the policy is {x}""",
    ),
}

MERIDIAN = Family(
    name="meridian", seed=7351942, types=TYPES, openings=OPENINGS, reasons=REASONS, closings=CLOSINGS, prefixes=PREFIXES,
    suffixes=SUFFIXES, backchannels=BACKCHANNELS, acknowledgements=ACKNOWLEDGEMENTS, read_backs=READ_BACKS,
    confirmations=CONFIRMATIONS, fillers=FILLERS, corrections=CORRECTIONS, restarts=RESTARTS, amends=AMENDS, delays=DELAYS,
    clarifications=CLARIFICATIONS, address_by_name=ADDRESS_BY_NAME, exchanges=EXCHANGES, agent_benign=AGENT_BENIGN,
    customer_benign=CUSTOMER_BENIGN, payment_benign=PAYMENT_BENIGN, small_talk=SMALL_TALK, distractors=DISTRACTORS,
    spelled_as=("as in", "like", "for", "as in"), zip_questions=ZIP_QUESTIONS,
    styles={"single": 0.52, "pairs": 0.13, "natural": 0.09, "mixed": 0.14, "regrouped": 0.12},
    layouts={
        "joined": 0.2, "groups": 0.27, "dashes": 0.15, "digits": 0.06, "commas": 0.06, "spelled_commas": 0.04, "pairs": 0.04,
        "random": 0.07, "random_dashes": 0.03, "half": 0.06, "thousands": 0.02,
    },
    zeros=(("zero",), ("oh",), ("zero", "oh"), ("oh", "oh", "zero")), treble=False, first_names=FIRST_NAMES, last_names=LAST_NAMES,
    agents=AGENTS, companies=COMPANIES, cities=CITIES, streets=STREETS, street_types=STREET_TYPES, domains=DOMAINS,
    pass_words=PASS_WORDS, models=MODELS, code_words=CODE_WORDS,
)
