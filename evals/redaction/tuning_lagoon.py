"""The tuning family "lagoon": everyday calls with the same thing asked in many ways, wordings for each entity type."""

# ruff: noqa: E501
# fmt: off

from evals.redaction.families import Family, Lines
from evals.redaction.tuning_lagoon_talk import TALK, phrases


def _lines(questions: str, answers: str, announcements: str, read_out: str) -> Lines:
    return Lines(phrases(questions), phrases(answers), phrases(announcements), phrases(read_out))


_CARDS: dict[str, Lines] = {
    "CREDIT_CARD": _lines("""
        which card are we putting this on, go ahead and read it to me | when you've got your visa or mastercard out, start from the left
        could i grab the sixteen digits off the front | what's the long one across the middle of your card
        let's take the card details, whenever you're set | read me what's embossed on the plastic
        and what are we charging it to | how would you like to settle that, i can take debit or credit now
        so if you just call out the figures on the front in fours | would you mind giving me the full card number this time
        the debit card please, the whole number | i'll need the new card then, nice and slow
        what have you got on the front there | and if it's amex it'll be fifteen, otherwise sixteen, off you go
        okay give me the digits of the card you'd like on file | pop the card details over to me now
        i've got the payment screen open, what number am i keying in | do you have a different card we could try
        can you repeat the card from the top for me | what's the number on the replacement card that came in the post
        ready for your card when you are | which number's printed on the bank card itself
    """, """
        {x} | yeah hang on it's {x} | okay so the visa is {x} | it's a mastercard, {x} | right, got it here, {x} | {x} that's the debit
        let me flip it over, okay {x} | sure, {x} and it's in my wife's name | ok ready? {x} | that would be {x}
        um, {x} | use my amex, {x} | no worries, {x} | the front says {x} | i'll go slow, {x} | here we go, {x}, did you catch that
    """, """
        can i just pay it now, my card is {x} | put it on the visa please, {x} | i've got my card in my hand so it's {x}
        don't use the old one, the new card's {x} | let me give you another card, {x} | you can charge {x} for that
        i'll read you the card before you ask, {x} | try this one instead, {x} | the card i want taken off is {x}
        i paid with card number {x} and it never showed up | it's the mastercard i'm calling about, {x} | so the long number is {x}
        my husband's debit card, that's {x} | could you switch autopay over to {x} | i think i typed it wrong online, it should be {x}
    """, """
        so the full card i've keyed in is {x} | i'm seeing a card stored here as {x} | the virtual card we've made for you is {x} | your new card number will be {x}, write that down
    """),
    "CVV": _lines("""
        flip it over for me, what are the last three in the signature box | and the security code | and the back
        there's a little group of digits beside the signature, what are they | what's the c v v | three on the rear please
        and those tiny digits on the reverse | if it's amex it's four on the front, otherwise three on the back
        the c v c as well if you would | and then the short code for the card | just the verification digits to finish
        can you turn the card round and tell me what's by the strip | what do you see at the end of the white panel
        and the safety digits, the three of them | the system's wanting the card code as well | now the other side of it
        last bit, the c v v two | could you read off that three digit code for me | and what's the security number there
        i'm missing the code from the back still | after the signature there should be three more numbers | and c i d
    """, """
        {x} | it's {x} | the back says {x} | oh that's worn, i think {x} | um, {x} | yep, {x} | looks like {x} | hold on, turning it over, {x}
        three digits, {x} | security code {x} | c v v is {x} | {x} on the back | that one's {x} | it's rubbed off a bit but {x} | er {x} yeah
    """, """
        and the security code's {x} before you ask | the c v v is {x} by the way | you'll want the back too, {x} | code on the reverse is {x}
        oh and three digits, {x} | c v c {x} | and on the back it's {x} | i'll save you asking, security {x} | the little number is {x}
        the app won't take my c v v, it's {x} and it says invalid | and the signature strip says {x} | last three on the back, {x}
        it's four digits because it's amex, {x} | sorry, the security number was {x} | new card so the c v v changed to {x}
    """, """
        and i've got {x} down as the security code | the code on the back of the virtual card is {x} | so that's c v v {x}
    """),
    "CARD_EXPIRY": _lines("""
        when does it run out | and the expiry | what's the expiration on it | good through when | and that's valid until
        what month and year are on there | how long's the card good for | the date underneath the number, what's that say
        do you see a month and a year on the front | and what's the exp date | when's it due to expire
        valid thru date please | and when's that card up | and the end date on that | give me the month and the year off of it
        and it's good till when | what's printed next to valid thru | could i have the expiry date on that one as well
        just the date on the card now | which year does the card lapse, and the month | and after that the expiry month and year
        and when will the bank send you a new one, the date on the card i mean
    """, """
        {x} | it's {x} | expires {x} | good through {x} | runs out {x} | exp {x} | um {x} | until {x} | that's {x} | says {x} | it says valid thru {x}
        so {x} | oh it's nearly up, {x} | the date is {x} | ends {x} | i can barely read it, {x}
    """, """
        and it expires {x} | expiry is {x} | the new one's good until {x} | exp date {x} | valid till {x} | and it's {x} on the date
        the expiration's been updated to {x} | runs out in {x} | good thru {x} | it shows {x} under the number
        i got a renewed card, the date on it is {x} | expiration {x}, same card number | my card lapses {x} so should i change it | they gave me till {x} on this card
    """, """
        the card on here shows an expiry of {x} | your new card will be good through {x} | and i have it expiring {x}
    """),
    "PIN": _lines("""
        what's the pin you set up for phone calls | do you remember your passcode | the four digits you picked for telephone banking
        and your secret number, the one for the phone line | can you key in or tell me the pin on the account | which pin did you choose
        your customer pin please | what's the passcode you'd normally use with us | there's a pin on here, what is it
        and the security digits you made up when you joined | please confirm the voicemail pin | what do you press to unlock the alarm
        what's the keypad code you use | and your telepin | what would you like your new pin to be | pick four digits for me that you'll remember
        and the account passcode, the numeric one | tell me the transfer pin on your line | what is your port out pin | and the door code you've set up
        do you have a memorable number with us
    """, """
        {x} | it's {x} | i think it's {x} | pin is {x} | should be {x} | uh {x} | try {x} | let's make it {x} | i'd like {x} | hopefully {x}
        it used to be {x} | my passcode's {x} | that'd be {x} | okay don't laugh, {x} | the usual one, {x}
    """, """
        my pin is {x} if you need it | the passcode on there should be {x} | can you change my pin to {x} | i set it to {x} last year
        the machine keeps rejecting {x} as my pin | pin number {x} | i've been putting in {x} and it says wrong | the alarm code's {x}
        for security it's {x} | i already told the robot my pin, {x} | our keypad code is {x} | the transfer pin they texted was {x}
        so my secret number is {x} | the voicemail one is {x} | yeah and the passcode {x}
    """, """
        your temporary pin is {x} | i've reset the passcode to {x} for you | the starter pin will be {x}, change it at the machine
    """),
    "OTP": _lines("""
        we've just sent you a text, what does it say | has the code come through yet, read it out when it does
        what's the six digit number in the message | could you tell me the one time passcode | and the verification code we sent
        i've pinged something to your mobile, what are the digits | you'll see a message from us any second, what's in it
        what's showing on your authenticator | can you open the app and read the code off it | check your inbox, there's a code in there for me
        it should've buzzed just now, what have you got | and the temporary code | which digits did we text you
        when it lands just call it out | what number did the security text give you | tell me the passcode that's just arrived
        anything come through on your phone, if so what | please read back the code from the email | one last check, the code on your screen
        what's the o t p | read me the newest code, not the first one
    """, """
        {x} | it says {x} | oh just came in, {x} | the code is {x} | got it, {x} | your code is {x}, it says | yep, {x} | i've got {x}
        hang on, phone's buzzing, {x} | {x} is the one it sent | it's {x} | text says {x} | okay the second one is {x} | sorry took a while, {x} | reads {x}
    """, """
        i just got a text that says {x} | the code came through, it's {x} | your verification code's {x}, is that you | ok it's here, {x}
        i got another one, now it's {x} | the app is showing {x} | there's an email with {x} in it | authenticator's on {x} right now
        it texted me {x} | the first code was {x} but it ran out | so the one time code is {x} | that message finally arrived, {x}
        i typed in {x} and it said invalid | a passcode popped up, {x} | it gave me {x}
    """, """
        your one time code is {x} | the code you'll type in is {x} | i'm generating one now, it's {x}
    """),
}

_BANKING: dict[str, Lines] = {
    "BANK_ACCOUNT": _lines("""
        and which account should the refund land in | what's the checking number at the bottom of the check
        give me the eight digits of your bank account | where's the money to be paid into | and the current account number
        so what account are we drawing that from | the number after the routing on your check | and your savings account
        which account do you want it debited from | tell me the bank account you're setting up for direct debit
        could you look at a statement and tell me the account it's for | and the account itself at the bank
        and the b s b's done, so the account part | on a cheque it's the last group, what is that
        what are the account digits on your bank app | for direct deposit, what account | and the acct number for that bank
        i need the bank account to send it to | the other half of the bank details please | and the number of the account they pay you into
        which bank details would you like to use, the account first
    """, """
        {x} | account is {x} | it's {x} | checking {x} | my savings, {x} | yeah it's {x} | from the check, {x} | the account's {x} | and then {x}
        okay looking at the app, {x} | it goes {x} | that one's {x} | um, {x}, that's the joint one | bottom of the cheque says {x}
    """, """
        pay it into {x} please | my bank account's {x} | the account you should use is {x} | checking account {x} | i want it to come out of {x}
        that refund went to the wrong place, mine is {x} | the new current account is {x} | savings is {x} | i changed banks and now it's {x}
        send it to account {x} | and the account number at the credit union is {x} | direct deposit goes to {x} | i've got the bank's letter here, account {x}
        it bounced because you had it wrong, it's {x} | the joint account is {x}
    """, """
        the bank account we have is {x} | please transfer it to our account, {x} | the payout's going to {x}
    """),
    "ABA_ROUTING": _lines("""
        what's the routing on that | the nine digits on the bottom left of your check | and your bank's a b a
        do you know the transit number | and the routing number for your bank | which routing do they use for direct deposits
        so the first set of numbers along the bottom of the check | what's the r t n | and the bank's nine digit code
        what bank is it with and what's their routing | before the account, the routing | could you check the app for the a c h number
        the left hand one on the cheque please | and for the wire i need the a b a number | what would the routing be for that credit union
        the one between the funny little symbols at the bottom | routing please, then we'll do the account | how's the bank identified, what's the code
        give me the routing and transit number if you have it handy | and the number that identifies the bank | can you find the routing on your statement
    """, """
        {x} | routing is {x} | it's {x} | the a b a is {x} | yep it says {x} | left side is {x} | i looked it up, {x} | um {x} | routing {x}
        okay the first number is {x} | that'd be {x} | starts with, uh, {x} | transit's {x} | from the website, {x}
    """, """
        the routing's {x} | my bank's routing number is {x} | and a b a {x} | the credit union uses {x} for routing | routing and transit {x}
        the first nine are {x} | so routing, {x} | on the check it's {x} for the bank | i think you've got the wrong routing, it's {x}
        for wires they told me {x} | the a c h routing would be {x} | nine digits, {x} | bottom left says {x} | the bank gave me {x} as the routing
    """, """
        that routing number comes up as {x} | our routing for the wire is {x} | the bank's a b a in the system is {x}
    """),
    "IBAN": _lines("""
        what's the i b a n | can i take your international bank number | and the iban, starting with the country letters
        for a european account i need the long one with the letters | which iban should we wire to | the international account number please
        how does your iban start, and then the rest | where abroad is the money going, the iban | it begins with two letters, can you read it
        please spell out the iban for me | the g b or d e number on your statement | and your bank's in europe so what's the iban
        do you have the iban on the app there | and the full international number | what's printed as iban on the statement
        i can't send it without an iban, do you have that | could you dictate the iban slowly | the one that starts with the country code
        for the sepa payment, the account in that format | and for the overseas transfer the iban please
    """, """
        {x} | it's {x} | iban is {x} | okay, {x} | long one this, {x} | let me find it, {x} | it begins {x} | i've got {x} | here, {x} | um {x}
        says {x} | right then {x} | statement has {x} | so it goes {x}
    """, """
        my iban is {x} | the international number's {x} | wire it to {x} | the iban on my statement is {x} | send it to my account abroad, {x}
        i can give you the iban, {x} | the receiver's iban is {x} | it needs to go to {x} | their account over there is {x}
        iban {x} | the landlord's iban, {x} | you had a letter wrong in the iban, it's {x} | the account in europe is {x} | for sepa it's {x}
    """, """
        the iban we hold is {x} | our own iban for the transfer is {x} | i'll read the iban back, {x}
    """),
    "SORT_CODE": _lines("""
        and the sort code | what's the sort code for that branch | the six digits that go with it | three pairs on the front of your bank card
        the branch code please | which sort code is it | do you have your sort code handy | what's the b s b
        and the little pairs of numbers above the account | first the sort code, then the account | who do you bank with and what's the sort
        and the bank code, six digits | could you give me the b s b for the branch | what are the pairs with the dashes in
        just the sort for now | the sort code's on the cheque top right, what is it | is there a sort code on the card, read it to me
        which branch is it, the number for it i mean | and the six figure one from your bank | tell me the sort code your wages go to
    """, """
        {x} | sort code {x} | it's {x} | that's {x} | b s b is {x} | the sort's {x} | yeah {x} | on the card it's {x} | six digits, {x} | um {x}
        i believe it's {x} | so {x} | top right, {x} | branch is {x} | hang on, app's loading, {x}
    """, """
        the sort code's {x} | sort is {x} | my b s b is {x} | it's sort code {x} | the branch is {x} | and the sort code at the new bank is {x}
        you've the wrong sort code, should be {x} | on my bank card the sort's {x} | pay it to sort code {x} | the first six are {x}
        sort code {x} if that helps | the code for the branch was {x} | i bank at the high street one, {x} | b s b {x}
    """, """
        the sort code you'd pay into is {x} | i've got sort code {x} against your name | so that's branch {x}
    """),
}

_GOVERNMENT: dict[str, Lines] = {
    "US_SSN": _lines("""
        what's your social | and the full social security number | all nine of your social please | can i get your s s n
        do you know your social by heart | for the credit check i need the nine digit one | and what's the social on that
        what would your social insurance number be | the number on your social security card | could you give me the entire social, not only the end
        the government needs your social for this form, what is it | and the s s n of the person on the lease
        i'll take your social whenever you're comfortable | what social is the account under | and for your spouse the social as well
        which social security number did you file with | next on the application is your social | s s n | could i have the nine digits the irs knows you by
        to pull your report i need a social | and the patient's social if you have it
    """, """
        {x} | it's {x} | social is {x} | my social's {x} | s s n {x} | sure, {x} | do i have to? okay {x} | {x} that's all nine | i've got it memorized, {x}
        ok it's {x} | um, {x} | hers is {x} | the whole thing is {x} | my number is {x}
    """, """
        my social is {x} | social security number {x} | i can give you my s s n, {x} | it's under my social, {x} | look me up by social, {x}
        the social on the form should be {x} | they typed my social wrong, it's {x} | my wife's social is {x} | s s n's {x}
        for the credit check it's {x} | i already gave him my social, {x} | social {x} | the deceased's social was {x} | here's the number on my social card, {x}
    """, """
        i've got your social here as {x} | the s s n on the report is {x} | the social that came over was {x}
    """),
    "SSN_LAST4": _lines("""
        just the last four of your social | what are the final four digits of your s s n | last four of the social please
        i don't need all of it, only the end of your social | the tail end of your social security number | and how does your social end
        to verify, last four | the last four digits of the tax payer's social | can you verify the last four on your social
        what four digits does your social finish with | and the last four for your spouse | could i have only the final four of the social
        end of your social for me | i'll take the last four of your s s n whenever | the four at the end of the social security number please
        for security purposes the last four | four last digits of your social | which four digits close out your social
        and the last four, social i mean, not card | we only keep the last four of your social, what are they
    """, """
        {x} | last four is {x} | it's {x} | ends in {x} | last four {x} | that would be {x} | final four are {x} | um {x} | {x} for the social
        sure thing, {x} | ends with {x} | yeah {x} | the end is {x} | should be {x} on file
    """, """
        the last four of my social are {x} | last four social {x} | my social ends in {x} | last four is {x} if you need it
        you can verify me with {x}, last of my social | social's last four, {x} | my s s n finishes {x} | his last four are {x}
        i'm not giving all of it but the last four is {x} | the end of the social is {x} | for my son it's last four {x}
        the ones i usually give are {x}, last four of the social | last four of my wife's social {x} | s s n ending {x}
    """, """
        i have your social ending in {x} | the last four of the social are showing {x} | it's filed under a social ending {x}
    """),
    "TAX_ID": _lines("""
        what's your e i n | and the business's tax i d | the employer identification number please | what does the company file under
        for the invoice, your tax number | do you have a v a t number | the federal i d for the company | what's the a b n
        and the tax file number | could you give me your u t r | what number does the irs have for your business
        the nine digits on your e i n letter | tax i d for the l l c | your g s t number please | and the t f n
        are you exempt, and under what tax number | what's on the top of your w nine, the tax i d | and the i t i n
        and the taxpayer number | which tax reference do you use | for the ten ninety nine, your tax identification
    """, """
        {x} | e i n is {x} | it's {x} | the tax i d's {x} | company's is {x} | federal i d {x} | {x} for the business | v a t is {x} | um it's {x}
        my accountant says {x} | from the w nine, {x} | that's {x} | ours is {x} | sole trader so {x}
    """, """
        our e i n is {x} | the tax i d for the business is {x} | tax number {x} | my u t r is {x} | the company's v a t number is {x}
        you need our federal i d, {x} | our a b n's {x} | e i n {x} | we file under {x} | the church's tax exempt number is {x}
        my tax file number is {x} | put {x} as the tax i d | the number on our w nine is {x} | i t i n's {x}
    """, """
        the e i n i've got for you is {x} | we have your business tax number as {x} | our own tax i d is {x}
    """),
    "PASSPORT": _lines("""
        what's your passport number | the number at the top right of the photo page | and your travel document | passport please
        could you open it to the picture and read the number | which passport are you flying on, the number | what's the document number on it
        for the airline i need your passport details, number first | and the passport for the second traveller
        is it the blue one or the burgundy one, and what's the number | what i d will you travel with, read me the number off it
        and the passport, letters as well | could you give me the number under your photo | what number's perforated along the bottom of the pages
        the code at the start of the second line on the photo page | passport number for your daughter | and what's on the i d page
        can i get your current passport number, not the expired one | what do i put for the passport | and the number of the travel document they gave you
    """, """
        {x} | passport's {x} | it's {x} | okay it's {x} | number is {x} | canadian one, {x} | got it in front of me, {x} | the top says {x}
        um {x} | my british one is {x} | reads {x} | let me find the page, {x} | hers is {x} | that's {x}
    """, """
        my passport number is {x} | passport {x} | i'm travelling on {x} | i renewed it, the new passport's {x} | the booking has my old passport, new one's {x}
        my daughter's passport is {x} | document number {x} | u s passport {x} | the passport on file should be {x} | i lost my passport, it was {x}
        i'll give you my passport, it's {x} | we need to add her passport, {x} | the travel document is {x} | for the visa they'll want my passport, {x}
    """, """
        the passport i have on the booking is {x} | your document number shows as {x} | i've put the passport in as {x}
    """),
    "DRIVER_LICENSE": _lines("""
        what's your driver's license | and the licence number | your d l please | what state is it from and what's the number
        could you read the number off your driving licence | the one at section five on your photocard | what's on your license
        do you have a state i d, the number | and what's the number on your driver's card | for the hire car i need your licence
        on the i d you drive with, what's the number | and the other driver's licence number | license number and state
        may i have the number from your photo i d | d l number | who's driving, and their licence number | can you pull out your license and read it off
        the r t a card, what's the number on it | what's the licence number for the additional driver | the i d the d m v gave you, the number
    """, """
        {x} | it's {x} | license is {x} | d l is {x} | ohio, {x} | number five says {x} | um {x} | okay {x} | the number's {x} | it reads {x}
        mine's {x} | florida license, {x} | got my wallet, {x} | it's an ontario one, {x} | that'd be {x}
    """, """
        my driver's license is {x} | licence number {x} | d l {x} | my license number is {x} | the number on my driving licence is {x}
        i've got a state i d, it's {x} | my wife's the other driver, licence {x} | the officer wrote my license as {x}
        i moved state so my new license is {x} | driver's licence {x} | put my licence down as {x} | texas license {x} | my son got his license, it's {x}
        i need to update my d l to {x}
    """, """
        the licence i've got on the policy is {x} | your d l in the system is {x} | so the license reads {x}
    """),
}

_RECORDS: dict[str, Lines] = {
    "MEDICAL_RECORD": _lines("""
        what's your m r n | and the medical record number | the patient number on your wristband | your chart number please
        do you have a hospital number | what's the number on your discharge papers | the n h s number if you know it
        which chart am i opening | the record number at the top of the lab slip | and the patient i d | what's on the bracelet
        could you find the patient number on the letter | the number the clinic knows you by | and your chart | what's the record number for the baby
        is there a patient identifier on the referral | your file number at the surgery | the number under the barcode on the appointment letter
        can i have the hospital record | the one on your clinic card please | m r n if you've got it
    """, """
        {x} | it's {x} | m r n {x} | chart number's {x} | the wristband says {x} | patient number {x} | the letter has {x} | um {x} | from the portal, {x}
        it's at the top, {x} | okay {x} | hospital number's {x} | that'd be {x} | my record is {x}
    """, """
        my m r n is {x} | medical record number {x} | patient number's {x} | my chart is {x} | the hospital number on the letter is {x}
        i've got the lab slip, patient {x} | the number on her wristband is {x} | my n h s number is {x} | my mum's record number is {x}
        the clinic gave me {x} as my patient number | chart {x} | m r n's {x} if it's any use | i'm calling about patient {x} | it's under record {x}
    """, """
        i've found your chart, it's {x} | your patient number with us is {x} | the record number i'm in is {x}
    """),
    "MEMBER_ID": _lines("""
        what's your member i d | the i d on your insurance card | and the subscriber number | your medicare number please
        who's your coverage with and what's the i d | the number on the front of the health card | and the member number | what's the insured's i d
        could you read the card your insurer gave you | the health card number | the letters and digits under your name on the insurance card
        your plan i d, with the letters in front | and your certificate number | what's the subscriber i d for the family
        and the dental one, what's the i d on that | what does it say next to i d on the card | the benefits card, the number
        for the claim i need your membership | can i have the insurance i d | which member is this for, the i d
    """, """
        {x} | it's {x} | member i d is {x} | the card says {x} | i d {x} | subscriber {x} | medicare is {x} | blue card, {x} | um {x} | it starts {x}
        okay it's {x} | front of the card, {x} | i've got {x} | my husband's is {x}
    """, """
        my member i d is {x} | the insurance i d's {x} | member number {x} | subscriber i d {x} | i've got my insurance card, it's {x}
        my medicare number's {x} | health card {x} | i switched plans, the new i d is {x} | the i d on my card is {x} | we're under my wife's, {x}
        insurance says {x} on it | the kids are on {x} | dental i d is {x} | it was denied, the member was {x}
    """, """
        i'm showing you as member {x} | your new i d will be {x} | the subscriber i d we billed was {x}
    """),
    "ACCOUNT_NUMBER": _lines("""
        what's the account you're calling about | can i get your account number | your customer number please | what's at the top of your bill
        do you have a statement nearby, the account on it | which account is it | and the number on your bill
        your client number with us | the account, it's in the corner of the letter | what's your reference as a customer
        how do we have you in the system, the account i mean | and for the second property, the account | the utility account please
        what's the account for the broadband | and what's the number we bill you under | is there a customer number on the letter
        so i can bring you up, what's your account | could you find the account on your last bill | customer i d | what account would that be under
        and the loan account
    """, """
        {x} | it's {x} | account {x} | the bill says {x} | acct number's {x} | account is {x} | um {x} | on here it's {x} | i've got {x} | top corner, {x}
        let me grab the bill, okay {x} | customer number {x} | yep it's {x} | the account's in my name, {x} | i think {x}
    """, """
        my account number is {x} | account {x} | it's for account {x} | i've got the bill here, account {x} | customer number {x} | i'm calling about {x}, that's the account
        the gas account's {x} | i have two accounts, this one is {x} | account number on the letter is {x} | acct {x} | my customer i d is {x}
        you can find me under {x} | the account i want closed is {x} | the loan's {x} | could you look at {x}, that's my account with you
    """, """
        your account number is {x} | i've opened a new account for you, it's {x} | the account i'm looking at is {x}
    """),
    "NUMBER": _lines("""
        what's the number on the back of the gift card | and the vin | your policy number please | what's your employee number
        and your frequent flyer number | the student i d | do you have a rewards card, what's the number | your loyalty number
        what's the chassis number on the vehicle | the long one under the scratch panel | could i get your badge number
        what's the i d on your staff pass | and your membership at the club | is there a voucher, read me the digits | what's your library card
        the seventeen character one on the dash, or as much as you can see | and the number on your insurance policy | what's the points card number
        the meter serial on the box | could you read me the i m e i | who's your employer, and your staff number | and your known traveler number
    """, """
        {x} | it's {x} | the gift card's {x} | policy {x} | number is {x} | staff number {x} | it says {x} | my rewards one's {x} | um {x} | student i d {x}
        scratched it off, {x} | the vin is {x} | okay {x} | i've got {x} | that's {x}
    """, """
        my policy number is {x} | gift card number {x} | my employee number's {x} | i've got a voucher, it's {x} | the frequent flyer is {x}
        my loyalty card is {x} | student number {x} | the vin's {x} | i m e i is {x} | my badge is {x} | rewards number {x} | the policy's {x}
        it won't take my gift card, {x} | the serial on the meter is {x} | my known traveler number is {x} | staff i d {x}
    """, """
        your new policy number is {x} | the gift card i'm issuing is {x} | your rewards number's {x}
    """),
}

_PEOPLE: dict[str, Lines] = {
    "DOB": _lines("""
        when were you born | what's your date of birth | and your birthday | d o b please | your birth date
        and the day you came into the world | what's the date of birth on the account | when's your birthday, including the year
        and the child's birth date | could you tell me your birthday for security | day month and year you were born
        how about your date of birth | and the patient's birthday | month day and year of birth | what year, month and day were you born
        what do you put for date of birth on forms | verify the birth date for me | and your wife's d o b | who's the oldest on the policy, and their birth date
        born when | birthday for me
    """, """
        {x} | it's {x} | born {x} | i was born {x} | d o b {x} | my birthday is {x} | she was born {x} | {x} so i'm no spring chicken
        um {x} | his is {x} | that's {x} | date of birth's {x} | oh goodness, {x} | yeah {x}
    """, """
        my date of birth is {x} | i was born {x} | d o b is {x} | birthday {x} | the patient's birthday's {x} | my daughter was born {x}
        you've got my birthday wrong, it's {x} | born on {x} | and it's {x} for the birth date | date of birth {x} | the form's got my birth date down as {x}
        hers is {x}, date of birth | for security i was born {x} | my husband's d o b's {x}
    """, """
        i have a date of birth of {x} | the birthday on the record is {x} | so born {x}
    """),
    "PHONE": _lines("""
        what's a good number for you | best phone to reach you on | and a mobile | if we get cut off what do i ring you on
        where can i call you back | which number are you calling from today | the cell please | what's your contact number
        and a daytime phone | number for the driver to text | what's your landline | and the phone the account's set up with
        how can we get hold of you | got a mobile i can put on here | is there a second number | what's the digits for your cell
        what line is having the trouble | the area code and number please | phone number on file | who should the courier call, and on what
        your best callback | give me a number we can leave a message on | and work phone
    """, """
        {x} | it's {x} | cell is {x} | my mobile's {x} | call me on {x} | best is {x} | try {x} | home's {x} | {x} that's my work | um {x} | area code {x}
        you can text {x} | the line is {x} | ring {x} | yeah sure, {x} | my number is {x}
    """, """
        my number is {x} | call me back on {x} | you can reach me at {x} | my cell's {x} | i changed my mobile, it's {x} | the best number for me is {x}
        please text {x} when you're close | my husband's phone is {x} | i'm ringing from {x} | take off the old landline and put {x}
        if the call drops it's {x} | phone {x} | the number with no dial tone is {x} | my work number is {x} | ring my daughter, she's on {x}
    """, """
        i have {x} as your mobile | the number that came up was {x} | the text went to {x} | we tried you on {x}
    """),
    "EMAIL": _lines("""
        what's your email | where should i send the receipt | and an e mail for you | the best address for the confirmation, email i mean
        which inbox gets the bills | could you spell your email | the login email please | what email did you sign up with
        what's the address you use online | where do you want the link sent | do you have an email i can put down | email on the account
        and the one you check most | how would the invoice reach you electronically | your hotmail or gmail or whichever, what is it
        and for e statements which address | who do i make the e ticket out to, the email | can i get your email address to update it
        the username's usually an email, what's yours | what's a good email | your electronic mail please
    """, """
        {x} | it's {x} | all lower case, {x} | my email is {x} | send it to {x} | it's a long one, {x} | um {x} | i use {x} | yes {x} | the one i check is {x}
        okay so {x} | that's {x} | try {x} | no capitals, {x}
    """, """
        my email is {x} | send it to {x} please | could you e mail me at {x} | the address i log in with is {x} | you've got an old email, it's {x} now
        it should be {x} | email {x} | my wife's email is {x} | i never got it, the email is {x} | please change it to {x}
        receipts go to {x} | i've been using {x} to sign in | you can also write to {x} | you'd better take my email, {x}
    """, """
        i have your email as {x} | the link went out to {x} | so it's {x} for the receipts | the login we've got is {x}
    """),
    "ADDRESS": _lines("""
        what's your address | where's it going | where do you live at the moment | the service address please
        and the billing address | what's the address on the card | where should the driver pull up | mailing address
        what street are you on | house number and street | which property is this for | could i get the home address
        and where do we ship it | your postal address | first line of your address please | where are you located
        what's it on the envelope | has it moved, what's the new place | and the pick up address | the place the engineer's visiting
        where would you like that dropped off | and the address you had before that
    """, """
        {x} | it's {x} | i'm at {x} | we live at {x} | send it to {x} | {x}, it's the one with the red door | home is {x} | um {x} | billing is {x}
        same as always, {x} | i've moved, {x} | the address is {x} | that's {x} | over at {x} | yeah it's {x}
    """, """
        i live at {x} | my address is {x} | send it to {x} instead | we just moved to {x} | i'm at {x} | the service address is {x}
        please ship it to {x} | the letter went to my old place, i'm now at {x} | billing address is {x} | the engineer needs to come to {x}
        the property's {x} | my mother lives at {x}, it's for her | can the driver come to {x} | the new address is {x}
    """, """
        i've got you at {x} | the parcel went to {x} | the statement goes to {x} | so the engineer's coming out to {x}
    """),
    "PERSON": _lines("""
        who am i speaking with | can i take your name | what's your full name | first and last please | who's calling
        and you are | whose name is it under | what's the name on the account | how do you spell your surname
        what's the name on the card | who's the policy holder | and the cardholder | may i ask your name | your given name and family name
        who's the patient | the booking's under what name | and what should i call you | spell your last name for me
        who shall i say called | which name did you order in | and for the second passenger, name | as it's shown on your i d, name
    """, """
        {x} | it's {x} | this is {x} | {x} speaking | my name's {x} | yeah it's {x} | under {x} | {x}, hi | you can put {x} | it's in my husband's name, {x}
        that's {x} | um {x} | the name is {x} | cardholder's {x} | surname, well, it's {x}
    """, """
        hi this is {x} | my name is {x} | hello it's {x} here | {x} calling | yeah hi, {x} here | i'm {x} and i called earlier
        hi there, you're speaking to {x} | this is {x}, i'm ringing for my mum | good morning, {x} | the account's in the name of {x}
        it's {x} again | the name's {x} | morning, it's {x} | please add {x} as an authorised user | my neighbour {x} took it in
    """, """
        am i speaking to {x} today | the account comes up under {x} | i've got the booking for {x} | i've left a note for {x}
    """),
    "PASSWORD": _lines("""
        what's your password | and the security word | the memorable word please | what's the answer to your secret question
        your pet's name was the question, what's the answer | could you tell me the pass phrase | which password did you pick
        and the secret word you gave us | what do you type to log in | what's your wi fi password set to | and the password for the app
        is there a password on the account | verbal password please | what did you set as your code word | what do you want as the new password
        the key on the sticker of the router | what's the passphrase for the network | and the secret word | the login password you've tried
        and your security answer
    """, """
        {x} | it's {x} | password's {x} | try {x} | i think it's {x} | the word is {x} | should be {x} | um, {x} | {x}, all one word | i used {x}
        my secret word is {x} | oh that's {x} | the answer is {x} | make it {x}
    """, """
        my password is {x} | the wi fi password is {x} | i've been typing {x} and it says incorrect | the memorable word's {x}
        could you change my password to {x} | the security word is {x} | my pass phrase is {x} | for the router it's {x} | password {x}
        the verbal password on there is {x} | i set it to {x} yesterday | the answer to the question is {x} | my code word should be {x}
        the sticker says {x} for the key | i'm logging in with {x}
    """, """
        your temporary password is {x} | i've reset it to {x} | the network key is {x}
    """),
    "IP_ADDRESS": _lines("""
        what's your i p | and the i p address | what does the network page show as your address | can you run the command and read me the i p
        which i p are you on | what's the router's address | and the public i p | the static one please
        what comes up after i p v four | the gateway's what | the numbers with the dots in | on the settings screen what's the address
        what address is the printer on | which i p should i whitelist | can you google what's my i p and tell me
        and the server, what's its i p | which one is the camera using | what did ip config say for the address
        tell me the d n s you've set | the four numbers with the dots
    """, """
        {x} | it's {x} | i p is {x} | shows {x} | the gateway's {x} | ip config says {x} | um {x} | okay {x} | it says {x} | the router's on {x}
        public one's {x} | that's {x} | printer is {x} | i see {x}
    """, """
        my i p is {x} | the router's i p is {x} | the address it shows is {x} | i've set the printer to {x} | our static i p's {x}
        i can ping {x} but nothing else | the server's on {x} | please allow {x} through the firewall | the camera's at {x}
        it says i p address {x} | the gateway is {x} | our office i p changed to {x} | i p {x} | d n s is {x}
    """, """
        i can see you coming from {x} | set the gateway to {x} | type {x} into your browser
    """),
}

LAGOON = Family(name="lagoon", seed=73_151, types={**_CARDS, **_BANKING, **_GOVERNMENT, **_RECORDS, **_PEOPLE}, **TALK)
