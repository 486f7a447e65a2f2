"""The tables and the plot that `bench.search` makes of its figures."""

import json
from xml.etree import ElementTree as ET

import pytest

from bench.search import report

pytestmark = pytest.mark.unit


def case(name, p95):
    side = {"rate": 50.0, "p50": 10.0, "p95": p95}
    sides = {"ours 1": side, "ours 16": side, "bare 1": side, "bare 16": {**side, "rate": 100.0}}
    return {"name": name, "commands": 2, "documents": 400, "keys": 800, "results": 20, **sides}


def beside(p95):
    return {"paced": [5.0, 20.0], "kept": {"ours 16": {"rate": 900.0, "p50": 8.0, "p95": p95}}}


def figures(size, p95):
    worst = [["usual", 10.0], ["world", 45.0]]
    cases = [case("near a point", p95), case("near, dates", 2 * p95)]
    return {"listings": size, "cases": cases, **beside(p95), "worst": worst}


@pytest.fixture
def found(tmp_path):
    file = tmp_path / "search.jsonl"
    lines = [figures(10_000, 30.0), figures(1_000, 20.0), figures(10_000, 40.0)]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return report.read(file)


def test_the_latest_figures_of_each_size(found):
    assert [(one["listings"], one["cases"][0]["ours 16"]["p95"]) for one in found] == [
        (1_000, 20.0),
        (10_000, 40.0),
    ]


def test_tables(found):
    lines = report.tables(found).splitlines()
    assert (
        "| near a point | 10,000 | 50, 10, 40 | 50, 10, 40 | 100, 40 | 0.50 | 2.0 | 20.0 | 40.0 |"
        in lines
    )
    assert "| world | 45 | 4.5 |" in lines
    assert "| 10,000 | 5, 20 | 900, 8, 40 |" in lines


def test_the_plot_has_a_line_for_each_search_and_a_mark_for_each_size(found):
    drawn = ET.fromstring(report.plot(found, report.p95, "p95"))
    names = {"s": "http://www.w3.org/2000/svg"}
    assert len(drawn.findall("s:polyline", names)) == 2
    ys = [float(circle.attrib["cy"]) for circle in drawn.findall("s:circle", names)]
    assert ys[0] > ys[1]
    assert ys[0] > ys[2]
    assert {text.text for text in drawn.findall("s:text", names)} >= {"1,000", "near, dates"}
