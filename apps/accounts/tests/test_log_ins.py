import datetime as dt

from apps.accounts.rows import LogInRow, log_ins, users
from apps.accounts.selectors import log_ins_of


def _log_in(person, now, **changed) -> LogInRow:
    row: LogInRow = {
        "_id": f"s{log_ins.count({})}",
        "user_id": person.id,
        "kind": "browser",
        "generation": 0,
        "device": "Firefox on Windows",
        "address": "203.0.113.7",
        "refresh_seed": "",
        "rotation": 0,
        "rotated_at": None,
        "created_at": now,
        "used_at": now,
        "expires_at": now + dt.timedelta(days=30),
        "ended_at": None,
        **changed,
    }
    log_ins.insert_one(row)
    return row


def test_the_list_shows_the_callers_living_sessions(guest, host, now):
    old = _log_in(guest, now, used_at=now - dt.timedelta(days=1), device="curl")
    new = _log_in(guest, now)
    _log_in(guest, now, ended_at=now)
    _log_in(guest, now, expires_at=now - dt.timedelta(seconds=1))
    _log_in(host, now)
    shown = guest.get("/api/account/sessions").json()["results"]
    assert [(each["id"], each["device"]) for each in shown] == [
        (new["_id"], "Firefox on Windows"),
        (old["_id"], "curl"),
    ]
    assert [each["is_current"] for each in shown] == [False, False]


def test_sessions_of_an_earlier_generation_are_not_listed(guest, now):
    _log_in(guest, now)
    users.update_one({"_id": guest.id}, {"$inc": {"token_generation": 1}})
    assert log_ins_of(guest.id, current="", now=now) == []


def test_nobody_sees_sessions_without_a_token(anonymous):
    assert anonymous.get("/api/account/sessions").status_code == 401
