"""The plan is the seed's: five scenarios, parameters, assertions on content."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from jmeter import run

pytestmark = pytest.mark.unit

SCENARIOS = [
    "Login",
    "Search Properties",
    "View Property Details",
    "Create Booking",
    "Add to Favorites",
]


def samplers():
    """(sampler, the hashTree of what belongs to it) in the order of the plan."""
    for tree in ET.parse(run.PLAN).iter("hashTree"):
        for element, below in pairwise(tree):
            if element.tag == "HTTPSamplerProxy":
                yield element, below


def test_the_five_scenarios_of_the_seed_each_look_at_the_content():
    found = {sampler.get("testname"): [e.tag for e in below] for sampler, below in samplers()}
    assert sorted(found) == sorted(SCENARIOS)
    for name, tags in found.items():
        assert {"JSONPathAssertion", "ResponseAssertion"} & set(tags), name


def test_each_user_logs_in_once_and_keeps_a_pace_below_the_rate_limit():
    plan = ET.parse(run.PLAN)
    once = plan.find(".//OnceOnlyController")
    assert once is not None
    assert plan.find(".//ConstantThroughputTimer/stringProp").text == "${__P(rpm,72)}"
    assert run.REQUESTS_A_MINUTE < 100


def test_users_ramp_up_and_duration_are_parameters(tmp_path):
    group = ET.parse(run.PLAN).find(".//ThreadGroup")
    values = {item.get("name"): item.text for item in group if item.text}
    assert values["ThreadGroup.num_threads"] == "${__P(users,100)}"
    assert values["ThreadGroup.ramp_time"] == "${__P(ramp,60)}"
    assert values["ThreadGroup.duration"] == "${__P(seconds,300)}"
    load = run.Load(users=500, seconds=300, ramp_seconds=60, password="p")
    words = run.command("http://127.0.0.1:18000", load, tmp_path, report=True)
    assert {"-Jusers=500", "-Jramp=60", "-Jseconds=300", "-Jrpm=72", "-Jport=18000"} <= set(words)
