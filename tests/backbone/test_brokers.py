import pytest

from faults.backbone import brokers
from tests.backbone import SEED

pytestmark = pytest.mark.slow


def test_brokers_end_in_turn_and_all_at_once(tmp_path):
    verdict = brokers.run(tmp_path, rounds=1, dark_seconds=10, seed=SEED)
    assert verdict.problems == []
    assert verdict.holds
