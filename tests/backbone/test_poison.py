import pytest

from faults.backbone import poison

pytestmark = pytest.mark.slow


def test_poison_waits_for_a_person_who_puts_the_order_right(tmp_path):
    verdict = poison.run(tmp_path)
    assert verdict.problems == []
    assert verdict.holds
    assert verdict.said[0].startswith("5 kinds of poison")
