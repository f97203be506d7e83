from cueline.redaction.locales.en import locale
