import pytest

from faults.backbone import relays
from tests.backbone import SEED

pytestmark = pytest.mark.slow


def test_two_relays_keep_the_order_and_hand_on_the_lease(tmp_path):
    verdict = relays.run(tmp_path, seconds=40, seed=SEED)
    assert verdict.problems == []
    assert verdict.holds


def test_without_the_lease_both_publish_and_the_inbox_holds(tmp_path):
    verdict = relays.run(tmp_path, seconds=10, seed=SEED, without=("lease",))
    assert verdict.problems == []
