"""Ids, clock and errors."""

import doctest
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.kernel import clock, errors, ids
from cueline.kernel.clock import VirtualClock
from cueline.kernel.errors import CuelineError, InputError
from cueline.kernel.ids import CHANNELS, CallId, ContactId, TenantId, call_id, contact_id, tenant_id, utterance_id


@pytest.mark.parametrize("module", [clock, ids])
def test_examples_in_docstrings(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.parametrize("text", ["a", "0", "default", "a-b", "a--b", "a" * 40])
def test_tenants(text: str) -> None:
    assert tenant_id(text) == text


@pytest.mark.parametrize("text", ["", "-a", "a-", "A", "a_b", "a.b", "a" * 41, "ä", "a\n", "a b", "../x"])
def test_what_is_no_tenant(text: str) -> None:
    with pytest.raises(InputError) as refused:
        tenant_id(text)
    assert len(text) < 3 or text not in str(refused.value)


@pytest.mark.parametrize("text", ["a", "9d8c6b1e-0b1a-4d3c-8f3e-1a2b3c4d5e6f", "A.b_c:d-e", "a" * 128])
def test_contacts(text: str) -> None:
    assert contact_id(text) == text


@pytest.mark.parametrize("text", ["", ".a", "-a", ":a", "a" * 129, "a b", "a/b", "a\n", "é", "a\x00"])
def test_what_is_no_contact(text: str) -> None:
    with pytest.raises(InputError):
        contact_id(text)


def test_an_id_derives_from_what_it_names() -> None:
    call = call_id(TenantId("default"), ContactId("demo-lost-card"))
    assert call == call_id(TenantId("default"), ContactId("demo-lost-card"))
    names = {
        call_id(TenantId(tenant), ContactId(contact)) for tenant in ("a", "b", "ab") for contact in ("c", "d", "bc")
    }
    assert len(names) == 9


@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_no_two_contacts_share_a_call(tenant: str, contact: str, other_tenant: str, other_contact: str) -> None:
    if "\n" in tenant + other_tenant:
        return  # no tenant's id has one
    one = call_id(TenantId(tenant), ContactId(contact))
    other = call_id(TenantId(other_tenant), ContactId(other_contact))
    assert (one == other) == ((tenant, contact) == (other_tenant, other_contact))


def test_utterances_of_both_channels_have_names_of_their_own() -> None:
    call = CallId("call_1")
    names = {utterance_id(call, channel, ordinal) for channel in CHANNELS for ordinal in range(12)}
    assert len(names) == 24


@given(st.lists(st.integers(-(10**6), 10**6)))
def test_a_virtual_clock_never_goes_back(moves: list[int]) -> None:
    virtual = VirtualClock(epoch_origin_ms=1_000)
    newest = 0
    for now_ms in moves:
        virtual.advance_to(now_ms)
        newest = max(newest, now_ms)
        assert (virtual.monotonic_ms(), virtual.epoch_ms()) == (newest, 1_000 + newest)


EXIT_CODES = {
    "CuelineError": 1, "InputError": 2, "ConfigurationError": 2, "UnavailableError": 3, "CheckFailedError": 1,
    "BoundExceededError": 1, "NotFoundError": 2, "ConflictError": 1, "NotAllowedError": 1, "GoneError": 2,
}  # fmt: skip


def test_every_error_says_its_code_its_hope_and_its_exit() -> None:
    found = {
        name: kind for name, kind in vars(errors).items() if inspect.isclass(kind) and issubclass(kind, CuelineError)
    }
    assert {name: kind.exit_code for name, kind in found.items()} == EXIT_CODES
    assert len({kind.code for kind in found.values()}) == len(found)
    assert [name for name, kind in found.items() if kind.retryable] == ["UnavailableError"]
