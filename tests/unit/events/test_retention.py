"""What a retention policy may say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.retention import DATA_KINDS, DAYS_MAX, RetentionPolicy, parse_retention, retention_json
from cueline.kernel.errors import InputError


def test_where_nothing_is_said_the_built_in_days_count() -> None:
    policy = parse_retention(b"{}")
    assert [policy.days(kind) for kind in DATA_KINDS] == [90, 365, 1_095]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "policy: "),
        (b"[]", "policy: "),
        (b'{"audioDays": -1}', "audioDays: "),
        (b'{"textDays": 1.5}', "textDays: "),
        (b'{"textDays": null}', "textDays: "),
        (b'{"metricsDays": 36501}', "metricsDays: "),
        (b'{"secretField": 1}', "policy: "),
        (b'{"metricsDays": 364}', "metricsDays: at least 365"),
        (b'{"audioDays": 2000}', "metricsDays: at least 2000"),
        (b"\xff", "policy: "),
    ],
)
def test_what_is_wrong_names_its_field_and_quotes_nothing(raw: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_retention(raw)
    assert str(caught.value).startswith(said)
    assert "secret" not in str(caught.value)


@given(st.lists(st.integers(0, DAYS_MAX), min_size=3, max_size=3).map(sorted))
def test_a_policy_is_read_as_it_was_written(days: list[int]) -> None:
    policy = RetentionPolicy(audio_days=days[0], text_days=days[1], metrics_days=days[2])
    assert parse_retention(retention_json(policy)) == policy
