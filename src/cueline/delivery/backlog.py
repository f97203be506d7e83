"""What one WebSocket still has to get: resume, order, and what a slow client costs. Pure.

Committed events are delivered in the order of their sequence, each once, without a gap. Transient events are only
worth sending while they are new: a newer partial of the same utterance replaces an older one, and under pressure
they go first.
"""

from collections import OrderedDict, deque

from cueline.events.catalogue import TRANSIENT, Envelope, PartialRevised, UtteranceCommitted
from cueline.kernel.errors import CuelineError

MAX_COMMITTED = 2_000
MAX_TRANSIENT = 256
MAX_UNACKNOWLEDGED_MS = 15_000


class SlowClientError(CuelineError):
    """The client is too far behind; it should connect anew and resume."""

    code = "slow_client"


class Backlog:
    """Events on their way to one client.

    last_sent: sequence of the newest committed event handed to the socket.
    """

    __slots__ = ("_acknowledges", "_committed", "_transient", "_waiting_since_ms", "last_acknowledged", "last_sent")

    def __init__(self, *, resume: int) -> None:
        self.last_sent = resume
        self.last_acknowledged = resume
        self._committed: deque[Envelope] = deque()
        self._transient: OrderedDict[object, Envelope] = OrderedDict()
        self._acknowledges = False
        self._waiting_since_ms: float | None = None

    @property
    def newest(self) -> int:
        """Sequence of the newest committed event taken in."""
        return self._committed[-1].sequence if self._committed else self.last_sent

    def offer(self, envelope: Envelope) -> bool:
        """Takes an event; False when committed events before it are missing and must be read from the store.

        Raises SlowClientError when the client has left more than MAX_COMMITTED events untaken.
        """
        if envelope.kind in TRANSIENT:
            self._offer_transient(envelope)
            return True
        if envelope.sequence <= self.newest:
            return True
        if envelope.sequence != self.newest + 1:
            return False
        if len(self._committed) >= MAX_COMMITTED:
            raise SlowClientError(f"more than {MAX_COMMITTED} events wait for this client")
        self._committed.append(envelope)
        if isinstance(envelope.payload, UtteranceCommitted):
            self._transient.pop(envelope.payload.utterance_id, None)
        return True

    def take(self) -> Envelope | None:
        """The next event to send: committed ones first."""
        if self._committed:
            envelope = self._committed.popleft()
            self.last_sent = envelope.sequence
            return envelope
        if self._transient:
            return self._transient.popitem(last=False)[1]
        return None

    def sent(self, now_ms: float) -> None:
        """An event was handed to the socket; from here on its acknowledgement is awaited."""
        if self.last_acknowledged < self.last_sent and self._waiting_since_ms is None:
            self._waiting_since_ms = now_ms

    def acknowledge(self, sequence: int, now_ms: float) -> None:
        """The client has seen everything up to ``sequence``."""
        self._acknowledges = True
        if sequence <= self.last_acknowledged:
            return
        self.last_acknowledged = min(sequence, self.last_sent)
        self._waiting_since_ms = None if self.last_acknowledged >= self.last_sent else now_ms

    def check(self, now_ms: float) -> None:
        """Raises SlowClientError when a client that acknowledges has stopped doing so for MAX_UNACKNOWLEDGED_MS.

        A socket hides megabytes: only what the client says it has seen shows how far behind it is. A client that
        never acknowledges is bounded by its socket alone.
        """
        since = self._waiting_since_ms
        if self._acknowledges and since is not None and now_ms - since > MAX_UNACKNOWLEDGED_MS:
            raise SlowClientError("the client acknowledges nothing")

    def _offer_transient(self, envelope: Envelope) -> None:
        payload = envelope.payload
        key: object = payload.utterance_id if isinstance(payload, PartialRevised) else (envelope.kind, envelope.at_ms)
        self._transient.pop(key, None)
        self._transient[key] = envelope
        while len(self._transient) > MAX_TRANSIENT:
            self._transient.popitem(last=False)
