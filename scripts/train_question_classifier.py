"""Trains the classifier of the question and writes its weights and its confusion matrix.

    python scripts/train_question_classifier.py

Needs scikit-learn and numpy; the product needs neither of them for it. The text is generated here from parts that were
written for this purpose; nothing of any recorded call is in it. Deterministic.
"""

import itertools
import json
import math
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from cueline.redaction.classifier import NOTHING, bucket, ngrams

BUCKETS = 4096
THRESHOLD = 0.85
ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src/cueline/redaction/question_weights.json"
REPORT = ROOT / "docs/redaction-questions.md"

OPENERS = (
    "", "okay", "great", "alright and", "thank you", "perfect and", "got it now", "and then", "so", "just to verify",
    "for security", "before we go on", "to pull up your profile",
)  # fmt: skip
ASKS = (
    "can i get {}", "what's {}", "could you give me {}", "may i have {}", "i'll need {}", "go ahead with {}", "and {}", "{} please",
    "would you mind reading me {}", "do you have {} handy", "whenever you're ready {}", "tell me {}", "i just need {} from you", "what would {} be",
)  # fmt: skip
THINGS = {
    "CREDIT_CARD": (
        "the card number", "your card number", "the long number on the card", "the numbers across the front", "the sixteen digits", "the number on your visa",
        "the full card details", "the debit card number", "the number of the card you want to use", "the whole number off your mastercard",
    ),
    "CVV": (
        "the security code", "the three digits on the back", "the cvv", "the code by the signature strip", "the little number on the reverse",
        "the last three digits behind the card", "the verification value", "the c v c", "the four digit code on the front of the amex",
    ),
    "CARD_EXPIRY": (
        "the expiration date", "the expiry", "the month and year on the card", "the good through date", "when the card runs out", "the valid until date",
        "the date it expires", "the expiry month and year",
    ),
    "US_SSN": ("your social security number", "your social", "the full social", "your s s n", "the nine digit social", "your social for verification"),
    "SSN_LAST4": ("the last four of your social", "the final four digits of your social security number", "the last four of the s s n", "your social just the last four"),
    "PHONE": (
        "a good callback number", "your phone number", "the best number to reach you", "a number with area code", "your cell", "a daytime contact number",
        "the mobile on the account", "the number you're calling from", "a number in case we get cut off",
    ),
    "EMAIL": ("your email address", "the email on file", "an email for the receipt", "the best email for you", "where to email that", "your e mail spelled out"),
    "ADDRESS": (
        "your mailing address", "the billing address", "your zip code", "the street address", "where you live", "the address we should ship to", "the postal code on the card",
        "your home address with apartment number", "the house number and street",
    ),
    "PERSON": (
        "your name", "your full name", "your first and last name", "the name on the account", "the cardholder's name", "who i'm speaking with", "the spelling of your last name",
        "the account holder",
    ),
    "DOB": ("your date of birth", "your birthday", "the month day and year you were born", "your d o b", "when you were born", "your birth date"),
    "ACCOUNT_NUMBER": ("your account number", "the customer number", "the policy number", "the number on your statement", "the account you're calling about", "your loan number"),
    "BANK_ACCOUNT": ("your bank account number", "the checking account number", "the account number on the bottom of the check", "the savings account for the deposit"),
    "ABA_ROUTING": ("the routing number", "the nine digits at the bottom left of your check", "the bank's routing and transit number", "the a b a number"),
    "MEMBER_ID": ("your member id", "the number on your insurance card", "the subscriber number", "your health plan id", "the policy holder's id"),
    "OTP": ("the code we just texted you", "the six digit code from the text", "the one time passcode", "the verification code on your screen", "the code in the app"),
    "PIN": ("your pin", "your four digit pin", "the telephone banking pin", "the pin you set up"),
    "PASSWORD": ("your password", "the verbal password", "your security word", "the passphrase on the account", "the answer to your security question", "the name of your first pet"),
    "DRIVER_LICENSE": ("your driver's license number", "the number on your license", "your state id number", "the license number and state"),
    "benign": (
        "the order number", "the tracking number", "your confirmation code", "the reference number", "the case number", "how many you'd like", "the model number",
        "the tracking number on the email", "what time works for you", "how much you were charged", "the number of people", "the size", "the date it should arrive",
        "how long you've been a customer", "the last four of the card we charged", "the quantity", "the amount of the transfer", "the invoice number",
    ),
}  # fmt: skip
STATEMENTS = (
    "thank you for calling how can i help you today", "is there anything else i can help with", "let me pull that up for you", "one moment please", "that's taken care of",
    "your card will arrive in five days", "i've sent an email with the details", "i'm sorry about that", "the account is up to date", "how's the weather over there",
    "you should see it on your next statement", "we don't share your number with anyone", "your address has been updated", "i've removed the charge", "have a great day",
    "the password reset link is in your inbox", "i see the card ending in those digits", "did you try turning it off and on again", "your balance is in good standing",
    "we accept visa and mastercard", "the name of the plan is basic", "your phone should restart now", "our address is on the website", "i can help you with your bill",
    "the store opens at nine", "that order shipped on monday", "thanks for your patience", "any plans for the weekend", "the technician will call you", "you can cancel any time",
    "are you still there", "does that sound good", "what seems to be the problem", "would you like me to explain the plan", "do you want to keep the same plan",
)  # fmt: skip


def examples() -> list[tuple[str, str]]:
    made = []
    for label, things in THINGS.items():
        for index, (opener, ask, thing) in enumerate(itertools.product(OPENERS, ASKS, things)):
            if index % 3 == 0:
                made.append((" ".join(f"{opener} {ask.format(thing)}".split()), label))
    for index, (opener, statement) in enumerate(itertools.product(OPENERS, STATEMENTS)):
        made += [(" ".join(f"{opener} {statement}".split()), NOTHING)] * (2 if index % 2 else 1)
    return made


def vector(text: str) -> np.ndarray:
    row = np.zeros(BUCKETS, dtype=np.float32)
    places = {bucket(ngram, BUCKETS) for ngram in ngrams(text.split())}
    row[list(places)] = 1 / math.sqrt(len(places))
    return row


def report(names: list[str], truth: list[str], guesses: list[str], sure: list[bool]) -> str:
    right = [a == b for a, b in zip(truth, guesses, strict=True)]
    accuracy = sum(right) / len(right)
    spoken = [good for good, certain, guess in zip(right, sure, guesses, strict=True) if certain and guess != NOTHING]
    precision = sum(spoken) / len(spoken)
    table = {(true, guess): 0 for true in names for guess in names}
    for pair in zip(truth, guesses, strict=True):
        table[pair] += 1
    lines = [
        "# The classifier of the question", "",
        "Beside the weighted cues, a small classifier (logistic regression over hashed word n-grams) names what an agent's turn asks for. It only ever adds: where the cues",
        "found a question, it is not asked; where it is not sure, nothing happens. `scripts/train_question_classifier.py` makes its text, trains it and wrote this page.", "",
        f"Every fifth wording of a thing asked for was left out of training; on those {len(truth)} turns its first guess is right in {accuracy:.1%}.",
        f"It speaks up only from a probability of {THRESHOLD} on: {len(spoken)} times there, right in {precision:.1%}; else the rules stand alone. Rows are what was asked, columns what it said.",
        "The wordings are our own, so this shows that it generalises over phrasing, not how calls sound: the redaction report does that.", "",
        "| | " + " | ".join(names) + " |", "|" + "---|" * (len(names) + 1),
    ]  # fmt: skip
    for true in names:
        lines.append(f"| {true} | " + " | ".join(str(table[true, guess] or "") for guess in names) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    made = examples()
    held = {thing for things in THINGS.values() for index, thing in enumerate(things) if index % 5 == 4}
    held |= {statement for index, statement in enumerate(STATEMENTS) if index % 5 == 4}
    test = [pair for pair in made if any(thing in pair[0] for thing in held)]
    train = [pair for pair in made if pair not in set(test)]
    model = LogisticRegression(C=30.0, max_iter=400)
    model.fit(np.stack([vector(text) for text, _ in train]), [label for _, label in train])
    scores = model.predict_proba(np.stack([vector(text) for text, _ in test]))
    guesses = [str(model.classes_[row.argmax()]) for row in scores]
    sure = [float(row.max()) >= THRESHOLD for row in scores]
    truth = [label for _, label in test]
    model.fit(np.stack([vector(text) for text, _ in made]), [label for _, label in made])
    rows = {}
    for place in range(BUCKETS):
        row = {
            str(at): round(float(value) * 1000) for at, value in enumerate(model.coef_[:, place]) if abs(value) > 0.25
        }
        if row:
            rows[str(place)] = row
    weights = {
        "buckets": BUCKETS, "classes": [str(name) for name in model.classes_],
        "intercepts": [round(float(value) * 1000) for value in model.intercept_], "rows": rows, "threshold": THRESHOLD,
    }  # fmt: skip
    WEIGHTS.write_text(json.dumps(weights, separators=(",", ":")) + "\n")
    REPORT.write_text(report([str(name) for name in model.classes_], truth, guesses, sure))
    print(f"{REPORT.name} and {WEIGHTS.stat().st_size} bytes of weights written")


if __name__ == "__main__":
    main()
