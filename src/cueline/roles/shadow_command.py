"""``cueline guidance shadow``: a draft on disk over stored calls, and the report in words."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from cueline.events.shadow import ShadowFeedback, ShadowReport, ShadowRule
from cueline.guidance.rules.checking import parse_rule_set
from cueline.guidance.rules.reading import TEXT_MAX, read_yaml
from cueline.guidance.rules.schema import RuleSet
from cueline.kernel.errors import InputError
from cueline.roles.assemble import open_process
from cueline.roles.settings import Settings
from cueline.roles.shadow import make_shadows

ROWS: Final = 40
_WIDTH: Final = 118


def read_rules(path: Path) -> RuleSet:
    """A rule set from a file, YAML or JSON. Raises InputError, which names what is wrong and where."""
    try:
        raw = path.read_bytes()
        if len(raw) > 4 * TEXT_MAX:
            raise InputError(f"the rule set has {len(raw)} bytes: split it up")
        text = raw.decode("utf-8")
    except OSError:
        raise InputError("the rule set cannot be read: --rules takes a YAML or JSON file") from None
    except UnicodeDecodeError:
        raise InputError("the rule set is not UTF-8") from None
    return parse_rule_set(read_yaml(text))


async def run_shadow(settings: Settings, rules: Path, *, calls: int, say: Callable[[str], None]) -> ShadowReport:
    """Runs a file's rule set over the newest calls of the configured database."""
    draft = read_rules(rules)

    def told(done: int, of: int) -> None:
        if done % 25 == 0 or done == of:
            say(f"{done} of {of} calls")

    async with open_process(settings, migrations=True) as process:
        shadows = make_shadows(
            process.database, process.calls, process.clock, language=settings.language.partition("-")[0]
        )
        return await shadows.run(process.tenant, draft, calls=calls, progress=told)


def shadow_text(report: ShadowReport) -> str:
    """The report for a person."""
    out = StringIO()
    console = Console(file=out, width=_WIDTH)
    if not report.calls:
        return "There are no calls that are over: nothing to run the rules over."
    console.print(f"{report.calls} calls, {report.minutes:.1f} minutes, {report.utterances} utterances.")
    sets = Table("set", "version", "cues", "per minute", "calls with", "alerts", "look-ups", "ticks", "found useful")
    for name, one in (("draft", report.draft), ("published", report.published)):
        if one is not None:
            sets.add_row(
                name, "-" if one.version is None else str(one.version), str(one.cues), f"{one.cues_per_minute:.2f}",
                str(one.calls_with_cues), str(one.alerts), str(one.look_ups), str(one.ticked), _useful(one.feedback),
            )  # fmt: skip
    console.print(sets)
    table = Table("rule", "draft", "published", "both", "only draft", "only published", "after speech", "found useful")
    for rule in report.rules[:ROWS]:
        table.add_row(*_row(rule))
    console.print(table)
    left = len(report.rules) - ROWS + report.rules_left_out
    if left > 0:
        console.print(f"... and {left} rules more (--json has them).")
    for rule in report.rules[:ROWS]:
        different = [each for each in rule.examples if each.side != "both"][:2]
        for each in different:
            where = each.utterance_id or f"{each.call_id} at {each.at_ms / 1_000:.1f} s"
            console.print(f"{rule.rule_id}: only {each.side}: {where} [{each.start}:{each.end}]", markup=False)
    if report.cut_calls:
        console.print(f"{report.cut_calls} calls were too long and are read only in part.")
    return out.getvalue().rstrip()


def _row(rule: ShadowRule) -> list[str]:
    late = "-" if rule.from_end is None else f"{rule.from_end.p50_ms / 1_000:.1f} s"
    counts = [rule.draft.firings, rule.published.firings, rule.both, rule.only_draft, rule.only_published]
    return [rule.rule_id, *map(str, counts), late, _useful(rule.feedback)]


def _useful(feedback: ShadowFeedback) -> str:
    told = feedback.useful + feedback.not_useful
    return "-" if feedback.precision is None else f"{feedback.precision:.0%} of {told}"
