"""Which model sherpa-onnx runs, and how."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from cueline.kernel.errors import ConfigurationError


class ModelFiles(NamedTuple):
    """The files of a streaming transducer."""

    encoder: Path
    decoder: Path
    joiner: Path
    tokens: Path


class SherpaSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator may choose.

    folder: of the model: ``encoder*.onnx``, ``decoder*.onnx``, ``joiner*.onnx``, ``tokens.txt``; where there is one
    with ``int8`` in its name it is taken (for the decoder, which is small, the one without). language: what the model
    was trained on, BCP 47. workers: processes; each holds the model and serves many calls. threads: of each.
    """

    folder: Path
    language: str = "en-US"
    workers: int = 1
    threads: int = 1

    def __post_init__(self) -> None:
        """Raises ConfigurationError for figures out of range."""
        if not 1 <= self.workers <= 64 or not 1 <= self.threads <= 64:
            raise ConfigurationError("sherpa-onnx takes 1 to 64 workers, of 1 to 64 threads each")

    def files(self) -> ModelFiles:
        """The model's files. Raises ConfigurationError where one is missing."""
        tokens = self.folder / "tokens.txt"
        if not tokens.is_file():
            raise ConfigurationError(
                f"there is no model in {self.folder} (tokens.txt is missing): `cueline models pull` fetches one, and"
                " CUELINE_SHERPA_MODEL names it, or the folder of your own"
            )
        return ModelFiles(
            self._part("encoder", small=True),
            self._part("decoder", small=False),
            self._part("joiner", small=True),
            tokens,
        )

    def _part(self, name: str, *, small: bool) -> Path:
        found = sorted(self.folder.glob(f"{name}*.onnx"), key=lambda path: ("int8" in path.name) != small)
        if not found:
            raise ConfigurationError(
                f"the model in {self.folder} has no {name}*.onnx: it must be a streaming transducer"
            )
        return found[0]
