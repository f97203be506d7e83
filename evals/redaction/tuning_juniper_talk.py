"""Talk around the secrets of the family `juniper`, and its names, places, words and models."""

from evals.redaction.families import Exchange

OPENINGS = (
    "{company}, hi, this is {agent}, how's it going", "{company}, {agent} speaking",
    "hi, you've reached {company}, my name's {agent}, what's going on today",
    "good afternoon, {company} billing, {agent} here",
    "hey there, thanks for holding, this is {agent} with {company}",
    "{company} support, {agent} on the line, talk to me", "bonjour hello, {company}, this is {agent}",
    "appreciate you waiting, you've got {agent}, how's today treating you",
    "{company}, calls may be recorded, this is {agent}",
    "hi this is {agent} over at {company}, i see you pressed {menu} for billing",
    "claims department, {agent} speaking, sorry about the wait",
    "you're through to {company}, i'm {agent}, what's up",
    "{company} member services, you got {agent}, i'll sort you out",
    "hello, {agent} at {company}, is this about an existing order",
)  # fmt: skip

REASONS = (
    "my internet's been out since {time} and i've rebooted it {small} times",
    "i got billed {amount} and i have no idea what it's for",
    "so i'm looking at this hospital bill for {amount} and my insurance was supposed to pay",
    "i need to change my flight on {date}", "there's a charge from {date} i never made",
    "i ordered {qty} of the {model} and only {small} showed up",
    "i can't log in, it locked me out after {small} tries", "i'd like to add my wife to the account",
    "i lost my wallet so i need everything cancelled", "your website won't take my card",
    "i've been on hold {duration}, i just need somebody to look at my claim",
    "i want to find out where order {order} is", "the {model} you sent me is dead on arrival",
    "somebody called me about confirmation {confirmation} and i missed it",
    "we're moving on {date} and i want the service moved", "i got a letter saying my coverage ended in {year}",
    "my bag never made it, the tag said {tracking}", "my bill went up {percent} and nobody told me",
    "i'd like to return something i bought on {date}",
    "i'm calling for my mom, she doesn't hear too good on the phone",
    "i'm calling back on case {case}, i was told {duration}", "we only get {speed} and we're paying for {speed}",
    "i need to dispute something on the card ending {last4}",
    "my husband {first} usually deals with this but he's away",
    "i got a text saying my package was delivered at {time} and it wasn't",
    "can i pay part of my balance, like {amount}", "i want to close an account i've had since {year}",
    "hey so my refund never came, it's been {duration}", "there's a {percent} fee on here i don't understand",
)  # fmt: skip

CLOSINGS = (
    ("anything else on your list", "nope, that covers it, thanks a bunch"),
    ("alright you're all set, your confirmation is {confirmation}", "awesome, appreciate it"),
    ("expect it in {duration}", "oh lovely, thanks"),
    ("you'll get a survey after this, it takes {duration}", "sure, you've been great"),
    ("thanks for being with us since {year}", "wow has it been that long, okay bye"),
    ("okay {first}, enjoy your evening", "likewise, bye bye"),
    ("so the ticket's {case} if you call back", "got it, bye now"),
    ("we're here {hours} if it acts up again", "perfect, bye"),
    ("i've waived that {amount} for you", "oh you're the best, thanks"),
    ("the tech's coming {date} between {window}", "we'll be home, thanks"),
    ("is that everything, {title} {last}", "yep, that's everything"),
    ("stay on the line for a quick rating, {menu} is the highest", "will do"),
)  # fmt: skip

PREFIXES = (
    "okay,", "alright so,", "sure thing,", "perfect,", "no worries,", "gotcha,", "and then,", "awesome,",
    "let me pull you up,", "mm-hmm, so", "i can absolutely help with that,", "bear with me here,",
    "for security purposes,", "just to verify,", "so i can find you,", "and real quick,", "great, thank you,",
    "last thing,", "before i can talk about the account,", "oh boy okay,", "i apologize for that,", "um,", "right,",
)  # fmt: skip

SUFFIXES = (
    "please", "if you don't mind", "when you get a second", "whenever you're ready", "for me", "for verification",
    "so i can pull it up", "take your time", "if you have it handy", "real quick", "for the record", "hun",
    "on there",
)  # fmt: skip

BACKCHANNELS = (
    "mm-hmm", "uh-huh", "okay", "got it", "yep", "go on", "and the rest", "keep going", "i'm with you", "sure",
    "right", "and then",
)  # fmt: skip

ACKNOWLEDGEMENTS = (
    "perfect, thank you", "great, i found you", "thanks so much for that", "alright, one moment while that loads",
    "awesome, that matches", "okay that went through", "got it, appreciate it", "thank you, {first}",
    "okay, bringing it up now", "beautiful", "that's not coming up, let me try again", "yep i see it",
    "alright, that's verified", "wonderful, and i see you've been here since {year}", "okay it's thinking",
    "thanks, that's all i needed there", "no problem, it'll be about {duration}", "okay, noted",
    "thank you, {title} {last}",
)  # fmt: skip

READ_BACKS = (
    "so that's {x}, correct", "okay, {x}, is that right", "reading it back, {x}", "i've got {x}", "{x}", "{x}, yeah",
    "you said {x}", "just confirming, {x}", "and that was {x}", "alright so {x}, did i get that",
)  # fmt: skip

CONFIRMATIONS = (
    "yep", "that's it", "yes ma'am", "uh-huh, correct", "yeah that's right", "you got it", "yes sir", "right",
    "mm-hmm", "perfect, yes", "that's the one", "yup, exactly", "sounds right",
)  # fmt: skip

FILLERS = (
    "uh", "um", "dash", "then", "and then", "hold on", "let me see", "okay", "space",
)  # fmt: skip

CORRECTIONS = (
    "no sorry, {right}", "wait, not {wrong}, it's {right}", "{wrong}, oops, {right}", "i mean {right}",
    "scratch that, {right}", "sorry {right}, i misread it", "actually {right}", "no, {right}, i can't see",
)  # fmt: skip

RESTARTS = (
    "sorry, from the top,", "hang on, let me start over,", "no no, okay,", "that's the wrong one, okay,",
    "my bad, again,", "ugh, let me redo that,", "wait wait,",
)  # fmt: skip

AMENDS = (
    "actually the end is {x}", "sorry, it finishes {x}", "no, the last part is {x}", "ends in {x}, my mistake",
    "the last bit should be {x}",
)  # fmt: skip

DELAYS = (
    ("hold on, i gotta find my purse", "no rush at all"),
    ("gimme a second, it's out in the car", "sure, i'll wait"),
    ("uh, one sec, the dog's going nuts", "ha, go see to him"),
    ("let me grab my glasses", "of course"),
    ("left it upstairs i think", "not a problem, i'm sitting here all day"),
    ("hang on i'm pulling over", "safety first, i'll be here"),
    ("okay let me open the app", "mm-hmm"),
    ("i need to ask my husband, honey where's the paper", "i'll hold"),
    ("my phone's about to die, let me plug it in", "good idea"),
    ("sorry, the baby's crying, one second", "no worries, mine's {small} so i get it"),
    ("wait, i have like {small} of these", "whichever one you use with us"),
    ("this thing's upside down, hang on", "haha, no problem"),
)  # fmt: skip

CLARIFICATIONS = (
    ("account number you mean, or the order one", "the account, yeah"),
    ("do you want mine or my husband's", "whoever's the main one"),
    ("front or back of it", "front please"),
    ("the long one or the short one", "the long one if you have it"),
    ("which one, i have {small} of them", "the newest one is fine"),
    ("is that what's on the card or the letter", "it's on the card, should be"),
    ("sorry, say that again, it cut out", "no problem, i was just asking for that one"),
    ("like all of it", "all of it, yes please"),
    ("what's that for", "only so i can verify you"),
    ("do you mean for me or for the patient", "for the patient"),
    ("is it that thing on my bill", "yeah, close to the top"),
    ("you don't already have it", "i do, i only need it confirmed"),
)  # fmt: skip

ADDRESS_BY_NAME = (
    "okay {first}, i see what happened", "thank you {title} {last}", "so {first}, i'm looking at the notes here",
    "alright {title} {last}, one moment", "{first}, are you still there", "i appreciate you, {first}",
    "no worries {first}, it happens to everybody", "you're all verified, {title} {last}", "hang tight for me {first}",
    "so, {first}, what it did was charge you twice",
)  # fmt: skip

AGENT_BENIGN = (
    "the balance is {amount} due {date}", "i can see {small} devices on your network, the {model} is offline",
    "your plan is {speed}, i'm seeing {speed} at the modem",
    "i see order {order} shipped {date}, tracking {tracking}",
    "your last payment of {amount} went to the card ending in {last4}",
    "that claim was processed {date} and you owe {percent} after the deductible",
    "we have an opening between {window} on {date}", "your flight's leaving at {time}, gate closes {duration} before",
    "i've opened ticket {case}, somebody'll call you in {duration}",
    "there's a {amount} restocking fee, or {percent}, whichever's lower",
    "the promo ends {date}, so you'd save {amount} a month", "i'm looking at your record from {year}",
    "let me transfer you, it's option {menu} on their end", "your confirmation's {confirmation}, write it down",
    "we're open {hours}, the branch anyway", "the warranty on the {model} covers {duration}",
    "so you've used {qty} of your visits for {year}", "i show a pending charge for {amount}",
    "that card ending {last4} was declined by the bank", "you've got {small} people on the policy right now",
    "okay the return window is {duration}", "we've had {qty} calls about this outage today",
    "it's on its way to you, tracking number {tracking}", "the hold lifts by {time}",
    "the deductible is {amount} and you've met {amount}", "sit tight, my system needs {duration}",
)  # fmt: skip

CUSTOMER_BENIGN = (
    "i've called {small} times and each person says something else", "i paid {amount} on {date}",
    "the box said {model} on it", "i've been with you guys since {year}",
    "the tracking number says {tracking} but nothing moves", "they said my order number was {order}",
    "i was told between {window} and nobody came", "it's going {percent} slower than last year",
    "they told me {duration}, that was {duration} ago", "i only bought {qty} of them",
    "i've got confirmation {confirmation} right here", "it was around {time} when it started",
    "the balance shows {amount} and the app shows {amount}", "my visa ending in {last4} is the one you charged",
    "the last guy gave me ticket {case}", "my plan's supposed to be {speed}",
    "i pushed {menu} like it told me and it hung up", "the modem's a {model}, it's got {small} lights on",
    "they quoted me {percent} and then it was {percent}", "i get off work at {time}",
    "the reference on that letter is {case}", "we bought the house in {year}",
    "it's a {year} so it's out of warranty i bet", "the flight was {date} and they moved it to {date}",
    "you guys are open {hours} right", "i've had this thing {duration} and it already broke",
    "i've a {qty} pack, i only opened one",
)  # fmt: skip

PAYMENT_BENIGN = (
    "so it comes to {amount} with tax", "your total today is {amount}",
    "there's a {percent} fee if you use a credit card", "we'd take {small} payments of {amount}",
    "the first one's due {date}", "i see a card ending in {last4}, is that the one you want to use",
    "you won't be charged until {date}", "the last charge on there was {amount} on {date}",
    "it might take {duration} to post", "i'm gonna run it for {amount}, okay",
    "if it's declined it'll just show as pending for {duration}",
    "we have the one ending {last4} on file as a backup",
)  # fmt: skip

SMALL_TALK = (
    ("is it snowing your way", "it's freezing, we got {qty} inches"),
    ("how've you been keeping", "oh you know, busy with the kids"),
    ("did you do anything fun this weekend", "slept mostly, we drove {duration} to the lake"),
    ("i love your dog's bark", "sorry, he hates the mailman"),
    ("sorry, my computer's slow today", "it's okay, mine's from {year}"),
    ("whereabouts are you calling from", "way up north, you wouldn't know it"),
    ("are you watching the game tonight", "if my internet's back by {time}"),
    ("you've been a customer for a while, huh", "since {year}, yeah"),
    ("you sound tired", "i've been up since {time}"),
    ("hope your trip goes well", "we're there for {duration}, can't wait"),
)  # fmt: skip

DISTRACTORS = (
    ("is that tracking number in the email you sent", "yes, it's the one beginning {tracking}"),
    ("should i give you the order number or the other one", "the order number's fine"),
    ("do you need the number from the letter, it's {case}", "no that's our reference, but thanks"),
    ("i've got the number on the box, {model}", "that's the model, perfect"),
    ("what if my card gets declined again", "then we can split it over {small} payments"),
    ("does my pin change if i get a new card", "no, the pin stays the same"),
    ("will you ever ask me for my password on the phone", "no we won't, so never read it out"),
    ("is your address on the return label", "yes, it's all printed on there"),
    ("can you see my social or is it hidden", "it's hidden, i only see the end"),
    ("the date on the card thing, is that the ship date", "no, that's the date it arrives, {date}"),
    ("is the code from the text the same as my pin", "no, the code's only good for {duration}"),
    ("do i need my passport for that flight", "you do, but you don't need to read it to me"),
    ("which email did that come from", "it's our no reply one"),
    ("my name's not on the bill, is that bad", "not at all, {first}, it's fine"),
    ("am i still speaking with {agent}", "you are, i haven't gone anywhere"),
    ("is {first} my agent or is it you", "it's me, {agent}"),
    ("the member card you mailed me, does it have an expiry", "it doesn't, it's good for the whole of {year}"),
    ("they said the account number on the letter was wrong", "yeah that was a misprint, ignore it"),
    ("can i read you the number on the parcel", "sure, but i only need the tracking one"),
    ("if i type my zip into the app it says {amount}", "that's the estimate, tax is extra"),
)  # fmt: skip

EXCHANGES = (
    Exchange("how many are you returning", ("{qty}", "{qty} of them", "just {small}", "all {qty}")),
    Exchange(
        "what's your order number",
        ("it's {order}", "{order}", "order {order}", "uh it says {order}", "the one from the email, {order}"),
    ),
    Exchange(
        "do you have the tracking number",
        ("{tracking}", "yeah it's {tracking}", "tracking {tracking}", "sure, {tracking}"),
    ),
    Exchange(
        "what model is it",
        ("a {model}", "it says {model}", "the {model}", "{model} i think, it's on the bottom"),
    ),
    Exchange("when did you buy it", ("{date}", "around {date}", "in {year}", "oh, {duration} ago")),
    Exchange(
        "when did the problem start",
        ("{time} this morning", "like {duration} ago", "{date}", "on {date} i noticed it"),
    ),
    Exchange("which card was it", ("the one ending in {last4}", "ending {last4}", "my visa, ends {last4}")),
    Exchange(
        "what was the amount",
        ("{amount}", "it was {amount}", "they took {amount}", "{amount} and then {amount} again"),
    ),
    Exchange(
        "what's your confirmation code",
        ("{confirmation}", "it's {confirmation}", "{confirmation}, from the app"),
    ),
    Exchange("is there a case number", ("{case}", "yes, {case}", "case {case}", "they gave me {case}")),
    Exchange("what day works for you", ("{date}", "{date} is good", "anything after {date}", "{date}, mornings")),
    Exchange("is morning or afternoon better", ("between {window}", "after {time}", "{time} if you can")),
    Exchange(
        "how long have you been waiting",
        ("{duration}", "about {duration}", "{duration} now", "going on {duration}"),
    ),
    Exchange("how many people are flying", ("{small}", "{small} of us", "just {small} and a baby")),
    Exchange("how many lights are on", ("{small}", "{small}, the last one's red", "like {small}")),
    Exchange("what speed are you getting", ("{speed}", "it says {speed}", "only {speed}")),
    Exchange("which option did you press", ("{menu}", "i pressed {menu}", "{menu} then {menu}", "{menu} for billing")),
    Exchange("what year is the vehicle", ("{year}", "it's a {year}", "a {year} honda")),
    Exchange("when did you join us", ("{year}", "it was {year} i think", "{year}, maybe before")),
    Exchange("what was the discount", ("{percent}", "they said {percent}", "{percent} off")),
    Exchange(
        "how much are you looking to pay today",
        ("{amount}", "maybe {amount}", "could i do {amount}", "{amount} for now"),
    ),
    Exchange("what time's your flight", ("{time}", "it's {time}", "leaves at {time}", "{time} on {date}")),
    Exchange("how many nights", ("{small}", "{small} nights", "we're doing {small}")),
    Exchange(
        "is anyone home in the afternoon",
        ("after {time}", "no, i work {hours}", "between {window} somebody's here"),
    ),
    Exchange("how many times did you restart it", ("{small} times", "{small}", "like {small}", "at least {small}")),
    Exchange("did you get a reference from us", ("{case}", "{case}", "yes it was {case}")),
    Exchange("what's the error say", ("error {menu}", "it says code {menu}", "something like {case}")),
    Exchange("what's your deductible this year", ("{amount}", "i thought {amount}", "{amount}, and i met it")),
    Exchange("how many claims are we talking about", ("{small}", "{small} claims", "{small}, all from {year}")),
    Exchange("when's the due date", ("{date}", "the {date} i guess", "it says {date}")),
    Exchange("what hours suit you for a callback", ("{hours}", "between {window}", "any time before {time}")),
    Exchange("how far off is it", ("{percent}", "{amount}", "{percent} or so")),
)  # fmt: skip

FIRST_NAMES = (
    "oluwaseun", "abena", "ewa", "agnieszka", "ahmad", "aiko", "akosua", "alasdair", "alejandra", "octavio",
    "amarachi", "amrita", "anders", "anneliese", "antoine", "porfirio", "armando", "aurelie", "ayesha", "babatunde",
    "bao", "rukmini", "bettina", "bilal", "birgit", "bogdan", "farida", "callum", "carmela", "cedric", "celestina",
    "chidi", "chinonso", "ciaran", "clementine", "constantin", "cosmo", "dagmar", "dalia", "darnell", "dashawn",
    "deepa", "delphine", "demetrius", "marguerite", "duane", "earline", "eduardo", "ekaterina", "eleni", "elspeth",
    "emeka", "enrique", "esperanza", "estelle", "gunnar", "faisal", "fatoumata", "fergus", "fernanda", "florentina",
    "gaetan", "gerald", "gianluca", "giselle", "graciela", "guillermo", "hamza", "hanneke", "harpreet", "hector",
    "hideo", "hortense", "kalliope", "ignacio", "ilse", "ardeshir", "eunice", "ishaan", "jacinta", "jamal", "jasmeet",
    "javier", "jeanette", "jerome", "jiho", "joaquin", "jorge", "josette", "juanita", "kamala", "kareem", "kateryna",
    "kavita", "keisha", "hildegard", "ismael", "cornelius", "lubomir", "lamar", "gaurav", "latoya", "deshawn", "lior",
    "ludmila", "magdalena", "mahmoud", "malik", "marisol", "matteo", "mei", "minh", "jayashree", "moses", "nadezhda",
    "nguyet", "kwabena", "nikhil", "olumide", "oksana", "orla", "pavel", "philippa", "bettye", "quentin", "rashida",
    "rosalind", "rufus", "samir", "delroy", "shanice", "shmuel", "laverne", "bertrand", "maribel", "sunita", "tamika",
    "hyunwoo", "thuy", "candelaria", "umberto", "usman", "nevaeh", "viktor", "wanda", "wendell", "ileana", "yasmin",
    "darlene", "dwayne", "zeynep", "zoltan",
)  # fmt: skip

LAST_NAMES = (
    "abara", "abdullahi", "achterberg", "adeyemi", "agarwal", "aguilar", "alcantara", "anderberg", "antonopoulos",
    "arsenault", "bachmann", "balakrishnan", "banerjee", "baptiste", "bautista", "beauchamp", "begay",
    "bellefontaine", "berglund", "bhattacharya", "bianchi", "boateng", "bolduc", "bourgeois", "brzezinski", "cabrera",
    "callaghan", "castellanos", "chaudhry", "chisholm", "cloutier", "comeau", "contreras", "czajka", "dabrowski",
    "dandridge", "delacruz", "delgado", "demarco", "deschamps", "diallo", "dimitriou", "duchesne", "durocher",
    "dziedzic", "echevarria", "eriksen", "esposito", "etienne", "fairchild", "farrugia", "featherstone", "ferreira",
    "fitzgerald", "fontaine", "fournier", "gagnon", "galloway", "gebreselassie", "ghosh", "giannopoulos", "girard",
    "goldfarb", "gonzaga", "gutierrez", "habermann", "haddad", "hashimoto", "hernandez", "hightower", "holloway",
    "horvath", "hrushevsky", "iyer", "jablonski", "jaramillo", "jorgensen", "kapoor", "karlsson", "katz", "kaczmarek",
    "kimura", "kirchner", "kozlowski", "krishnamurthy", "lachance", "laframboise", "leblanc", "lindqvist", "lozano",
    "macgillivray", "macleod", "maldonado", "mbeki", "mcallister", "mendoza", "mikkelsen", "montalvo", "mukherjee",
    "nakagawa", "nasser", "ndiaye", "nguyen", "nordstrom", "novotny", "obradovic", "ogunleye", "okonkwo", "olszewski",
    "ortega", "ouellette", "palmisano", "papadopoulos", "pelletier", "petrov", "phan", "pilkington", "qureshi",
    "raghunathan", "ramirez", "redfeather", "rosenbaum", "rosenthal", "saavedra", "salonga", "santangelo",
    "sauvageau", "schoenfeld", "sepulveda", "shapiro", "siddiqui", "sorensen", "stavros", "suleiman", "szabo",
    "tadesse", "takahashi", "tautou", "thibodeau", "tran", "tsosie", "underhill", "valdez", "vandermeer", "vasquez",
    "venkataraman", "villanueva", "vukovic", "wachowski", "weatherspoon", "whitefeather", "wojcik", "yamamoto",
    "yang", "yellowhorse", "zambrano", "zapata", "zelaya", "zielinski",
)  # fmt: skip

AGENTS = (
    "aisha", "brandon", "caitlyn", "carlos", "cassidy", "danika", "devon", "dominique", "emmett", "felicia", "gavin",
    "gurpreet", "heidi", "isaac", "jolene", "jordan", "kelsey", "kyle", "latisha", "lorenzo", "mackenzie", "marcus",
    "melanie", "nate", "olivia", "priscilla", "ramona", "reggie", "sabrina", "sanjay", "shauna", "skyler", "tiffany",
    "travis", "tyrell", "vanessa", "winston", "yolanda", "zach",
)  # fmt: skip

COMPANIES = (
    "bluegate internet", "maple ridge credit union", "northstar mutual", "prairie wireless",
    "summit hospital billing", "lakeshore airlines", "pinecrest insurance", "redwood outfitters", "cascade cable",
    "harvestline foods", "granite health plan", "silver birch bank", "skyhopper air", "cedarhome appliances",
    "telvora", "ottoway electronics", "sunvalley dental", "tri county gas", "bowriver outdoor", "quickship direct",
    "copperfield pharmacy", "st brennan medical center", "foxglove home", "atlas river card services",
    "northlight broadband", "gulfway auto insurance", "trailhead shoes", "evergreen family clinic",
    "meadowlark mortgage",
)  # fmt: skip

CITIES = (
    "tucson arizona", "toledo ohio", "eugene oregon", "lubbock texas", "tampa florida", "boulder colorado",
    "durham north carolina", "fresno california", "lincoln nebraska", "savannah georgia", "madison wisconsin",
    "roanoke virginia", "boise idaho", "tacoma washington", "lafayette louisiana", "halifax nova scotia",
    "duluth minnesota", "knoxville tennessee", "lansing michigan", "des moines iowa", "santa fe new mexico",
    "trenton new jersey", "greenville south carolina", "kelowna", "saskatoon", "red deer", "guelph", "thunder bay",
    "moncton", "nanaimo", "buffalo new york", "laredo texas", "dayton ohio", "ocala florida", "spokane washington",
    "sioux falls", "gatineau", "mississauga",
)  # fmt: skip

STREETS = (
    "alder creek", "applewood", "barrington", "bayview", "birchmount", "black oak", "bluff", "briarwood",
    "bridgewater", "cardinal", "chestnut", "clearwater", "concession", "copper kettle", "cottonwood", "coyote",
    "crestview", "dogwood", "dundas", "eagle ridge", "elmhurst", "fairmount", "forest glen", "fox hollow", "glenview",
    "golden eagle", "grandview", "hawthorne", "heron", "hickory", "highland", "holly", "homestead", "huron",
    "ironwood", "jasper", "kensington", "kingfisher", "lakeview", "larkspur", "linden", "magnolia",
    "martin luther king", "meadow", "mesquite", "mill pond", "mockingbird", "northfield", "old county",
    "orchard grove", "otter", "palmetto", "peachtree", "pebble beach", "pheasant run", "pioneer", "portage", "quail",
    "queensway", "ravenwood", "ridgeline", "riverside", "sagebrush", "saint clair", "sandalwood", "shadow mountain",
    "sherbrooke", "spruce", "starlight", "stonegate", "sugar maple", "sycamore", "tamarack", "timberline", "trillium",
    "valley forge", "vista del sol", "wagon wheel", "walnut", "whispering pines", "wildrose", "willowbrook",
    "windsor", "woodbine", "yonge", "yucca",
)  # fmt: skip

STREET_TYPES = (
    "street", "avenue", "road", "drive", "lane", "court", "boulevard", "circle", "crescent", "way", "place", "trail",
    "parkway", "terrace", "line", "loop",
)  # fmt: skip

DOMAINS = (
    "gmail.com", "yahoo.com", "outlook.com", "icloud.com", "hotmail.com", "comcast.net", "rogers.com", "shaw.ca",
    "aol.com", "proton.me", "telus.net", "yahoo.ca", "bell.net", "verizon.net", "live.ca", "msn.com", "me.com",
    "att.net", "cox.net", "sympatico.ca", "fastmail.com", "mail.com",
)  # fmt: skip

PASS_WORDS = (
    "abernathy", "admiral", "alligator", "applesauce", "armadillo", "arrowhead", "avocado", "baxter", "beaver",
    "biscuit", "blackjack", "blueberry", "bonanza", "boomer", "bosco", "broncos", "bubbles", "buckeye", "bumblebee",
    "buttercup", "butternut", "cabernet", "calypso", "canadiens", "cannoli", "cappuccino", "castellano", "chevelle",
    "chewbacca", "cinnamon", "clarkson", "clementina", "cleopatra", "cobblestone", "coconut", "coltrane", "comanche",
    "corduroy", "cornbread", "corvette", "cottontail", "cupcake", "daffodil", "dandelion", "daytona", "dolphins",
    "domino", "dumpling", "eastwood", "edelweiss", "eisenhower", "evergreen", "fenway", "fireball", "firefly",
    "fitzwilliam", "flapjack", "flounder", "freckles", "fuzzball", "galaxy", "gingersnap", "goldfinch", "grasshopper",
    "gretzky", "guacamole", "gumbo", "halloween", "hamilton", "hazelnut", "hemingway", "hendrix", "honeybee",
    "huckleberry", "hurricane", "igloo", "impala", "jackrabbit", "jellybean", "jefferson", "kerfuffle", "kickflip",
    "kingston", "kowalchuk", "lasagna", "leopard", "licorice", "lighthouse", "lollipop", "lonestar", "lumberjack",
    "mapleleaf", "marmalade", "maverick", "mccormick", "meatball", "midnight", "millhouse", "mittens", "mongoose",
    "montclair", "montoya", "moonbeam", "mustang", "nacho", "nightingale", "nutmeg", "oatmeal", "octopus", "oilers",
    "oreo", "ozzy", "paddington", "pancake", "papaya", "peaches", "peanut", "pearson", "penguin", "pepper",
    "periwinkle", "petunia", "pickles", "pineapple", "pistachio", "porkchop", "pumpkin", "quicksilver", "raccoon",
    "rascal", "raspberry", "ravioli", "ringo", "roosevelt", "rosebud", "rumpelstiltskin", "sasquatch", "scooter",
    "seabiscuit", "shadow", "shamrock", "silverado", "skittles", "snickerdoodle", "snowball", "spartacus",
    "sprinkles", "squirrel", "starfish", "steelers", "stonewall", "sunflower", "taffy", "tangerine", "thunder",
    "tinkerbell", "toffee", "trinidad", "tumbleweed", "twinkie", "vanderbilt", "waffles", "walleye", "washington",
    "whiskers", "wildcat", "willowdale", "winnipeg", "wolverine", "wombat", "yankees", "yosemite", "zeppelin",
    "zucchini",
)  # fmt: skip

MODELS = (
    "aeroblend 900", "ax6000 router", "brightwash 4500", "c7 modem", "clearcast hd20", "comfortair 12000",
    "coolmax 36", "cx 1800", "dv 3300 dryer", "easybrew 2", "frostline 21", "galley pro 700", "hush 45 fan",
    "hx 250 drill", "joggr 8", "k 1200 keyboard", "lumen 75", "mesh 3 pod", "mt 980 mower", "officejot 8600",
    "orbit 5 watch", "photon tab 11", "pulse 360", "quietwash 800", "rx 570", "soundbar 320", "sp 40 speaker",
    "steamcraft 15", "tr 5500 treadmill", "tx 88 headset", "ultraview 55", "vacu 6", "wavebook 14", "xr 650 camera",
    "zip 400 scooter",
)  # fmt: skip

ZIP_QUESTIONS = (
    "what's the zip on the billing statement", "zip code please", "and your postal code or zip",
    "what zip does the bank have for you", "the zip that goes with the card", "which zip code is that",
    "and the billing zip", "five digit zip please",
)  # fmt: skip

CODE_WORDS = {
    "a": ("alpha", "apple"),
    "b": ("bravo", "boy"),
    "c": ("charlie", "cat"),
    "d": ("delta", "dog"),
    "e": ("echo", "edward"),
    "f": ("foxtrot", "frank"),
    "g": ("golf", "george"),
    "h": ("hotel", "henry"),
    "i": ("india", "igloo"),
    "j": ("juliet", "john"),
    "k": ("kilo", "kite"),
    "l": ("lima", "larry"),
    "m": ("mike", "mary"),
    "n": ("november", "nancy"),
    "o": ("oscar", "orange"),
    "p": ("papa", "peter"),
    "q": ("quebec", "queen"),
    "r": ("romeo", "robert"),
    "s": ("sierra", "sam"),
    "t": ("tango", "tom"),
    "u": ("uniform", "umbrella"),
    "v": ("victor", "violin"),
    "w": ("whiskey", "william"),
    "x": ("x-ray", "xylophone"),
    "y": ("yankee", "yellow"),
    "z": ("zulu", "zebra"),
}  # fmt: skip
