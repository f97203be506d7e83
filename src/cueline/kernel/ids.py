"""Typed ids, each derived from what it names.

A call that is offered twice, or picked up by another worker, must arrive at the same ids: so none of them is random.
"""

import hashlib
import re
from typing import Literal, NewType

from cueline.kernel.errors import InputError

TenantId = NewType("TenantId", str)
ContactId = NewType("ContactId", str)
CallId = NewType("CallId", str)
UtteranceId = NewType("UtteranceId", str)
AgentId = NewType("AgentId", str)
WorkerId = NewType("WorkerId", str)

Channel = Literal["customer", "agent"]
"""A leg of the call: ``customer`` is AUDIO_FROM_CUSTOMER, ``agent`` is AUDIO_TO_CUSTOMER (agent, prompts, music)."""

Speaker = Literal["agent", "customer", "system"]
"""Who speaks: the agent's channel carries ``system`` (prompts, queue music) until an agent is connected."""

CHANNELS: tuple[Channel, Channel] = ("customer", "agent")

_CONTACT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
_TENANT_ID = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")


def tenant_id(text: str) -> TenantId:
    """Checks a tenant's id (a DNS label of at most 40 characters, as it becomes part of a host name)."""
    if not _TENANT_ID.fullmatch(text):
        raise InputError("tenant id must be a DNS label: a-z, 0-9 and '-', at most 40 characters")
    return TenantId(text)


def contact_id(text: str) -> ContactId:
    """Checks a contact's id (Amazon Connect sends UUIDs; other sources may use up to 128 of ``A-Za-z0-9._:-``)."""
    if not _CONTACT_ID.fullmatch(text):
        raise InputError(
            "contact id must be 1 to 128 characters of A-Z a-z 0-9 . _ : -, beginning with a letter or digit"
        )
    return ContactId(text)


def call_id(tenant: TenantId, contact: ContactId) -> CallId:
    """The id of the one call that a contact makes: the same for every worker that ever sees it.

    >>> call_id(TenantId("default"), ContactId("demo-lost-card"))
    'call_0a538b80c1c3085a3b883f2f'
    """
    digest = hashlib.sha256(f"{tenant}\n{contact}".encode()).hexdigest()
    return CallId(f"call_{digest[:24]}")


def utterance_id(call: CallId, channel: Channel, ordinal: int) -> UtteranceId:
    """The ``ordinal``-th committed utterance (from 0) of a channel of a call.

    >>> utterance_id(CallId("call_1"), "customer", 7)
    'call_1.c7'
    """
    return UtteranceId(f"{call}.{channel[0]}{ordinal}")
