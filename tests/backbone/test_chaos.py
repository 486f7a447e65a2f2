import pytest

from faults.backbone import chaos
from tests.backbone import SEED

pytestmark = pytest.mark.slow


def test_kills_and_stops_lose_and_repeat_nothing(tmp_path):
    verdict = chaos.run(tmp_path, injections=6, seed=SEED)
    assert verdict.problems == []
    assert verdict.holds
    assert verdict.said[0].startswith("6 injections")
