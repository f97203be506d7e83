"""Deepgram's live recognition as a ``Recogniser``: one multichannel socket for each call."""

from cueline.speech.adapters.deepgram_settings import DeepgramSettings
from cueline.speech.ports import Capabilities, Opening, RecogniserError, RecogniserSession

__all__ = ["DeepgramRecogniser", "DeepgramSettings"]


class DeepgramRecogniser:
    """Opens a socket for each session; nothing is shared."""

    capabilities = Capabilities(
        name="deepgram",
        label="Deepgram",
        source="recognised",
        partials=True,
        acknowledges=False,
        languages=("en-US",),
    )

    def __init__(self, settings: DeepgramSettings) -> None:
        self._settings = settings

    async def open(self, opening: Opening) -> RecogniserSession:
        """Connects. Raises RecogniserError."""
        raise RecogniserError("Deepgram cannot be reached by this version")

    async def aclose(self) -> None:
        """Nothing is shared."""
