"""Seconds of the seed's load with 20 users; `make loadtest` is the whole plan with its targets."""

import pytest

from jmeter import checks, run
from jmeter.home import fetch_home
from jmeter.targets import ERRORS

pytestmark = pytest.mark.keeps_data
USERS = 20


def test_load_loses_nothing_and_sells_no_night_twice(system, tmp_path, capsys):
    fetch_home()
    environment = system.stack.environment
    password = checks.make_data(environment, USERS)
    load = run.Load(USERS, seconds=30, ramp_seconds=20, password=password)
    outcome = run.run(system.stack.url, load, tmp_path / "results", report=False)
    checks.wait_drained(environment)
    verdict = checks.verify(environment)
    with capsys.disabled():
        print(
            f"\n  {USERS} users: {outcome.steady.per_second:.1f} requests/s, "
            f"p95 {outcome.steady.p95:.0f} ms, {outcome.all.errors:.2%} errors"
        )
    assert verdict.holds, verdict.text
    assert outcome.all.errors * 100 < ERRORS.target, outcome.by_label
    assert outcome.by_label["Login"].codes == {"200": USERS}
    acknowledged = outcome.by_label["Create Booking"].codes["201"]
    guests = [u["_id"] for u in system.db.users.find({"username": {"$regex": "^load-"}})]
    stored = system.db.bookings.count_documents({"guest_id": {"$in": guests}})
    assert stored >= acknowledged > 0
