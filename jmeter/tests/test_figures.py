import pytest

from jmeter import samples, summary, targets
from jmeter.samples import Sample

pytestmark = pytest.mark.unit

JTL = """timeStamp,elapsed,label,responseCode,responseMessage,success
1000,100,Login,200,OK,true
2000,300,Search Properties,200,OK,true
3000,500,Search Properties,500,Internal,false
5000,1000,Create Booking,409,Conflict,true
"""


@pytest.fixture
def found(tmp_path):
    path = tmp_path / "results.jtl"
    path.write_text(JTL)
    return samples.read(path)


def test_figures_of_a_result_file(found):
    all_of_them = samples.figures(found)
    assert (all_of_them.count, all_of_them.average, all_of_them.longest) == (4, 475, 1000)
    assert (all_of_them.p50, all_of_them.p95) == (300, 1000)
    assert all_of_them.per_second == pytest.approx(4 / 5)
    assert all_of_them.errors == 0.25
    assert all_of_them.codes == {"200": 2, "500": 1, "409": 1}


def test_the_ramp_up_does_not_count(found):
    assert [s.label for s in samples.steady(found, 2)] == ["Search Properties", "Create Booking"]


def test_no_sample_is_an_error():
    with pytest.raises(ValueError, match="no request"):
        samples.figures([])


def test_percentile_is_the_nearest_rank():
    assert samples.percentile(list(range(1, 101)), 95) == 95
    assert samples.percentile([7], 95) == 7


@pytest.mark.parametrize(
    ("target", "value", "verdict"),
    [
        (targets.AVERAGE, 499, "met"),
        (targets.AVERAGE, 500, "missed"),
        (targets.AVERAGE, 2000, "CRITICAL"),
        (targets.P95, 2999, "missed"),
        (targets.THROUGHPUT, 101, "met"),
        (targets.THROUGHPUT, 51, "missed"),
        (targets.THROUGHPUT, 50, "CRITICAL"),
        (targets.ERRORS, 0.9, "met"),
        (targets.ERRORS, 5, "CRITICAL"),
        (targets.CPU, 89, "missed"),
        (targets.MEMORY, 95, "CRITICAL"),
    ],
)
def test_the_seeds_targets_and_critical_thresholds(target, value, verdict):
    assert target.verdict(value) == verdict


def test_the_summary_shows_each_metric_beside_its_target(found):
    found_figures = samples.figures(found)
    text = summary.text(
        title="1 user",
        measured=targets.measured(found_figures, offered=120, cpu=50, memory=20),
        by_label={"Login": samples.figures([Sample(0, 5, "Login", "200", succeeded=True)])},
        notes=["a note"],
        invariants="0  overlaps",
    )
    assert "| Average response time, ms | 475.0 | < 500 | < 2000 | met |" in text
    assert "| Error rate, % | 25.0 | < 1 | < 5 | CRITICAL |" in text
    assert "| Login | 1 | 5 | 5 | 5 | 5 | 0.00% | 200: 1 |" in text
    assert "0  overlaps" in text


def test_a_throughput_that_nobody_offers_is_not_judged(found):
    rows = targets.measured(samples.figures(found), offered=24, cpu=50, memory=20)
    assert targets.THROUGHPUT not in [target for target, _ in rows]
    assert len(rows) == 5
