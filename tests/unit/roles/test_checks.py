"""The check of an installation, as its screen shows it."""

from pydantic import SecretStr

from cueline.ops.health import Health
from cueline.roles.checks import Checks
from cueline.roles.settings import Settings


async def test_what_is_there_is_told_of_and_what_is_missing_with_what_mends_it(database_url: str) -> None:
    settings = Settings(database_url=SecretStr(database_url), recogniser="script")
    found = await Checks(settings, Health()).check()
    named = {each.name: each for each in found.findings}
    assert found.ok
    assert found.faults == []
    assert named["postgresql"].ok
    assert "reachable" in named["postgresql"].detail
    assert all(each.mend is None for each in found.findings if each.ok)
    assert all(each.mend is not None for each in found.findings if not each.ok)


async def test_a_store_that_cannot_be_reached_is_a_finding() -> None:
    secret = "a-secret-password"
    settings = Settings(database_url=SecretStr(f"postgresql://nobody:{secret}@127.0.0.1:1/none"), recogniser="script")
    found = await Checks(settings, Health()).check()
    named = {each.name: each for each in found.findings}
    assert not found.ok
    assert (named["postgresql"].ok, named["postgresql"].mend) == (False, "check CUELINE_DATABASE_URL")
    assert secret not in str(found)


async def test_a_part_that_does_not_work_now_is_named(database_url: str) -> None:
    async def broken() -> None:
        raise ConnectionResetError("what it says stays here")

    health = Health()
    health.add("bus", broken)
    settings = Settings(database_url=SecretStr(database_url), recogniser="script")
    found = await Checks(settings, health).check()
    assert (found.ok, found.faults) == (False, ["bus"])
    assert "stays here" not in str(found)
