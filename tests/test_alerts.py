"""The alerts of the seed: real PromQL on figures that we really export, for every role."""

import promql_parser
import pytest
import yaml
from prometheus_client import REGISTRY

from airbnb import celery  # noqa: F401 its figures
from airbnb.roles import ROLES
from apps.bookings import metrics as bookings  # noqa: F401
from apps.calendars import metrics as calendars  # noqa: F401
from apps.common import metrics, mongo_metrics  # noqa: F401
from apps.events import metrics as events  # noqa: F401
from apps.events.status.backlog import Backlog
from apps.properties import metrics as properties  # noqa: F401
from stack.common.paths import ROOT

FOLDER = ROOT / "kustomize" / "components" / "monitoring"
SEED = {
    "High error rate (> 5%)",
    "Slow response times (> 2s avg)",
    "Pod crashes/restarts",
    "High resource utilization (> 90%)",
    "Kafka consumer lag",
    "MongoDB connection issues",
}
OF_KUBERNETES = ("kube_", "container_")


def alerts():
    groups = yaml.safe_load((FOLDER / "alerts.yaml").read_text())["spec"]["groups"]
    return [rule for group in groups for rule in group["rules"]]


def selectors(node):
    """The (metric, labels) that an expression reads."""
    if node is None or isinstance(node, (int, float, str)):
        return
    if isinstance(node, promql_parser.VectorSelector):
        yield node.name, {matcher.name for matcher in node.matchers.matchers}
    for name in ("vector_selector", "lhs", "rhs", "expr"):
        yield from selectors(getattr(node, name, None))
    for argument in getattr(node, "args", None) or []:
        yield from selectors(argument)


def exported():
    """Sample names without the suffix of what they count, and the labels of each."""
    ours = {}
    for family in [*REGISTRY.collect(), *Backlog().collect()]:
        suffixes = ["", "_total", "_count", "_sum", "_bucket"]
        labels = {name for sample in family.samples for name in sample.labels}
        ours.update({f"{family.name}{suffix}": labels for suffix in suffixes})
    return ours


def test_each_alert_of_the_seed_is_there():
    assert {rule["annotations"]["summary"] for rule in alerts()} >= SEED


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: rule["alert"])
def test_an_alert_reads_what_is_exported(rule, anonymous, listing_id):
    anonymous.get(f"/api/properties/{listing_id}")
    found = list(selectors(promql_parser.parse(rule["expr"])))
    assert found
    known = exported()
    for metric, labels in found:
        if metric.startswith(OF_KUBERNETES):
            assert "namespace" in labels
            continue
        assert metric in known
        assert not known[metric] or labels <= known[metric]


def test_an_alert_on_a_figure_that_nobody_exports_is_noticed():
    (found,) = selectors(promql_parser.parse("rate(http_requests_seconds_count[5m])"))
    assert found[0] not in exported()


def test_every_role_is_scraped():
    monitors = yaml.safe_load_all((FOLDER / "pod-monitors.yaml").read_text())
    scraped = {
        name.removesuffix("-service")
        for monitor in monitors
        for rule in monitor["spec"]["selector"]["matchExpressions"]
        for name in rule["values"]
    }
    assert scraped == set(ROLES) - {"all"}
