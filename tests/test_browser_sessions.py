"""Sessions of browsers: the cookie, its renewal, copies of it, and pages of others."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest

from apps.accounts import services
from apps.accounts.enums import LogInKind
from apps.accounts.models import User
from apps.accounts.rows import log_ins, users
from apps.accounts.services import Device, LogInEndedError
from apps.audit.rows import security_events
from apps.common import mongo
from apps.common.clock import utc_now
from conftest import PASSWORD
from tests.contract import CheckedClient

SESSION = "/api/account/session"
REFRESH = "/api/account/session/refresh"
COOKIE = "staywell_refresh"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
PHONE = Device("Safari on iPhone", "203.0.113.9")
LATER = dt.timedelta(seconds=31)


class Browser:
    def __init__(self, **headers) -> None:
        own = {"x-staywell-session": "browser", "user-agent": FIREFOX, **headers}
        self.http = CheckedClient(headers=own)

    def log_in(self, person):
        body = {"email": person.user.email, "password": PASSWORD}
        return self.http.post(SESSION, body, content_type="application/json")

    def refresh(self):
        return self.http.post(REFRESH)

    @property
    def cookie(self) -> str:
        return self.http.cookies[COOKIE].value

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.http.cookies[COOKIE] = value


@pytest.fixture
def browser() -> Browser:
    return Browser()


def works(token: str) -> bool:
    reply = CheckedClient().get(
        "/api/account/sessions", headers={"authorization": f"Bearer {token}"}
    )
    assert reply.status_code in {200, 401}
    return reply.status_code == 200


@pytest.mark.parametrize("side", ["guest", "host"])
def test_a_browser_logs_in_on_either_side(browser, request, side):
    person = request.getfixturevalue(side)
    reply = browser.log_in(person)
    assert reply.status_code == 200
    assert reply.json()["user"]["id"] == str(person.id)
    claims = jwt.decode(reply.json()["token"], options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 600
    [row] = log_ins.find({})
    assert (row["_id"], row["device"], row["kind"]) == (
        claims["sid"],
        "Firefox on Windows",
        "browser",
    )
    shown = CheckedClient(headers={"authorization": f"Bearer {reply.json()['token']}"})
    [session] = shown.get("/api/account/sessions").json()["results"]
    assert session["is_current"] is True


def test_the_cookie_is_out_of_reach(browser, guest, settings):
    settings.SESSION_COOKIE_SECURE = True
    browser.log_in(guest)
    cookie = browser.http.cookies[COOKIE]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Strict")
    assert cookie["path"] == SESSION
    assert cookie["max-age"] == 30 * 24 * 3600
    assert cookie.value not in str(list(log_ins.find({})))


def test_a_wrong_password_sets_no_cookie(browser, guest):
    body = {"email": guest.user.email, "password": "wrong"}
    reply = browser.http.post(SESSION, body, content_type="application/json")
    assert (reply.status_code, reply.json()["error"]["code"]) == (401, "INVALID_CREDENTIALS")
    assert COOKIE not in browser.http.cookies
    assert log_ins.count({}) == 0


def test_a_refresh_renews_the_cookie_and_gives_a_token(browser, guest):
    first = browser.log_in(guest).json()["token"]
    before = browser.cookie
    reply = browser.refresh()
    assert reply.status_code == 200
    assert reply.json()["token"] != first
    assert works(reply.json()["token"])
    assert works(first), "an access token lives on until it expires"
    assert browser.cookie != before
    [row] = log_ins.find({})
    assert row["rotation"] == 1


def test_two_tabs_that_refresh_at_once_both_go_on(browser, guest):
    """And end with one and the same cookie, whichever reply comes last."""
    browser.log_in(guest)
    shown = browser.cookie

    def refreshed(_number):
        made = services.session_refresh(refresh=shown, device=PHONE, now=utc_now())
        return made.refresh, made.reply.token

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(refreshed, range(8)))
    assert len({refresh for refresh, _ in replies}) == 1
    assert all(works(token) for _, token in replies)
    [row] = log_ins.find({})
    assert (row["rotation"], row["ended_at"]) == (1, None)
    browser.cookie = replies[0][0]
    assert browser.refresh().status_code == 200


def test_without_the_grace_two_tabs_would_log_each_other_out(browser, guest, monkeypatch):
    """Negative control of the race above."""
    monkeypatch.setattr("apps.accounts.services.log_ins.GRACE", dt.timedelta(seconds=-1))
    browser.log_in(guest)
    shown = browser.cookie
    assert services.session_refresh(refresh=shown, device=PHONE, now=utc_now())
    with pytest.raises(LogInEndedError):
        services.session_refresh(refresh=shown, device=PHONE, now=utc_now())


def noted() -> list[str]:
    """The kinds of security events."""
    return [event["kind"] for event in security_events.find({}).sort("_id", 1)]


def test_a_copy_that_is_shown_again_ends_the_session_for_both(browser, guest):
    token = browser.log_in(guest).json()["token"]
    copied = browser.cookie
    browser.refresh()
    with pytest.raises(LogInEndedError):
        services.session_refresh(refresh=copied, device=PHONE, now=utc_now() + LATER)
    assert log_ins.find_one({})["ended_at"] is not None
    assert noted() == ["logged_in", "token_reused", "logged_out"]
    assert browser.refresh().status_code == 401
    assert not works(token)


def test_a_copy_of_long_ago_is_known_as_one(browser, guest):
    browser.log_in(guest)
    copied = browser.cookie
    for _ in range(3):
        assert browser.refresh().status_code == 200
    with pytest.raises(LogInEndedError):
        services.session_refresh(refresh=copied, device=PHONE, now=utc_now())
    assert browser.refresh().status_code == 401


def test_who_was_suspended_is_told_so_and_only_by_the_cookie(browser, guest, now):
    browser.log_in(guest)
    services.user_suspend(user_id=guest.id, now=now)
    renewed = browser.refresh()
    assert (renewed.status_code, renewed.json()["error"]["code"]) == (403, "ACCOUNT_SUSPENDED")
    assert renewed.json()["error"]["details"] == {"support_email": "support@staywell.example"}
    genuine, browser.cookie = browser.cookie, f"{browser.cookie[:-1]}x"
    assert browser.refresh().json()["error"]["code"] == "NOT_AUTHENTICATED"
    services.user_restore(user_id=guest.id, now=now)
    browser.cookie = genuine
    assert browser.refresh().status_code == 401


def test_an_invented_cookie_ends_nothing(browser, guest):
    token = browser.log_in(guest).json()["token"]
    kept = browser.cookie
    session_id, rotation, signature = kept.split(".")
    for invented in ("", "x", f"{session_id}.{rotation}.{'A' * 43}", f"{session_id}.9.{signature}"):
        browser.cookie = invented
        assert browser.refresh().status_code == 401
    browser.cookie = kept
    assert works(token)
    assert browser.refresh().status_code == 200


def test_a_session_that_is_not_used_for_a_month_is_over(browser, guest, now):
    browser.log_in(guest)
    with pytest.raises(LogInEndedError):
        services.session_refresh(
            refresh=browser.cookie, device=PHONE, now=now + dt.timedelta(days=31)
        )


def test_a_session_ends_after_half_a_year_though_it_is_used(browser, guest, now):
    browser.log_in(guest)
    refresh = browser.cookie
    for days in range(20, 180, 20):
        begun = services.session_refresh(
            refresh=refresh, device=PHONE, now=now + dt.timedelta(days=days)
        )
        refresh = begun.refresh
    last = begun.expires_at.replace(tzinfo=dt.UTC) - now
    assert dt.timedelta(days=180) <= last < dt.timedelta(days=180, minutes=5)


def test_logging_out_ends_the_token_and_the_cookie(browser, guest):
    token = browser.log_in(guest).json()["token"]
    kept = browser.cookie
    reply = browser.http.delete(SESSION)
    assert reply.status_code == 204
    assert (browser.cookie, browser.http.cookies[COOKIE]["max-age"]) == ("", 0)
    assert not works(token)
    browser.cookie = kept
    assert browser.refresh().status_code == 401
    assert browser.http.delete(SESSION).status_code == 204


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://testserver.evil.example"},
        {"sec-fetch-site": "cross-site"},
    ],
    ids=["foreign", "opaque", "a longer name", "cross-site"],
)
def test_pages_of_others_cannot_use_the_cookie(browser, guest, headers):
    browser.log_in(guest)
    before = log_ins.find_one({})
    foreign = Browser(**headers)
    foreign.cookie = browser.cookie
    body = {"email": guest.user.email, "password": PASSWORD}
    replies = [
        foreign.refresh(),
        foreign.http.delete(SESSION),
        foreign.http.post(SESSION, body, content_type="application/json"),
    ]
    assert [(r.status_code, r.json()["error"]["code"]) for r in replies] == [
        (403, "FOREIGN_PAGE")
    ] * 3
    assert list(log_ins.find({})) == [before]


def test_a_form_that_cannot_send_the_header_gets_nowhere(browser, guest):
    browser.log_in(guest)
    before = list(log_ins.find({}))
    for method, path in (("post", REFRESH), ("delete", SESSION)):
        call = getattr(browser.http, method)
        refused = call(path, headers={"x-staywell-session": "", "origin": "https://evil.example"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, "VALIDATION_ERROR")
        assert list(refused.json()["error"]["fields"]) == ["X-Staywell-Session"]
    assert list(log_ins.find({})) == before


@pytest.mark.parametrize("origin", ["http://testserver", "https://testserver"])
def test_our_own_page_may(guest, origin):
    browser = Browser(origin=origin, **{"sec-fetch-site": "same-origin"})
    assert browser.log_in(guest).status_code == 200
    assert browser.refresh().status_code == 200


def test_the_cookie_opens_nothing_but_sessions(browser, guest):
    browser.log_in(guest)
    assert browser.http.get("/api/traveler/bookings").status_code == 401
    assert browser.http.get("/api/account/sessions").status_code == 401


def test_a_refresh_token_is_no_access_token(browser, guest):
    browser.log_in(guest)
    assert not works(browser.cookie)


def test_one_session_ends_from_the_list_and_the_others_go_on(guest, host):
    here, there = Browser(), Browser()
    mine, other = (each.log_in(guest).json()["token"] for each in (here, there))
    listed = CheckedClient(headers={"authorization": f"Bearer {mine}"})
    ids = {
        each["is_current"]: each["id"]
        for each in listed.get("/api/account/sessions").json()["results"]
    }
    path = f"/api/account/sessions/{ids[False]}"
    assert host.delete(path).status_code == 404
    assert works(other)
    assert listed.delete(path).status_code == 204
    assert (works(mine), works(other)) == (True, False)
    assert (here.refresh().status_code, there.refresh().status_code) == (200, 401)
    assert listed.delete(path).status_code == 404


def test_logging_out_everywhere_ends_all_of_one_person(guest, host):
    here, there, others = Browser(), Browser(), Browser()
    tokens = [each.log_in(guest).json()["token"] for each in (here, there)]
    foreign = others.log_in(host).json()["token"]
    listed = CheckedClient(headers={"authorization": f"Bearer {tokens[0]}"})
    assert listed.delete("/api/account/sessions").status_code == 204
    assert [works(token) for token in (*tokens, guest.token)] == [False] * 3
    assert [each.refresh().status_code for each in (here, there, others)] == [401, 401, 200]
    assert works(foreign)
    assert noted()[-1] == "sessions_ended"
    assert here.log_in(guest).status_code == 200


def test_a_program_logs_out(guest, anonymous):
    body = {"email": guest.user.email, "password": PASSWORD}
    login = anonymous.post(
        "/api/traveler/auth/login",
        body,
        content_type="application/json",
        headers={"user-agent": "curl/8.5.0"},
    )
    token = login.json()["token"]
    bearer = {"authorization": f"Bearer {token}"}
    [session] = anonymous.get("/api/account/sessions", headers=bearer).json()["results"]
    assert (session["kind"], session["device"]) == ("program", "curl/8.5.0")
    assert anonymous.post("/api/account/logout", headers=bearer).status_code == 204
    assert not works(token)
    assert guest.get("/api/account/sessions").json()["results"] == []


def test_a_token_without_a_session_is_ended_by_its_own_id(guest):
    assert guest.post("/api/account/logout").status_code == 204
    assert not works(guest.token)
    assert log_ins.count({}) == 0


def test_who_ends_very_many_tokens_ends_all(guest, now, monkeypatch):
    """What the user's row remembers is bounded, and nothing that it forgets comes back to life."""
    monkeypatch.setattr("apps.accounts.services.token_ends.MOST_ENDED", 3)
    until = now + dt.timedelta(hours=1)
    for number in range(3):
        services.token_end(user_id=guest.id, token=f"t{number}", until=until, now=now)
    assert works(guest.token)
    services.token_end(user_id=guest.id, token="t4", until=until, now=now)
    assert not works(guest.token)
    row = users.find_one({"_id": guest.id})
    assert (row["token_generation"], row["ended_tokens"]) == (1, [])


def test_what_is_remembered_goes_when_the_tokens_have_expired(guest, now):
    services.token_end(user_id=guest.id, token="old", until=now, now=now)
    later = now + dt.timedelta(minutes=6)
    services.token_end(user_id=guest.id, token="new", until=later, now=later)
    assert [each["token"] for each in users.find_one({"_id": guest.id})["ended_tokens"]] == ["new"]


def test_a_user_that_was_read_before_brings_no_token_back(guest, now):
    stale = User.objects.get(pk=guest.id)
    services.tokens_end(user_id=guest.id, now=now)
    stale.set_password("another long passphrase")
    stale.save()
    assert not works(guest.token)
    assert users.find_one({"_id": guest.id})["token_generation"] == 1


def test_a_log_in_that_overlaps_the_end_of_all_tokens_gives_a_dead_one(guest, now):
    """The password was checked before it was changed: however late the token is signed, it is of
    before. Signed with what the row says now it would live, which is the negative control."""
    read_before = User.objects.get(pk=guest.id)
    services.tokens_end(user_id=guest.id, now=now)
    read_after = User.objects.get(pk=guest.id)
    later = now + dt.timedelta(seconds=1)

    def begun(user):
        return services.session_begin(user=user, kind=LogInKind.BROWSER, device=PHONE, now=later)

    late, fresh = begun(read_before), begun(read_after)
    assert (works(late.reply.token), works(fresh.reply.token)) == (False, True)
    with pytest.raises(LogInEndedError):
        services.session_refresh(refresh=late.refresh, device=PHONE, now=later)
    assert services.session_refresh(refresh=fresh.refresh, device=PHONE, now=later)


def test_the_kept_session_renews_its_token(browser, guest, now):
    token = browser.log_in(guest).json()["token"]
    session_id = log_ins.find_one({})["_id"]
    services.tokens_end(user_id=guest.id, now=now, keep=session_id)
    assert not works(token)
    assert works(browser.refresh().json()["token"])


def test_a_session_of_somebody_else_is_not_kept(browser, guest, host, now):
    browser.log_in(host)
    session_id = log_ins.find_one({})["_id"]
    services.tokens_end(user_id=guest.id, now=now, keep=session_id)
    assert browser.refresh().status_code == 200


def test_an_end_within_a_transaction_that_fails_ends_nothing(guest, now):
    def fail():
        services.tokens_end(user_id=guest.id, now=now)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        mongo.run_in_transaction(fail)
    assert works(guest.token)
