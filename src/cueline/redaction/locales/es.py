"""Spanish: number grammar, and questions for card, security code, expiry and phone."""

from typing import Final

from cueline.redaction.locales.locale import (
    BENIGN,
    CLOSING,
    IDENTITY,
    PAYMENT,
    Entry,
    Kind,
    Locale,
    Topic,
    cue_table,
    words_of,
)

_UNITS: Final = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
_TEENS: Final = (
    "diez", "once", "doce", "trece", "catorce", "quince", "diecis\u00e9is", "diecisiete", "dieciocho", "diecinueve",
)  # fmt: skip
_TWENTIES: Final = (
    "veintiuno", "veintid\u00f3s", "veintitr\u00e9s", "veinticuatro", "veinticinco", "veintis\u00e9is",
    "veintisiete", "veintiocho",
    "veintinueve",
)  # fmt: skip
_TENS: Final = ("veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_HUNDREDS: Final = (
    "cien", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos", "ochocientos",
    "novecientos",
)  # fmt: skip
_MONTHS: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
_PLAIN: Final = str.maketrans("\u00e1\u00e9\u00ed\u00f3\u00fa", "aeiou")
_FILLERS: Final = words_of(
    "eh este pues y bueno vale ok s\u00ed si no perd\u00f3n perdon a ver ehm guion gui\u00f3n barra punto coma espacio"
)


def words() -> dict[str, Entry]:
    """Every word that takes part in spoken numbers: "treinta y dos" is tens, filler, unit."""
    known: dict[str, Entry] = dict.fromkeys(_FILLERS, (Kind.FILLER, "", 0))
    for value, word in enumerate(_UNITS):
        known[word] = (Kind.DIGIT, str(value), 1)
    known["un"] = known["una"] = (Kind.SOUNDALIKE, "1", 1)
    for at, word in enumerate(_TEENS):
        known[word] = (Kind.TEEN, str(10 + at), 1)
    for at, word in enumerate(_TWENTIES, start=21):
        known[word] = (Kind.JOINED, str(at), 2)
    for at, word in enumerate(_TENS, start=2):
        known[word] = (Kind.TENS, f"{at}0", 1)
    for at, word in enumerate(_HUNDREDS, start=1):
        known[word] = (Kind.JOINED, f"{at}00", 1)
    known["ciento"] = (Kind.JOINED, "100", 1)
    known["mil"] = (Kind.SCALE, "1000", 1)
    for word, digit in (("primero", "1"), ("segundo", "2"), ("tercero", "3")):
        known[word] = (Kind.ORDINAL, digit, 1)
    known.update({"doble": (Kind.MULTIPLIER, "2", 1), "triple": (Kind.MULTIPLIER, "3", 2)})
    for letter in "bcdfghjklmnpqrstvwxz":
        known[letter] = (Kind.LETTER, letter, 0)
    for at, word in enumerate(_MONTHS, start=1):
        known[word] = (Kind.MONTH, f"{at:02}", 0)
    known.update(dict.fromkeys(("de", "del", "el", "la"), (Kind.LINK, "", 0)))
    known.update({word.translate(_PLAIN): entry for word, entry in list(known.items())})
    return known


_GROUPS: Final[dict[str, str]] = {
    "n\u00famero": "numero n\u00fameros numeros d\u00edgitos digitos cifras",
    "tarjeta": "tarjetas visa mastercard",
    "c\u00f3digo": "codigo clave",
    "seguridad": "verificaci\u00f3n verificacion cvv cvc",
    "tel\u00e9fono": "telefono m\u00f3vil movil celular",
    "vence": "vencimiento caducidad caduca expira expiraci\u00f3n",
    "reverso": "detr\u00e1s detras dorso atr\u00e1s atras",
}

_CUES: Final[dict[Topic, str]] = {
    "CREDIT_CARD": (
        "tarjeta+n\u00famero 1.2; tarjeta .6; n\u00famero+tarjeta+leer .3; dieciseis+n\u00famero 1; "
        "diecis\u00e9is+n\u00famero 1; n\u00famero+largo 1"
    ),
    "CVV": (
        "c\u00f3digo+seguridad 1.4; tres+n\u00famero+reverso 1.5; n\u00famero+reverso 1.2; c\u00f3digo+reverso 1.3; "
        "seguridad .6; tres+n\u00famero 0.7"
    ),
    "CARD_EXPIRY": "vence 1.1; fecha+vence .5; v\u00e1lida+hasta 1.2; valida+hasta 1.2; mes+a\u00f1o 1",
    "PHONE": (
        "tel\u00e9fono 1; tel\u00e9fono+n\u00famero .5; n\u00famero+contacto 1; n\u00famero+llamar 1; "
        "n\u00famero+localizar 1"
    ),
    "PIN": "pin 1.1",
    "DOB": "fecha+nacimiento 1.4; naci\u00f3 1; cumplea\u00f1os .9",
    BENIGN: (
        "pedido 1; n\u00famero+pedido .5; seguimiento 1.2; reserva .9; referencia 1.2; cu\u00e1ntos 1; cuantos 1; "
        "importe .9; confirmaci\u00f3n 1"
    ),
    PAYMENT: "tarjeta .5; pagar .7; pago 1; cobro .6",
    IDENTITY: "verificar 1; identidad 1; datos .4",
    CLOSING: "algo+m\u00e1s 1.2; algo+mas 1.2; adi\u00f3s 1; buen+d\u00eda .9",
}


def locale() -> Locale:
    """Spanish."""
    return Locale(
        words=words(),
        stems={word: stem for stem, group in _GROUPS.items() for word in group.split()},
        cues=cue_table(_CUES),
        acronyms=words_of("cvv cvc pin dni iban"),
        units=words_of(
            "euros euro d\u00f3lares dolares pesos c\u00e9ntimos d\u00edas dias horas minutos semanas meses "
            "a\u00f1os veces por kilos personas"
        ),
        money=words_of("euros d\u00f3lares pesos importe total precio saldo pago"),
        clock=words_of("las entre hasta sobre desde"),
        asking=words_of(
            "cu\u00e1l cual qu\u00e9 que puede podr\u00eda podria d\u00edgame digame dime necesito me favor dar leer "
            "confirmar"
        ),
        past=words_of("enviado actualizado recibido"),
        stop=words_of(
            "es mi su el la de que y a en por con un una los las del al para lo se no s\u00ed si gracias vale bueno "
            "aqu\u00ed n\u00famero tarjeta c\u00f3digo"
        ),
        copulas=words_of("es son mi el la de eh pues era ser\u00eda n\u00famero su bueno"),
        backchannels=words_of("s\u00ed si vale aj\u00e1 bien gracias perfecto claro siga adelante muy de acuerdo"),
        corrections=words_of("no perd\u00f3n digo mejor quiero decir"),
        phonetic_links=words_of("de como"),
        given=frozenset(),
        family=frozenset(),
        titles=words_of("se\u00f1or se\u00f1ora senor senora don do\u00f1a"),
        introductions=(("me", "llamo"), ("mi", "nombre", "es")),
        streets=frozenset(),
        regions=frozenset(),
        units_of_building=words_of("piso puerta"),
        spoken_at=words_of("arroba"),
        spoken_dot=words_of("punto"),
        spoken_dash=words_of("guion gui\u00f3n"),
        domains=words_of("gmail hotmail yahoo outlook com es net org"),
        harmless=words_of(
            "pedido factura incidencia referencia reserva seguimiento vuelo puerta asiento habitación "
            "piso página versión modelo opción talla"
        ),
    )
