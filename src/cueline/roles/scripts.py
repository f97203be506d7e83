"""Where the recogniser ``script`` finds a call's words."""

from pathlib import Path

from cueline.kernel.errors import ConfigurationError
from cueline.kernel.ids import ContactId
from cueline.speech.adapters.script import MAX_SCRIPT_BYTES, Script, ScriptError


class ScriptLibrary:
    """Words that were registered for a contact, else ``CONTACT-ID.json`` in a folder.

    A contact ``NAME-SUFFIX`` has the words of ``NAME`` too: the demo plays its samples under ever new contact ids.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Raises ConfigurationError where there is no such folder."""
        if folder is not None and not folder.is_dir():
            raise ConfigurationError(
                f"CUELINE_SCRIPT_DIR: there is no folder {folder}: make it, with a words file CONTACT-ID.json for each"
                " call, or take the setting out"
            )
        self._folder = folder
        self._scripts: dict[ContactId, Script] = {}

    def register(self, contact: ContactId, raw: bytes) -> None:
        """Keeps a words file for a contact. Raises ScriptError."""
        self._scripts[contact] = Script.read(raw)

    def find(self, contact: ContactId) -> Script | None:
        """The contact's words; None when there are none. Raises ScriptError for a file that is not as described."""
        registered = self._scripts.get(contact) or self._scripts.get(ContactId(contact.rpartition("-")[0]))
        if registered is not None or self._folder is None:
            return registered
        path = self._folder / f"{contact}.json"
        if not path.is_file():
            return None
        if path.stat().st_size > MAX_SCRIPT_BYTES:
            raise ScriptError(f"words file of {path.stat().st_size} bytes; at most {MAX_SCRIPT_BYTES} are read")
        return Script.read(path.read_bytes())
