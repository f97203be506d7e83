"""A process that finds names with Presidio: ``python -m cueline.redaction.adapters.presidio_worker MODEL``.

A model holds the interpreter's lock while it works and may hang, so that it must not run in the call process itself.
The worker reads turns from standard input and writes what it found to standard output; it ends when its input does,
which includes the death of the call process. It fetches nothing: a model is there or it is not.
"""

import logging
import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final

from cueline.redaction.adapters import presidio_wire as wire

BLANK: Final = "blank"
GLINER: Final = "gliner:"
MIN_SCORE: Final = 0.4
"""Presidio's patterns that match any eight digits score below this; the rules know such numbers by their questions."""

_TYPES: Final = {
    "PERSON": "PERSON", "LOCATION": "ADDRESS", "CREDIT_CARD": "CREDIT_CARD", "US_SSN": "US_SSN", "US_ITIN": "TAX_ID",
    "US_PASSPORT": "PASSPORT", "US_DRIVER_LICENSE": "DRIVER_LICENSE", "US_BANK_NUMBER": "BANK_ACCOUNT",
    "ABA_ROUTING_NUMBER": "ABA_ROUTING", "IBAN_CODE": "IBAN", "PHONE_NUMBER": "PHONE", "EMAIL_ADDRESS": "EMAIL",
    "IP_ADDRESS": "IP_ADDRESS", "UK_NHS": "MEDICAL_RECORD", "US_MBI": "MEMBER_ID", "CRYPTO": "ACCOUNT_NUMBER",
}  # fmt: skip
"""What is asked for, and as what it is masked. Not dates: a model finds one in every "tomorrow"."""

_GLINER_LABELS: Final = {
    "person": "PERSON", "name": "PERSON", "address": "LOCATION", "city": "LOCATION", "street address": "LOCATION",
    "email address": "EMAIL_ADDRESS", "phone number": "PHONE_NUMBER",
}  # fmt: skip
_WARMING: Final = ("my", "name", "is", "ann", "call", "415-555-0132", "or", "write", "to", "me@example.com")
_ALARM_S: Final = 20
"""A turn that takes longer ends the process, whoever may have stopped waiting for it: the system's alarm does that."""

_NEEDS_A_MODEL: Final = ("SpacyRecognizer", "StanzaRecognizer", "TransformersRecognizer", "GLiNERRecognizer")

Find = Callable[[Sequence[str]], list[wire.Span]]


class RefusedError(Exception):
    """The worker cannot begin; ``reason`` is one of the wire's."""

    def __init__(self, reason: bytes) -> None:
        super().__init__(reason.decode())
        self.reason = reason


def load(model: str) -> Find:
    """Presidio on a model: ``blank``, the name or folder of a spaCy pipeline, or ``gliner:FOLDER``.

    Raises RefusedError.
    """
    try:
        presidio = import_module("presidio_analyzer")
        recognizers = import_module("presidio_analyzer.predefined_recognizers")
        spacy = import_module("spacy")
        domains = import_module("tldextract.tldextract")
    except ImportError:
        raise RefusedError(wire.NOT_INSTALLED) from None
    # Its e-mail recogniser would fetch the list of public suffixes; the copy that it carries does.
    domains.TLD_EXTRACTOR = domains.TLDExtract(suffix_list_urls=())  # type: ignore[attr-defined]
    registry = presidio.RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"])
    for name in _NEEDS_A_MODEL:
        registry.remove_recognizer(name)
    registry.add_recognizer(recognizers.AbaRoutingRecognizer())
    names_itself = model != BLANK and not model.startswith(GLINER)
    pipeline = _pipeline(spacy, model) if names_itself else spacy.blank("en")
    if names_itself:
        registry.add_recognizer(recognizers.SpacyRecognizer())
    elif model != BLANK:
        registry.add_recognizer(_gliner(recognizers, Path(model.removeprefix(GLINER))))
    analyzer = presidio.AnalyzerEngine(registry=registry, nlp_engine=_engine(pipeline), supported_languages=["en"])
    known = sorted(set(_TYPES) & set(analyzer.get_supported_entities("en")))

    def find(words: Sequence[str]) -> list[wire.Span]:
        results = analyzer.analyze(text=" ".join(words), language="en", entities=known, score_threshold=MIN_SCORE)
        ranked = sorted(results, key=lambda one: float(one.score), reverse=True)
        return place(words, [(result.start, result.end, _TYPES[result.entity_type]) for result in ranked])

    return find


def _pipeline(spacy: Any, model: str) -> Any:
    """An installed spaCy pipeline. Presidio's own loader would fetch one that is not."""
    if not (spacy.util.is_package(model) or Path(model).is_dir()):
        raise RefusedError(wire.NO_MODEL)
    try:
        return spacy.load(model)
    except (OSError, ValueError, ImportError):
        raise RefusedError(wire.NO_MODEL) from None


def _gliner(recognizers: Any, folder: Path) -> Any:
    """A GLiNER model from its folder."""
    if not folder.is_dir():
        raise RefusedError(wire.NO_MODEL)
    try:
        recogniser = recognizers.GLiNERRecognizer(model_name=str(folder), entity_mapping=_GLINER_LABELS)
        recogniser.load()
    except ImportError:
        raise RefusedError(wire.NOT_INSTALLED) from None
    except (OSError, ValueError):
        raise RefusedError(wire.NO_MODEL) from None
    return recogniser


def _engine(pipeline: Any) -> Any:
    """Presidio's engine on a pipeline that is loaded already."""
    engines = import_module("presidio_analyzer.nlp_engine")

    class Loaded(engines.SpacyNlpEngine):  # type: ignore[misc,name-defined]
        """Has its pipeline."""

        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "en", "model_name": "loaded"}])
            self.nlp = {"en": pipeline}

        def load(self) -> None:
            """There is nothing to load."""

    return Loaded()


def place(words: Sequence[str], results: Sequence[tuple[int, int, str]]) -> list[wire.Span]:
    """Results in the joined text as spans of words: every word that a result touches is in it."""
    bounds: list[tuple[int, int]] = []
    at = 0
    for word in words:
        bounds.append((at, at + len(word)))
        at += len(word) + 1
    spans = []
    for start, end, kind in results:
        touched = [index for index, (first, last) in enumerate(bounds) if first < end and start < last]
        if touched:
            spans.append(wire.Span(touched[0], touched[-1], kind))
    return spans


def serve(source: BinaryIO, out: BinaryIO, find: Find) -> None:
    """Answers turns, one after the other, until the input ends. A turn that cannot be analysed is answered FAILED."""
    out.write(wire.frame(wire.READY))
    out.flush()
    while (head := wire.read_exactly(source, wire.HEAD.size)) is not None:
        length, kind, number = wire.HEAD.unpack(head)
        if kind != wire.FIND or length > wire.MAX_BODY_BYTES:
            return
        body = wire.read_exactly(source, length)
        if body is None:
            return
        signal.alarm(_ALARM_S)
        try:
            answer = wire.found(number, find(wire.read_turn(body)))
        except Exception:  # noqa: BLE001 - what it raises may quote the turn; that it failed is all that is told
            answer = wire.frame(wire.FAILED, number)
        signal.alarm(0)
        out.write(answer)
        out.flush()


def main() -> None:
    """Runs on the process's own standard streams, at a lower priority than the call process."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    logging.disable()
    # For the libraries that load models; set, not read.
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")  # noqa: TID251
    source, out = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not get between the frames.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        try:
            find = load(sys.argv[1] if len(sys.argv) > 1 else BLANK)
            find(_WARMING)
        except RefusedError as refused:
            out.write(wire.frame(wire.REFUSED, 0, refused.reason))
            out.flush()
            return
        serve(source, out, find)
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(0)


if __name__ == "__main__":
    main()
