"""Presidio's pattern recognisers as a peer in the measurement: finals, turn by turn, without a language model.

Presidio (https://microsoft.github.io/presidio/) is an optional extra. Its recognisers of the default English registry
run on a blank spaCy pipeline, plus the routing-number one that the default leaves out; those that need a model (spaCy
NER) are taken out. Every result counts, whatever its score: the most recall that the patterns can give.
"""

from importlib import import_module
from typing import Any, Final

from cueline.kernel.errors import UnavailableError
from cueline.redaction.holdback import Mark
from cueline.redaction.measuring.calls import Call, Turn
from cueline.redaction.measuring.figures import Peer
from cueline.redaction.measuring.play import Stopwatch

_TYPES: Final[dict[str, Mark]] = {
    "CREDIT_CARD": "CREDIT_CARD", "US_SSN": "US_SSN", "US_ITIN": "TAX_ID", "US_PASSPORT": "PASSPORT",
    "US_DRIVER_LICENSE": "DRIVER_LICENSE", "US_BANK_NUMBER": "BANK_ACCOUNT", "ABA_ROUTING_NUMBER": "ABA_ROUTING",
    "IBAN_CODE": "IBAN", "PHONE_NUMBER": "PHONE", "EMAIL_ADDRESS": "EMAIL", "IP_ADDRESS": "IP_ADDRESS",
    "DATE_TIME": "DOB",
}  # fmt: skip
_NEEDS_A_MODEL: Final = ("SpacyRecognizer", "StanzaRecognizer", "TransformersRecognizer", "GLiNERRecognizer")


def _analyzer() -> Any:
    try:
        presidio = import_module("presidio_analyzer")
        engines = import_module("presidio_analyzer.nlp_engine")
        recognizers = import_module("presidio_analyzer.predefined_recognizers")
        spacy = import_module("spacy")
        domains = import_module("tldextract.tldextract")
    except ImportError as error:
        raise UnavailableError("presidio-analyzer is not installed: pip install 'cueline[presidio]'") from error

    # Its e-mail recogniser would fetch the list of public suffixes; the copy that it carries does.
    domains.TLD_EXTRACTOR = domains.TLDExtract(suffix_list_urls=())  # type: ignore[attr-defined]

    class Blank(engines.SpacyNlpEngine):  # type: ignore[misc,name-defined]
        """Splits words, knows nothing."""

        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
            self.nlp = {"en": spacy.blank("en")}

        def load(self) -> None:
            """There is nothing to load."""

    registry = presidio.RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"])
    for name in _NEEDS_A_MODEL:
        registry.remove_recognizer(name)
    registry.add_recognizer(recognizers.AbaRoutingRecognizer())
    return presidio.AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])


def presidio_peer(stopwatch: Stopwatch) -> Peer:
    """Presidio, ready to be measured beside the gate. Raises UnavailableError where it is not installed."""
    analyzer = _analyzer()
    analyzer.analyze(text="warm up: me@example.com, 415 555 0132", language="en")
    times_ms: list[float] = []

    def mark(call: Call) -> list[list[Mark]]:
        return [mark_turn(turn) for turn in call.turns]

    def mark_turn(turn: Turn) -> list[Mark]:
        began = stopwatch()
        found = analyzer.analyze(text=turn.text, language="en")
        times_ms.append((stopwatch() - began) * 1000)
        marks: list[Mark] = [None] * len(turn.words)
        for result in sorted(found, key=lambda one: float(one.score)):
            for at in turn.inside(result.start, result.end):
                marks[at] = _TYPES.get(result.entity_type, "NUMBER")
        return marks

    return Peer(mark=mark, times_ms=times_ms)
