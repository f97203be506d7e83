"""How English asks for, announces and talks about numbers: weighted cues, and the stems that they are made of.

A cue is a set of stems found near each other in any order; weights add up per topic and 1 is enough. Stems stand for
all the ways of saying one thing, so that a cue covers paraphrases and not a sentence.
"""

from typing import Final

from cueline.redaction.locales.locale import BENIGN, CLOSING, IDENTITY, PAYMENT, Topic

_GROUPS: Final[dict[str, str]] = {
    "number": "numbers number's num digits digit numerals figures",
    "card": "cards card's visa mastercard amex plastic",
    "card_kind": "credit debit",
    "security": "safety cvv's",
    "cvv": "cvc cv2 csc cvv2 cvvs cvn cvd",
    "expire": "expires expiry expiration expiring exp expired expirey expiries",
    "back": "reverse rear flip behind underside",
    "front": "face",
    "ssn": "social socials ssn's",
    "account": "accounts acct a/c",
    "routing": "aba transit",
    "birth": "birthday birthdate born dob birthdays birthyear",
    "phone": "telephone mobile cell cellphone callback landline contact reach text phones",
    "email": "e-mail emails mail e-mails",
    "address": "addresses residence",
    "zip": "zipcode postcode postal",
    "name": "names name's surname",
    "password": "passphrase passcode passwords pass-phrase codeword watchword",
    "pin": "pins",
    "license": "licence licenses licences",
    "driver": "drivers driver's driving drive dl",
    "passport": "passports",
    "medical": "patient chart hospital",
    "member": "membership subscriber insurance policyholder enrollee medicare medicaid healthcare",
    "tax": "taxpayer fiscal",
    "sort": "sorting",
    "order": "orders purchase",
    "tracking": "track parcel shipment package waybill airway",
    "confirmation": "booking reservation itinerary confirmations",
    "reference": "ref case ticket incident claim claims invoice quote",
    "deliver": "delivery delivered deliveries arrive ship shipping dispatch",
    "amount": "amounts balance total cost price payment charge charges fee fees bill sum refund deposit",
    "quantity": "quantities many units",
    "digit3": "three-digit 3-digit",
    "digit4": "four-digit 4-digit",
    "digit16": "sixteen-digit 16-digit sixteen 16",
    "digit9": "nine-digit 9-digit",
    "last": "final ending",
    "four": "4",
    "three": "3",
    "code": "codes cod",
    "one-time": "onetime otp one-time-passcode 2fa two-factor authenticator authentication",
    "sent": "texted texting send sending messaged text-message sms received popped",
    "verification": "verify verifying authorization authorisation auth",
    "id": "identifier identification ids",
    "house": "home mailing billing",
    "model": "serial sku part item product",
    "date": "dates",
    "bank": "banking checking savings chequing iban's",
    "caller": "speaking",
}

STEMS: Final[dict[str, str]] = {word: stem for stem, words in _GROUPS.items() for word in words.split()}

CUES: Final[dict[Topic, str]] = {
    "CREDIT_CARD": (
        "card+number 1; card .6; card+ready 1; file+card+put .6; card_kind+number 1; card_kind+card .3; digit16 .5; "
        "digit16+number 1; long+number .8; front+number .9;"
        "across+front 1; card+detail 1; card+info 1; card+information 1; card+read 1; pan .6; account+number+card .3;"
        "card+bill .2; discover+card .5; card+whole .5; card+full .5; american+express 1; card+pay .4; "
        "embossed+number 1; card+use .3"
    ),
    "CVV": (
        "cvv 1; security+code 1.2; security+number .8; back+card 1; card+code .9; digit3+code .9; digit3+number .6;"
        "three+number+back 1.2; three+number+are 1; three+number+is 1; three+number+please 1; three+number+code 1; "
        "digit3+back 1.2; code+back 1; number+back 1; signature+strip 1; cid+number 1; "
        "digit4+front 1.2; four+number+front+card 1; security+three 1; security+card .6; verification+value 1; "
        "cvv+card .6; three+number+card .9;"
        "little+number .9; number+strip 1; back+say .9; back+of+it .6; back+say+code .5; number+card+back .4; "
        "small+number .6; last+three .8; signature .4"
    ),
    "CARD_EXPIRY": (
        "expire 1.05; exp 1.05; expire+month .2; expire+date .4; good+thru 1.2; good+through 1.2; good+until 1.2; "
        "valid+thru 1.2; valid+until 1.2; valid+through 1.2; "
        "month+year 1.05; runs+out 1; when+good .6; good+when .6; until+valid .5; month+year+card .6; runs+out 1; "
        "run+out .9; valid+date .7; expire+passport -1.5; expire+license -1.5; expire+policy -1.5;"
        "expire+offer -1.5; expire+link -1.5; expire+password -1.5; expire+contract -1.5; expire+subscription -1.5; "
        "card+until .4; card+valid 1"
    ),
    "PIN": (
        "pin 1; keep+typing 1.1; keep+entering 1.1; machine+take .5; cash+machine .5; pin+number .3; pin+code .3; "
        "personal+id+number 1; atm+code 1; secret+number .8; digit4+pin .3; telephone+banking+code .6"
    ),
    "OTP": (
        "one-time 1; one+time+code 1.2; one+time+password 1.3; one+time+passcode 1.3; one-time+password 1.3; "
        "verification+code 1; code+sent 1.1; "
        "code+text .9; code+app 1; digit6+code 1; six+number+code 1.1; six+code .8; code+email .5; passcode+sent 1; "
        "code+phone .8; code+got .6; "
        "code+just .4; security+code+sent 1; security+code+text .8; access+code .8; login+code 1; temporary+code 1; "
        "code+message 1; six-digit+code 1.2; "
        "confirmation+code+sent .5; code+read .3; code+came .8; it+sent+me 1; code+you+got 1; code+received 1; "
        "code+see .3; code+screen .5; code+verification .3; code+authenticat 1"
    ),
    "BANK_ACCOUNT": (
        "bank .55; bank+account 1.1; account+checking 1; account+savings 1; bank+number .5; account+bank+number .4; "
        "routing+account+number .9;"
        "direct+deposit .6; debit+account .5; account+withdraw .3; bank+account+number .4; checking+number .9; "
        "savings+number .9; iban+account .1; sort+account 1; account+number+bank .3"
    ),
    "ABA_ROUTING": (
        "routing 1.1; routing+number .5; routing+transit .3; bottom+check 1.2; bottom+left .9; check+number+bottom "
        ".5; digit9+check 1.1; nine+number+check 1.1; nine+number+bottom 1.1; check+left .5"
    ),
    "IBAN": "iban 1.2; international+bank+number 1",
    "SORT_CODE": "sort+code 1.5; sort+number .8",
    "US_SSN": (
        "ssn 1.1; ssn+number .3; ssn+security .4; nine+digit+social .5; digit9+number .5; ssn+media -2; ssn+code -.3"
    ),
    "SSN_LAST4": (
        "last+four+ssn 2.5; last+4+ssn 2.5; four+number+ssn 2; ssn+last 1.8; ssn+four 1.5; ssn+ending 1.8; "
        "last+ssn+number .4; ssn+digit4 1.5"
    ),
    "TAX_ID": (
        "tax+id 1.2; tax+number 1; employer+id+number 1.3; employer+id 1.2; tax .5; federal+id 1; ein 1.1; itin 1.1; "
        "tin .6; business+tax .5; vat+number 1.1; tax+rate -1; sales+tax -1; tax+return -.8"
    ),
    "PASSPORT": "passport .7; passport+number 1; passport+book .4",
    "DRIVER_LICENSE": (
        "license .8; driver+license .5; license+number .6; driver+id .8; license+plate -1; permit+number 1; "
        "driver+number .8; software+license -1.5; state+id 1; license+key -1.5"
    ),
    "MEDICAL_RECORD": (
        "mrn 1.2; medical+record 1.2; medical+number 1.1; medical+id 1; record+number .9; medical .3; "
        "record+medical+number .3; chart+number 1; file+medical .5"
    ),
    "MEMBER_ID": (
        "member+id 1.2; my+id 1; policy+holder 1; id+front 1; id+insurance 1; member+number 1.1; health+plan 1; "
        "plan+number .9; insurance+card+number .8; insurance+id 1.2; member .6; policy+member .8; group+number .9; "
        "health+insurance 1; health+id 1; beneficiary+number 1; member+card .6; id+number .6; id+card .6; "
        "subscriber+id .3; policy+id .9; coverage+number 1"
    ),
    "ACCOUNT_NUMBER": (
        "account+number 1; which+account 1; account+calling 1; policy+number 1; customer+number 1; customer+id 1; "
        "account+id 1; client+number 1; utility+account 1; account .3; "
        "loan+number 1; customer+code .8; meter+number .8; user+id 1; contract+number .9; account .3; "
        "agreement+number .9; mortgage+number 1; account+full .4; account+ending -.2; account+read .5;"
        "patient+account .5; account+digit .3; account+balance -1"
    ),
    "DOB": (
        "birth 1.2; date+birth .5; year+birth .3; when+born 1; how+old .7; birth+place -1; birth+certificate -1; "
        "happy+birth -1.5"
    ),
    "PHONE": (
        "phone+number 1.2; phone .85; calling+from 1; calling+you+from .3; call+me .9; call+back .9; "
        "disconnected+number 1.2; what+number .6; number+you+at .6; area 0.4; best+number 1; number+call 1; "
        "area+code 1.1; number+back 0.3; call+back+number 1; number+text 1; number+reach 1.2; reach+you .8; "
        "good+number 1; contact+number 1; daytime+number 1; work+number .9; home+number .7; fax 1; fax+number .4; "
        "number+dial .9; phone+call .3; phone+case -1; phone+plan -1; phone+bill -.9;"
        "phone+model -1; whatsapp 1; emergency+contact .6; phone+new -.3; extension .6; number+disconnected .8; "
        "number+ring 1; phone+broken -1; phone+line -.6; phone+order -.6"
    ),
    "EMAIL": (
        "email 1; email+address 1.2; email+spell .3; email+number -1.2; email+tracking -1.5; email+order -1; "
        "email+confirmation -.7;  email+code -1; inbox -.4; email+reference -1.2; email+card -1;"
        "electronic+address 1.2; electronic+mail 1.2; "
        "gmail 1; email+name -.2; email+top -.8; email+subject -.8; regular+email -1; email+date -.8; user+email .2"
    ),
    "ADDRESS": (
        "address 1; zip 1.1; zip+code .4; house+address .5; street+address .6; where+live 1.2; live 0.5; i+live .5; "
        "email+address -1.7; electronic+address -1.5; ip+address -2; house+number .9; street+name 1; reside 1.2; "
        "postal .5; city+state 1; apartment+number 1; web+address -1.6; located 0.4; where+send .8; county .3;  "
        "deliver+to .7; deliver+where 1.1; deliver+it+to 1; move+to .5; moved+to .6; sent+where 1; where+go .4; "
        "mail+to .6; package+go .3; street .6; deliver+time -1; zip+file -2; address+book -.5"
    ),
    "PERSON": (
        "name .9; full+name .4; first+name .4; last+name .4; your+name .3; who+caller 1.3; caller+with 1; "
        "who+talking 1.3; whom+talking 1.3; whom+speaking 1.3; "
        "spell+name .6; who+am .5; name+card .3; maiden 1; company+name -1.5; business+name -1; "
        "user+name -.3; name+product -1.5; street+name -1.2; store+name -1.2; file+name -1.2; brand+name -1.5; "
        "name+bank -1.5; pharmacy+name -1; city+name -1.2; pet+name -.2; model+name -1.2; name+medication -1.5; "
        "account+name .3; name+school -1.2; username -.5; who+this 1; beneficiary .6; cardholder 1.2; spouse+name "
        ".4; name+plan -1; name+airline -1; name+hotel -1"
    ),
    "PASSWORD": (
        "password 1; secret+word 1.2; security+word 1.2; memorable+word 1.2; secret+phrase 1.2; security+answer 1.2; "
        "security+question .9; password+reset -.9; forgot+password -.7; change+password -.6; password+expired -1; "
        "pass+phrase 1.2; pass+word 1.2; pet's+name 1.2; password+link -1; password+new .1; memorable+information 1; "
        "mother+maiden 1.4; code+word 1.1; pet+name 1.2; first+pet 1.2; wifi+password .4; "
        "password+page -.8; username+password .2"
    ),
    "IP_ADDRESS": (
        "ip 1; ip+address 1.4; ipv4 1; ipv6 1; server+address .8; subnet .8; gateway+address .8; router+address .8"
    ),
    "NUMBER": (
        "employee+number 1.1; employee+id 1.2; badge+number 1.1; loyalty+number 1.2; rewards+number 1.2; "
        "frequent+flyer 1.2; student+id 1.2; staff+number 1.1; "
        "loyalty+card .5; rewards+card .5; security+clearance .8; plate+number .5; license+plate 1; vin 1; "
        "vehicle+id 1; device+id .8; imei 1.2; case+pin .2; club+number 1; "
        "loyalty+id 1.2; rewards+id 1.2; worker+id 1.2; personnel+number 1.2; alien+number 1.2; visa+number -.2; "
        "enrollment+number 1; voter+id 1.1; national+id 1.1; partner+number 1"
    ),
    BENIGN: (
        "order+number 1.2; about+order .8; last+four+card 2.2; four+ending+card .6; galaxy 1; iphone 1; series .8; "
        "pixel .8; ipad 1; order+id 1.2; tracking 1; tracking+number 1.4; tracking+id 1.2; confirmation+number 1.2; "
        "confirmation+code .9; reference+number 1.3; reference .5; reference+id 1; "
        "deliver+date 1.2; deliver .6; deliver+time 1; amount .8; how+much 1.1; how+many 1.3; quantity .9; model .9; "
        "model+number 1.3; what+time 1.1; appointment .8; store+number 1; room+number 1.2; flight+number 1.3; flight "
        ".7; "
        "size .5; page+number 1; score 1; version 1; error+code 1.3; error .8; promo+code 1.3; promotion+code 1.2; "
        "coupon 1.1; voucher 1; gate .6; hour .6; hours .8; when .4; weight .6; confirmation+email+number .2; "
        "how+long 1.1; days .5; meter+reading 1.1; mileage 1.1; odometer 1.1; temperature .9; percent .6; "
        "interest+rate 1; zone .5; queue .8; seat .7; aisle .8; table .5; confirmation .3; offer+code 1.2; "
        "discount+code 1.2; channel .8; work+order 1.2;"
        "part+number 1.2; order .6; locker .7; kilowatt .8; guests .8; guest .8; passengers 1; window .5; step .5; "
        "appointment+time .4; deliver+window .5; transfer+amount .4; level .5; ticket+price .5; option .6; "
        "extension+number -.2; order+confirmation .3; lot+number .8; batch+number .9; catalog+number 1.2; count .6; "
        "year+car 1; year+vehicle 1; year+model 1; age .3; unit+price .8"
    ),
    PAYMENT: (
        "card .5; pay .6; payment 1; card_kind .5; billing .6; charge .4; purchase .4; checkout 1; bank .4; "
        "transaction .4; account .2; autopay 1; direct+debit 1; enroll .3"
    ),
    IDENTITY: (
        "verify 1; verification 1; identity 1; confirm+you .4; security .7; security+question 1; pull+account .7; "
        "authenticate 1; look+you+up .7; access+account .5; validate .8; recovery .5; prove .6; verifying 1"
    ),
    CLOSING: (
        "anything+else 1.2; great+day 1; nice+day 1; good+day .9; have+day .5; goodbye 1; bye .6; all+set .8; "
        "took+care .5; taken+care .8; take+care .6; wonderful+day 1; good+one .4; else+help .9; else+do .6; "
        "help+today .6"
    ),
}
