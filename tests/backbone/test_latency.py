import pytest

from faults.backbone import latency
from tests.backbone import SEED

pytestmark = pytest.mark.slow


def test_items_come_soon_after_the_booking(tmp_path, capsys):
    """At a rate that a busy machine reaches; `make faults ARGS=latency` asks for 50 a second."""
    verdict = latency.run(tmp_path, seconds=8, rate=8, seed=SEED)
    with capsys.disabled():
        print("\n" + "\n".join(verdict.lines()))
    assert verdict.problems == []
    assert verdict.holds
