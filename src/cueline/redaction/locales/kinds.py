"""The kinds of a word by their own names. Pure.

Every token is asked for its kind many times, and a member of an enumeration is looked up far slower than a module's.
"""

from typing import Final

from cueline.redaction.locales.locale import Kind

WORD: Final = Kind.WORD
DIGIT: Final = Kind.DIGIT
TEEN: Final = Kind.TEEN
TENS: Final = Kind.TENS
JOINED: Final = Kind.JOINED
SCALE: Final = Kind.SCALE
ORDINAL: Final = Kind.ORDINAL
PLURAL: Final = Kind.PLURAL
WRITTEN: Final = Kind.WRITTEN
ZERO: Final = Kind.ZERO
MULTIPLIER: Final = Kind.MULTIPLIER
SOUNDALIKE: Final = Kind.SOUNDALIKE
LETTER: Final = Kind.LETTER
PHONETIC: Final = Kind.PHONETIC
MONTH: Final = Kind.MONTH
FILLER: Final = Kind.FILLER
LINK: Final = Kind.LINK
