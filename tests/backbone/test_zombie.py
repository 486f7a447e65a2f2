import pytest

from faults.backbone import sections, zombie

pytestmark = pytest.mark.slow


def test_a_zombie_applies_nothing_twice(tmp_path):
    assert zombie.run(tmp_path).problems == []


def test_a_zombie_without_the_inbox_does(tmp_path):
    control = zombie.run(tmp_path, without=("inbox",))
    assert control.findings[sections.DOUBLES]
    assert control.findings["events without an effect"] == []
