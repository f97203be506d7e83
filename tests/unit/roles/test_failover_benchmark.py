"""The benchmark itself, small: real emulators and processes, so its report is of what it says."""

import pytest

from cueline.roles.failover_benchmark import deepgram_faults, failover, failover_text
from cueline.roles.settings import Settings

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(110)]


async def test_calls_that_count_lose_nothing_while_their_recognisers_fail() -> None:
    said: list[str] = []
    figures = await failover(Settings(log_level="error"), calls=4, seconds=14, say=said.append)
    assert (figures["lost"], figures["doubled"], figures["flaws"]) == (0, 0, [])
    assert figures["words"] > 150
    assert figures["takenOver"] == 1
    assert figures["endReasons"] == {"disconnected": 4}
    assert figures["failures"]
    assert figures["seamMs"]["count"] >= 1
    assert figures["stages"]["committed"]["count"] > 5
    assert any("killed" in line for line in said)
    assert "lost: 0" in failover_text(figures)


def test_the_primary_stalls_doubles_and_is_cut() -> None:
    assert [fault.kind for fault in deepgram_faults(20)] == ["stall", "duplicate", "cut"]
