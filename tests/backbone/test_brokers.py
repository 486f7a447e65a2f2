import pytest

from faults.backbone import brokers
from faults.backbone.scenario import RELAYS
from tests.backbone import SEED, last_lines

pytestmark = pytest.mark.slow


def test_brokers_end_in_turn_and_all_at_once(tmp_path):
    verdict = brokers.run(tmp_path, rounds=1, dark_seconds=10, seed=SEED)
    print(*verdict.lines(), *last_lines(tmp_path, *RELAYS, "node-0"), sep="\n")
    assert verdict.problems == []
    assert verdict.holds
