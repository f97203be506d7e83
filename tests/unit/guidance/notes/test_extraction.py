"""What a call names, what is wanted, done and promised in it, and what it came to."""

import pytest

from cueline.guidance.notes.extraction import extract
from cueline.guidance.notes.facts import FACTS_MAX
from tests.unit.guidance.notes.talk import call, facts, found, quoted, texts


@pytest.mark.parametrize(("turns", "wanted"), [
    (["c: there is a late fee of thirty dollars on my statement"], [("$30", "fee")]),
    (["a: how much do you want to move", "c: two hundred pounds"], [("£200", "transfer")]),
    (["a: your balance is $1,020.75 and the next instalment is eighty dollars"],
     [("$1,020.75", "balance"), ("$80", "instalment")]),
    (["c: it was ten dollars"], [("$10", None)]),
    (["a: is the invoice for fifty euros?", "c: yes it is"], [("€50", "bill")]),
    (["a: is the invoice for fifty euros?", "c: no"], []),
    (["c: a refund of ninety dollars", "a: so ninety dollars"], [("$90", "refund")]),
])  # fmt: skip
def test_amounts_and_what_they_were_for(turns: list[str], wanted: list[tuple[str, str | None]]) -> None:
    assert [(fact.text, fact.about) for fact in facts("amount", *turns)] == wanted


@pytest.mark.parametrize(("turns", "wanted"), [
    (["c: move it from my savings account to my joint account"], [("savings", "from"), ("joint", "to")]),
    (["a: which account should it come from", "c: uh savings"], [("savings", "from")]),
    (["a: what is the destination account", "c: the chequing please"], [("chequing", "to")]),
    (["c: i have a business account with you"], [("business", None)]),
    (["c: i am checking my email", "a: the current situation is new"], []),
    (["a: do you have a savings account?", "c: no i do not"], []),
])  # fmt: skip
def test_accounts(turns: list[str], wanted: list[tuple[str, str | None]]) -> None:
    assert [(fact.text, fact.about) for fact in facts("account", *turns)] == wanted


@pytest.mark.parametrize(("turns", "wanted"), [
    (["c: somebody stole my debit card"], ["debit card"]),
    (["a: is it a debit or credit card", "c: debit"], ["debit card"]),
    (["a: which card is it", "c: it is a visa"], ["visa card"]),
    (["c: give him some credit", "a: i took it to the bank"], []),
])  # fmt: skip
def test_cards(turns: list[str], wanted: list[str]) -> None:
    assert texts("card", *turns) == wanted


@pytest.mark.parametrize(("turns", "wanted"), [
    (["c: can i book a visit", "a: which day suits you", "c: thursday", "a: at what time", "c: half past two"],
     ["Thursday at 2:30"]),
    (["a: the engineer can come on friday at nine a m", "c: could it be saturday", "a: saturday at ten a m then",
      "c: great"], ["Saturday at 10:00 AM"]),
    (["c: i need an appointment", "a: come by tomorrow morning"], ["tomorrow morning"]),
    (["c: it broke on monday at ten a m"], []),
])  # fmt: skip
def test_the_appointment_is_what_was_agreed_last(turns: list[str], wanted: list[str]) -> None:
    assert texts("appointment", *turns) == wanted


@pytest.mark.parametrize(("turns", "wanted"), [
    (["c: when do you open", "a: we open monday to friday from nine to six"], ["Monday to Friday, 9:00 to 6:00"]),
    (["a: our opening hours are eight a m until four thirty p m"], ["8:00 AM to 4:30 PM"]),
    (["a: the film runs from nine a m to ten a m"], []),
])  # fmt: skip
def test_hours(turns: list[str], wanted: list[str]) -> None:
    assert texts("hours", *turns) == wanted


@pytest.mark.parametrize(("turns", "wanted"), [
    (["a: who is the payee", "c: it's blue river water"], ["Blue River Water"]),
    (["c: the company is Nordlicht AG and i owe them"], ["Nordlicht AG"]),
    (["c: a bill from acme power for fifty dollars"], ["Acme Power"]),
    (["a: what is the company address", "c: main square"], []),
    (["a: what is the company name", "c: [PERSON]"], []),
])  # fmt: skip
def test_whom_a_bill_is_paid_to(turns: list[str], wanted: list[str]) -> None:
    assert texts("company", *turns) == wanted


@pytest.mark.parametrize(("turn", "kind", "wanted"), [
    ("c: hello i want to close my account please", "request", ["i want to close my account"]),
    ("c: no that is all i need thank you", "request", []),
    ("a: i'll send the form by friday", "promise", ["i'll send the form by Friday"]),
    ("a: you will get a letter within two weeks thank you for calling", "promise",
     ["you will get a letter within 2 weeks"]),
    ("a: i will be happy to help", "promise", []),
    ("a: will you be at home", "promise", []),
    ("c: i will pay it", "promise", []),
    ("a: okay i have just cancelled the old contract", "action", ["cancelled the old contract"]),
    ("a: the fee has been refunded and you can see it tomorrow", "action", ["the fee has been refunded"]),
    ("a: your account is now locked", "action", ["your account is now locked"]),
    ("a: i have called you yesterday", "action", []),
    ("a: have you received it", "action", []),
    ("c: i have paid it", "action", []),
    ("a: a colleague will call you back on tuesday", "follow_up", ["a colleague will call you back on Tuesday"]),
    ("c: okay i will call again next week", "follow_up", ["i will call again next week"]),
    ("c: nobody will call me back", "follow_up", []),
])  # fmt: skip
def test_what_is_wanted_done_and_promised(turn: str, kind: str, wanted: list[str]) -> None:
    assert texts(kind, turn) == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize(("turns", "wanted"), [
    (["c: i need a new pin", "a: i have ordered one"], "done"),
    (["c: i need a new pin", "a: i will send you one by monday"], "pending"),
    (["c: i want a refund", "a: i am sorry we cannot refund this", "c: fine"], "refused"),
    (["c: i want a refund", "a: we cannot refund this", "a: but i have credited ten dollars"], "done"),
    (["c: i want a manager", "a: i will connect you with my supervisor"], "escalated"),
    (["c: what is new", "a: anything else i can do", "c: no thanks"], "done"),
    (["c: hello", "a: hello"], "unclear"),
    ([], "unclear"),
])  # fmt: skip
def test_what_a_call_came_to(turns: list[str], wanted: str) -> None:
    assert found(*turns).outcome == wanted


def test_a_promise_that_the_call_kept_is_none_any_more() -> None:
    promise = "a: i will block the card"
    assert texts("promise", promise) == ["i will block the card"]
    assert texts("promise", promise, "c: okay", "a: i have blocked the card now") == []


def test_evidence_points_at_what_was_said() -> None:
    picture = call("c: move two hundred dollars from my savings account", "a: so the transfer is two hundred dollars")
    [amount] = extract(picture).of("amount")
    assert quoted(picture, amount) == ["two hundred dollars"] * 2
    assert (amount.times, amount.speaker) == (2, "customer")
    [account] = extract(picture).of("account")
    assert quoted(picture, account) == ["savings account"]


def test_what_the_call_is_about_tells_what_an_amount_was_for_where_nothing_else_does() -> None:
    turns = (
        "a: i can offer you a credit of twenty dollars",
        "c: twenty dollars that is a joke",
        "c: it was ten dollars",
    )
    picture = call(*turns, reason="billing_question")
    assert [(fact.text, fact.about) for fact in extract(picture).of("amount")] == [("$20", "credit"), ("$10", "bill")]


def test_what_the_system_says_is_no_part_of_it() -> None:
    assert found("s: your balance is ten dollars and i have ordered a card").facts == ()


def test_bounded() -> None:
    turns = [f"c: the fee was {number} dollars" for number in range(1, FACTS_MAX + 50)]
    assert len(found(*turns).facts) == FACTS_MAX
