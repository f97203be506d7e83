"""Short dialogues in Spanish and German: card, security code, expiry, phone, and what stays readable."""

import pytest

from cueline.redaction.policy import RedactionPolicy
from tests.unit.redaction.detectors.talk import masked

SPANISH = RedactionPolicy(languages=("es",))
GERMAN = RedactionPolicy(languages=("de",))


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (
            [
                "a: \u00bfme puede dar el n\u00famero de la tarjeta?",
                "c: cuatro cinco tres nueve uno cuatro ocho ocho cero tres",
            ],
            "[CREDIT_CARD]",
        ),
        (
            [
                "a: d\u00edgame el n\u00famero de tarjeta",
                "c: cuarenta y cinco treinta y nueve",
                "a: s\u00ed",
                "c: catorce ochenta y ocho",
            ],
            "[CREDIT_CARD]",
        ),
        (
            [
                "a: d\u00edgame el n\u00famero de tarjeta",
                "c: cuatro cinco tres nueve uno cuatro",
                "a: entonces cuatro cinco tres nueve uno cuatro",
            ],
            "entonces [CREDIT_CARD]",
        ),
        (
            [
                "a: necesito los d\u00edgitos de la tarjeta",
                "c: cuatro cinco tres nueve",
                "a: gracias",
                "c: perd\u00f3n es cuatro cinco tres ocho",
            ],
            "perd\u00f3n es [CREDIT_CARD]",
        ),
        (["a: y el c\u00f3digo de seguridad", "c: siete tres uno"], "[CVV]"),
        (["a: los tres n\u00fameros del reverso", "c: siete tres uno"], "[CVV]"),
        (["a: \u00bfcu\u00e1ndo vence la tarjeta?", "c: cero seis veintinueve"], "[CARD_EXPIRY]"),
        (["a: un tel\u00e9fono de contacto por favor", "c: seis uno dos tres cuatro cinco seis siete ocho"], "[PHONE]"),
    ],
)
def test_spanish(turns: list[str], expected: str) -> None:
    assert masked(*turns, policy=SPANISH) == expected


@pytest.mark.parametrize(
    "turns",
    [
        ["a: \u00bfcu\u00e1l es el n\u00famero de pedido?", "c: cuatro cuatro uno dos siete"],
        ["a: \u00bfa qu\u00e9 hora llam\u00f3?", "c: a las nueve y cuarto"],
        ["a: son cuarenta y dos euros con diez"],
        ["c: espero desde hace tres d\u00edas"],
        ["c: tengo dos tarjetas con ustedes"],
    ],
)
def test_spanish_that_stays_readable(turns: list[str]) -> None:
    assert masked(*turns, policy=SPANISH) == turns[-1][3:]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (
            ["a: wie lautet ihre kartennummer bitte", "c: vier f\u00fcnf drei neun eins vier acht acht null drei vier"],
            "[CREDIT_CARD]",
        ),
        (
            [
                "a: ihre kreditkartennummer bitte",
                "c: f\u00fcnfundvierzig neununddrei\u00dfig",
                "a: ja",
                "c: null drei dreiundvierzig",
            ],
            "[CREDIT_CARD]",
        ),
        (
            [
                "a: ihre kartennummer bitte",
                "c: vier f\u00fcnf drei neun eins vier",
                "c: entschuldigung nicht neun sondern vier f\u00fcnf drei acht",
            ],
            "entschuldigung nicht [CREDIT_CARD] sondern [CREDIT_CARD]",
        ),
        (["a: und die pr\u00fcfnummer hinten auf der karte", "c: sieben drei eins"], "[CVV]"),
        (["a: bis wann ist die karte g\u00fcltig", "c: null sechs neunundzwanzig"], "[CARD_EXPIRY]"),
        (
            ["a: unter welcher telefonnummer erreiche ich sie", "c: null eins sieben sechs zwo drei vier f\u00fcnf"],
            "[PHONE]",
        ),
        (
            [
                "a: die telefonnummer bitte",
                "c: null eins sieben sechs zwo drei vier f\u00fcnf",
                "a: also null eins sieben sechs zwo drei vier f\u00fcnf",
            ],
            "also [PHONE]",
        ),
    ],
)
def test_german(turns: list[str], expected: str) -> None:
    assert masked(*turns, policy=GERMAN) == expected


@pytest.mark.parametrize(
    "turns",
    [
        ["a: wie lautet die bestellnummer", "c: vier vier eins zwei sieben"],
        ["a: das macht zweiundvierzig euro"],
        ["c: ich warte seit drei tagen"],
        ["c: ich habe zwei karten bei ihnen"],
    ],
)
def test_german_that_stays_readable(turns: list[str]) -> None:
    assert masked(*turns, policy=GERMAN) == turns[-1][3:]
