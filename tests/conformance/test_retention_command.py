"""``cueline retention`` on a real database: what goes, a turn by hand, and proofs that somebody changed."""

from pathlib import Path

from cueline.roles import retention_command as command
from tests.conformance.test_retention import ended, hold
from tests.installation import installation, settings


async def test_show_and_run(database_url: str, tmp_path: Path) -> None:
    async with installation(database_url, data_dir=tmp_path) as cueline:
        old = await ended(cueline, "old", days_ago=400)
        held = await ended(cueline, "held", days_ago=400)
        await hold(cueline, held, held=True)
    chosen = settings(database_url, data_dir=tmp_path)
    report = await command.show(chosen, limit=20)
    assert report.ok
    assert command.show_text(report).splitlines()[:2] == [
        "Kept after a call's end, in days:", "  default (built in): audio 90, text 365, metrics 1095",
    ]  # fmt: skip
    assert "  default: 1 recordings, 1 more are held" in command.show_text(report)
    assert "Nothing was deleted yet." in command.show_text(report)
    done = await command.run(chosen)
    assert (done.ok, done.audio, done.text, done.metrics) == (True, 1, 1, 0)
    assert command.run_text(done) == "Deleted: 1 recordings, 1 texts, 0 calls with their figures."
    report = await command.show(chosen, limit=20)
    assert [(each.call_id, each.kind, each.by) for each in report.deletions] == [
        (old, "text", "command line"), (old, "audio", "command line"),
    ]  # fmt: skip
    assert command.show_text(report).count("proof valid") == 2
    async with installation(database_url, data_dir=tmp_path) as cueline:
        await cueline.served.process.database.statement("UPDATE deletions SET deleted_by = 'nobody'")
    report = await command.show(chosen, limit=20)
    assert not report.ok
    assert command.show_text(report).count("PROOF CHANGED SINCE") == 2
