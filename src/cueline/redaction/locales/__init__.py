"""What the engine knows of a language: one module per language, all behind ``locale.Locale``."""

from collections.abc import Callable
from functools import cache
from typing import Final

from cueline.redaction.locales import de, en, es
from cueline.redaction.locales.locale import Locale, combined

_MAKERS: Final[dict[str, Callable[[], Locale]]] = {"en": en.locale, "es": es.locale, "de": de.locale}

LANGUAGES: Final = tuple(_MAKERS)
"""Languages that a policy may name."""


@cache
def locale_of(languages: tuple[str, ...]) -> Locale:
    """The languages' knowledge in one; where two claim a word, the language named first has it."""
    return combined([_MAKERS[language]() for language in languages])


__all__ = ["LANGUAGES", "Locale", "locale_of"]
