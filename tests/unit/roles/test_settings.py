"""Settings are read in one place, and their errors name the setting and never its value."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from cueline.kernel.errors import ConfigurationError
from cueline.roles.catalogue import PARTS, parts_of
from cueline.roles.settings import ROLES, Settings, parse_roles, read_settings
from cueline.roles.worker import CLAIM_EVERY_S, HEARTBEAT_EVERY_S

SECRET = "hunter2"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CUELINE_{name.upper()}", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)


def test_every_setting_has_a_default_that_works() -> None:
    settings = read_settings()
    assert settings.database_url is None
    assert settings.host == "127.0.0.1"
    assert settings.token is None


def test_the_environment_is_read_and_an_override_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUELINE_PORT", "9000")
    monkeypatch.setenv("CUELINE_DATA_DIR", "/somewhere")
    assert read_settings().port == 9000
    assert read_settings(port=0).port == 0
    assert read_settings(port=None).port == 9000
    assert read_settings().data_dir == Path("/somewhere")


@pytest.mark.parametrize(
    ("environment", "override", "expected"),
    [
        ({"DATABASE_URL": "postgresql://common"}, None, "postgresql://common"),
        (
            {"DATABASE_URL": "postgresql://common", "CUELINE_DATABASE_URL": "postgresql://ours"},
            None,
            "postgresql://ours",
        ),
        ({"DATABASE_URL": "postgresql://common"}, "postgresql://given", "postgresql://given"),
        ({"DATABASE_URL": ""}, None, None),
    ],
)
def test_the_databases_address(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], override: str | None, expected: str | None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    url = read_settings(database_url=override).database_url
    assert (url and url.get_secret_value()) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", SECRET),
        ("port", "65536"),
        ("calls_max", "0"),
        ("lease_timeout_s", "0.1"),
        ("lease_timeout_s", "1.9"),
        ("no_audio_timeout_s", SECRET),
        ("log_level", SECRET),
        ("log_format", SECRET),
    ],
)
def test_an_error_names_the_setting_and_never_its_value(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"CUELINE_{name.upper()}", value)
    with pytest.raises(ConfigurationError) as refusal:
        read_settings()
    assert f"CUELINE_{name.upper()}" in str(refusal.value)
    assert value not in str(refusal.value).replace("65535", "")
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


def test_an_error_names_every_setting_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUELINE_PORT", "x")
    monkeypatch.setenv("CUELINE_CALLS_MAX", "x")
    with pytest.raises(ConfigurationError, match=r"CUELINE_PORT.*CUELINE_CALLS_MAX"):
        read_settings()


def test_secrets_are_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUELINE_TOKEN", SECRET)
    monkeypatch.setenv("CUELINE_DATABASE_URL", f"postgresql://user:{SECRET}@host/db")
    settings = read_settings()
    assert isinstance(settings.token, SecretStr)
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings().port = 1


def test_the_shortest_lease_time_out_is_one_that_works() -> None:
    """A lease is judged by looks no further apart than half its time-out; the living count up twice within it."""
    shortest_s = next(bound.ge for bound in Settings.model_fields["lease_timeout_s"].metadata if hasattr(bound, "ge"))
    assert shortest_s >= 2 * HEARTBEAT_EVERY_S
    assert shortest_s / 2 >= 2 * CLAIM_EVERY_S


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call", ("call",)),
        ("gateway,call", ("call", "gateway")),
        (" keeper , guide,keeper,", ("guide", "keeper")),
        (",".join(ROLES), ROLES),
    ],
)
def test_roles_are_read_in_any_order_and_given_in_one(text: str, expected: tuple[str, ...]) -> None:
    assert parse_roles(text) == expected


@pytest.mark.parametrize("text", ["", " , ", "worker", "call,worker", "Call"])
def test_what_is_no_role_is_refused_and_named(text: str) -> None:
    with pytest.raises(ConfigurationError, match=f"roles are .*{ROLES[0]}"):
        parse_roles(text)


def test_each_role_has_its_parts_and_all_roles_have_all_parts_once() -> None:
    assert set(PARTS) == set(ROLES)
    everything = parts_of(ROLES)
    assert len(everything) == len(set(everything))
    assert set(everything) == {part for parts in PARTS.values() for part in parts}
    assert parts_of(("call",)) == ("calls",)
