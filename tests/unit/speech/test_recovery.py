from cueline.speech.recovery import MAX_RECOVERY_SAMPLES, RecoveryBuffer, silenced
from cueline.unredacted.audio import StereoBlock


def block(position: int, samples: int = 4) -> StereoBlock:
    return StereoBlock(position=position, customer=b"\1\0" * samples, agent=b"\2\0" * samples, received_ms=0)


def test_each_channel_is_silent_before_its_own_settled_position() -> None:
    quiet = silenced(block(100), {"customer": 102, "agent": 90})
    assert quiet.customer == b"\0\0" * 2 + b"\1\0" * 2
    assert quiet.agent == b"\2\0" * 4


def test_a_block_before_both_is_all_silence() -> None:
    quiet = silenced(block(0), {"customer": 50, "agent": 60})
    assert quiet.customer == quiet.agent == bytes(8)


def test_only_what_is_not_settled_is_kept() -> None:
    recovery = RecoveryBuffer()
    for index in range(5):
        recovery.keep(block(index * 4))
    recovery.forget_before(9)
    assert [each.position for each in recovery.replay({"customer": 9, "agent": 9})] == [8, 12, 16]
    assert recovery.lost_samples == 0


def test_the_buffer_is_bounded_and_says_what_that_cost() -> None:
    recovery = RecoveryBuffer()
    half = MAX_RECOVERY_SAMPLES // 2
    for index in range(3):
        recovery.keep(block(index * half, half))
    assert [each.position for each in recovery.replay({"customer": 0, "agent": 0})] == [half, 2 * half]
    assert recovery.lost_samples == half
