"""The knowledge base between its readers, its store, and those who ask it: guide, page, command line."""

import asyncio
import hashlib
import os
import re
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

import msgspec

from cueline.events.knowledge import FoundPassage, NewDocument, StoredDocument
from cueline.guidance.knowledge.adapters.pdf_process import read_pdf_apart
from cueline.guidance.knowledge.documents import (
    FILE_MAX_BYTES,
    Document,
    DocumentTooLargeError,
    UnreadableDocumentError,
)
from cueline.guidance.knowledge.passages import document_id_of, passages_of
from cueline.guidance.knowledge.queries import query_of
from cueline.guidance.knowledge.reading import READERS, READING_VERSION, read_document, suffix_of
from cueline.kernel.errors import InputError, UnavailableError
from cueline.kernel.ids import TenantId
from cueline.ops.logs import logger
from cueline.storage.knowledge import DOCUMENTS_MAX, PostgresKnowledge

SAMPLES: Final = "samples"
"""Under this name the demonstration's articles are loaded."""

SOURCE_MAX: Final = 1_000
UPLOADS: Final = "uploads"
"""Under this name lie the documents that the page or the REST interface brought, one by one."""

UPLOAD_NAME_MAX: Final = 200
UPLOADS_AT_ONCE: Final = 2
"""Documents that are read at a time; others wait."""

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}")
_SUFFIXES: Final = {
    "text/markdown": ".md", "text/x-markdown": ".md", "text/plain": ".txt", "text/html": ".html",
    "application/xhtml+xml": ".xhtml", "application/pdf": ".pdf",
}  # fmt: skip
"""What a media type says of a document whose name does not end in what it is."""


class DocumentNameError(InputError):
    """A document's name that cannot be one."""

    code = "document_name"


class DocumentKindError(InputError):
    """A document of a kind that is not read."""

    code = "document_kind"


class FailedFile(msgspec.Struct, frozen=True, rename="camel"):
    """A file that could not be loaded. What an earlier load made of it stays."""

    source: str
    code: str
    message: str


class LoadReport(msgspec.Struct, frozen=True, rename="camel"):
    """What a load did. skipped: files of other kinds. passages: of the documents that were loaded now."""

    ok: bool
    name: str
    loaded: int
    unchanged: int
    removed: int
    skipped: int
    passages: int
    failed: list[FailedFile]


class _File(msgspec.Struct, frozen=True):
    path: Path
    source: str


class Knowledge:
    """``guidance.ports.KnowledgeBase`` and ``delivery.ports_knowledge.KnowledgeBook``, and what fills them."""

    def __init__(self, store: PostgresKnowledge) -> None:
        self._store = store
        self._turnstile = asyncio.Semaphore(UPLOADS_AT_ONCE)
        self._log = logger("knowledge")

    async def search(self, tenant: TenantId, query: str, *, limit: int) -> list[FoundPassage]:
        return await self._store.search(tenant, query_of(query), limit=limit)

    async def passage(self, tenant: TenantId, passage_id: str) -> FoundPassage | None:
        return await self._store.passage(tenant, passage_id)

    async def list_documents(self, tenant: TenantId) -> list[StoredDocument]:
        return await self._store.list_documents(tenant)

    async def upload(
        self, tenant: TenantId, name: str, media_type: str | None, raw: bytes, *, modified_at_ms: int
    ) -> tuple[StoredDocument, bool]:
        source = f"{UPLOADS}/{_upload_name(name, media_type)}"
        async with self._turnstile:
            document = await _document_of(raw, source, _fingerprint(raw), modified_at_ms)
            replaced = await self._store.store(tenant, document)
        self._log.info("knowledge_uploaded", tenant=tenant, passages=len(document.passages), replaced=replaced)
        stored = await self._store.document(tenant, document.document_id)
        if stored is None:
            raise UnavailableError("the document was removed in the same moment: upload it again")
        return stored, replaced

    async def remove_document(self, tenant: TenantId, document_id: str) -> bool:
        return await self._store.remove_document(tenant, document_id)

    async def load(
        self, tenant: TenantId, folder: Path, *, name: str | None = None, say: Callable[[str], None] | None = None
    ) -> LoadReport:
        """Makes what is stored under a folder's name what the folder holds now.

        name: the folder's own unless given; sources begin with it, and what other names hold is left alone. A file
        that did not change is not read again, one that is gone is removed, one that fails is reported.
        Raises InputError when there is no such folder, it holds too much, or the name is not allowed.
        """
        chosen, found, skipped = await asyncio.to_thread(_listed, folder, name)
        stored = await self._store.fingerprints(tenant, under=f"{chosen}/")
        failed: list[FailedFile] = []
        loaded = unchanged = passages = 0
        for number, file in enumerate(found, 1):
            try:
                document = await _new_document(file, stored.get(file.source))
                if document is not None:
                    await self._store.store(tenant, document)
            except InputError as error:
                failed.append(FailedFile(file.source.encode(errors="replace").decode(), error.code, str(error)))
                continue
            if document is None:
                unchanged += 1
                continue
            loaded, passages = loaded + 1, passages + len(document.passages)
            if say is not None and number % 50 == 0:
                say(f"{number} of {len(found)} files")
        gone = sorted(stored.keys() - {file.source for file in found})
        removed = await self._store.remove(tenant, gone) if gone else 0
        self._log.info("knowledge_loaded", tenant=tenant, loaded=loaded, unchanged=unchanged, removed=removed,
                       failed=len(failed))  # fmt: skip
        return LoadReport(not failed, chosen, loaded, unchanged, removed, skipped, passages, failed)

    async def load_samples(self, tenant: TenantId) -> LoadReport:
        """The demonstration's articles."""
        with as_file(files("cueline.samples").joinpath("knowledge")) as folder:
            return await self.load(tenant, folder, name=SAMPLES)


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise InputError(
            "--name: give the folder a name of letters, digits, spaces and . _ -, at most 100 characters, beginning"
            " with a letter or digit"
        )
    if name == UPLOADS:
        raise InputError(f"--name: {UPLOADS} is where uploaded documents lie: give the folder another name")
    return name


def _upload_name(name: str, media_type: str | None) -> str:
    """A file's name that says its kind. Raises DocumentNameError and DocumentKindError."""
    if not name.strip() or len(name) > UPLOAD_NAME_MAX or not name.isprintable() or name.startswith("."):
        raise DocumentNameError(
            f"a document needs a name that can be shown, of at most {UPLOAD_NAME_MAX} characters, that does not begin"
            " with a dot"
        )
    if "/" in name or "\\" in name:
        raise DocumentNameError("the name of a document has no folders: leave out what is before the last slash")
    if suffix_of(name) in READERS:
        return name
    suffix = _SUFFIXES.get((media_type or "").partition(";")[0].strip().lower())
    if suffix is None:
        raise DocumentKindError(f"read are Markdown, text, HTML and PDF: give it a name that ends in {_KINDS}")
    return f"{name}{suffix}"


_KINDS: Final = ", ".join(READERS)


def _listed(folder: Path, name: str | None) -> tuple[str, list[_File], int]:
    """The name, the files that can be read, in order, and the number of others.

    Hidden ones are passed over, and links that lead out of the folder.
    """
    root = folder.resolve()
    if not root.is_dir():
        raise InputError("there is no such folder")
    name = _checked(name if name is not None else root.name)
    found, skipped = [], 0
    for place, folders, names in os.walk(root, onerror=_unopened):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in sorted(names):
            path = Path(place, each)
            if each.startswith(".") or not _inside(path, root):
                continue
            if suffix_of(each) not in READERS:
                skipped += 1
                continue
            found.append(_File(path, f"{name}/{path.relative_to(root).as_posix()}"))
            if len(found) > DOCUMENTS_MAX:
                raise InputError(f"the folder holds more than {DOCUMENTS_MAX} documents: load a part of it")
    return name, found, skipped


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def _unopened(error: OSError) -> None:
    """What is in there would count as gone, and be removed."""
    raise InputError(f"a folder in it cannot be opened ({type(error).__name__}): nothing was changed") from None


async def _new_document(file: _File, fingerprint: str | None) -> NewDocument | None:
    """None where the file is what it was. Raises InputError where it cannot be read."""
    if len(file.source) > SOURCE_MAX or not file.source.isprintable():
        raise UnreadableDocumentError("its path is too long, or holds what cannot be shown")
    raw, modified_at_ms = await asyncio.to_thread(_bytes_of, file.path)
    now = _fingerprint(raw)
    return None if now == fingerprint else await _document_of(raw, file.source, now, modified_at_ms)


def _fingerprint(raw: bytes) -> str:
    return hashlib.sha256(b"%d\n%s" % (READING_VERSION, raw)).hexdigest()


async def _document_of(raw: bytes, source: str, fingerprint: str, modified_at_ms: int) -> NewDocument:
    document = await _read(raw, source)
    document_id = document_id_of(source)
    return NewDocument(
        document_id=document_id,
        title=document.title,
        source=source,
        fingerprint=fingerprint,
        modified_at_ms=modified_at_ms,
        passages=await asyncio.to_thread(passages_of, document, document_id),
    )


def _bytes_of(path: Path) -> tuple[bytes, int]:
    try:
        facts = path.stat()
        if facts.st_size > FILE_MAX_BYTES:
            raise DocumentTooLargeError(f"it is larger than {FILE_MAX_BYTES // 2**20} MiB: cut it in several files")
        return path.read_bytes(), facts.st_mtime_ns // 1_000_000
    except OSError as error:
        raise UnreadableDocumentError(f"it cannot be opened ({type(error).__name__})") from None


async def _read(raw: bytes, source: str) -> Document:
    if suffix_of(source) == ".pdf":
        return await read_pdf_apart(raw, source)
    return await asyncio.to_thread(read_document, raw, source)
