import pytest

from cueline.speech.timeline import Timeline, TimelineError


def test_each_stretch_has_its_own_offset() -> None:
    timeline = Timeline()
    timeline.anchor(0, 100)
    timeline.anchor(50, 1_000)
    timeline.anchor(80, 1_200)
    assert [timeline.position(sample) for sample in (0, 49, 50, 79, 80, 90)] == [100, 149, 1_000, 1_029, 1_200, 1_210]


def test_an_anchor_that_changes_nothing_is_not_kept() -> None:
    timeline = Timeline()
    timeline.anchor(0, 100)
    timeline.anchor(10, 110)
    timeline.anchor(10, 500)
    assert timeline.position(10) == 500
    assert timeline.position(9) == 109


def test_forgetting_keeps_what_is_still_asked_for() -> None:
    timeline = Timeline()
    for index in range(5):
        timeline.anchor(index * 10, index * 1_000)
    timeline.forget_before(25)
    assert timeline.position(25) == 2_005
    with pytest.raises(TimelineError):
        timeline.position(15)


def test_anchors_go_forward() -> None:
    timeline = Timeline()
    timeline.anchor(10, 0)
    with pytest.raises(TimelineError):
        timeline.anchor(5, 100)
