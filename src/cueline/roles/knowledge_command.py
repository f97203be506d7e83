"""``cueline knowledge``: what its commands do, and their results in words."""

import textwrap
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cueline.delivery.rest_knowledge import KnowledgeDocuments, KnowledgePassages, documents_shown, passages_shown
from cueline.roles.assemble import Process, open_process
from cueline.roles.knowledge import LoadReport
from cueline.roles.settings import Settings

WIDTH: Final = 100


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Process]:
    async with open_process(settings, migrations=True) as process:
        yield process


async def load_folder(settings: Settings, folder: Path, *, name: str | None, say: Callable[[str], None]) -> LoadReport:
    """Loads a folder into the configured database. Raises InputError and UnavailableError."""
    async with _opened(settings) as process:
        return await process.knowledge.load(process.tenant, folder, name=name, say=say)


async def search_words(settings: Settings, question: str, *, limit: int) -> KnowledgePassages:
    """What the agent's screen would show for a question."""
    async with _opened(settings) as process:
        return passages_shown(await process.knowledge.search(process.tenant, question, limit=limit))


async def list_loaded(settings: Settings) -> KnowledgeDocuments:
    """The documents that are loaded."""
    async with _opened(settings) as process:
        return documents_shown(await process.knowledge.list_documents(process.tenant))


def load_text(report: LoadReport) -> str:
    """A load's report for a person."""
    lines = [f"{each.source}: {each.message} ({each.code})" for each in report.failed]
    lines.append(
        f"{report.name}: {report.loaded} documents loaded ({report.passages} passages), {report.unchanged} unchanged,"
        f" {report.removed} removed, {len(report.failed)} failed; {report.skipped} files of other kinds left out."
    )
    return "\n".join(lines)


def search_text(found: KnowledgePassages) -> str:
    """Passages for a person; says so where there is none."""
    if not found.passages:
        return "Not found: no passage covers enough of this question. Try fewer words, or the documents' own."
    parts = []
    for passage in found.passages:
        title = passage.title if passage.heading in {"", passage.title} else f"{passage.title}: {passage.heading}"
        body = "\n".join(textwrap.fill(line, WIDTH) for line in passage.text.split("\n"))
        parts.append(
            f"{title}  [{passage.score:.2f}]\n{body}\n{passage.source}, changed {_day(passage.modified_at_ms)}"
        )
    return "\n\n".join(parts)


def list_text(found: KnowledgeDocuments) -> str:
    """Documents for a person."""
    if not found.documents:
        return "The knowledge base is empty. Fill it with: cueline knowledge load FOLDER"
    return "\n".join(
        f"{each.source}: {each.title} ({each.passages} passages, changed {_day(each.modified_at_ms)})"
        for each in found.documents
    )


def _day(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1_000, UTC).date().isoformat()
