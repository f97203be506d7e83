"""What the storage counts about itself, for the metrics page."""

from dataclasses import dataclass


@dataclass(slots=True)
class StorageCounters:
    """Plain totals since the process began; one object is shared by all parts of the storage.

    commits_repeated: attempts after an attempt that PostgreSQL did not answer. commits_recognised: repeated commits
    that turned out to have been applied. publish_failures: events that the bus did not take, left to the sweeper.
    events_swept: events that the sweeper published. times_lost: measured times that could not be kept.
    """

    commits: int = 0
    commits_repeated: int = 0
    commits_recognised: int = 0
    publish_failures: int = 0
    events_swept: int = 0
    times_lost: int = 0
