"""Where the recogniser ``script`` finds a call's words."""

from pathlib import Path

from cueline.kernel.ids import ContactId
from cueline.speech.adapters.script import MAX_SCRIPT_BYTES, Script, ScriptError


class ScriptLibrary:
    """Words that were registered for a contact, else ``CONTACT-ID.json`` in a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._scripts: dict[ContactId, Script] = {}

    def register(self, contact: ContactId, raw: bytes) -> None:
        """Keeps a words file for a contact. Raises ScriptError."""
        self._scripts[contact] = Script.read(raw)

    def find(self, contact: ContactId) -> Script | None:
        """The contact's words; None when there are none. Raises ScriptError for a file that is not as described."""
        if contact in self._scripts or self._folder is None:
            return self._scripts.get(contact)
        path = self._folder / f"{contact}.json"
        if not path.is_file():
            return None
        if path.stat().st_size > MAX_SCRIPT_BYTES:
            raise ScriptError(f"words file of {path.stat().st_size} bytes; at most {MAX_SCRIPT_BYTES} are read")
        return Script.read(path.read_bytes())
