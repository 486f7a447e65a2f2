"""Whatever ends a token ends it on every role that takes tokens, and for good.

Each role is a process of its own. The acts are the rows of this matrix, the roles its columns.
"""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from django.test import Client

from airbnb.roles import ROLES
from apps.accounts import services
from apps.accounts.enums import LogInKind
from apps.accounts.models import User
from apps.accounts.rows import log_ins
from apps.accounts.services import Device
from apps.common.clock import utc_now
from conftest import PASSWORD, Person
from tests.accounts.life import OTHER_PASSWORD, link
from tests.contract import CheckedClient
from tests.processes.serving import Server

JSON = "application/json"
DEVICE = Device("Firefox on Linux", "203.0.113.7")
# A call that needs a login; what else it needs does not matter: a 400 or 403 has been let in.
DOORS = {
    "traveler": ("GET", "/api/account/sessions"),
    "owner": ("GET", "/api/owner/bookings"),
    "property": ("POST", "/api/properties"),
    "booking": ("GET", "/api/bookings/holds"),
    "ai": ("GET", "/api/ai/itineraries"),
    "notification": ("GET", "/api/notifications"),
}
# The admin takes sessions of its own and no tokens.
WITHOUT_TOKENS = {"admin"}


def test_the_matrix_has_every_role_that_answers():
    answering = {name for name, role in ROLES.items() if role.is_web and name != "all"}
    assert set(DOORS) == answering - WITHOUT_TOKENS


@pytest.fixture(scope="module")
def servers(database):
    with ThreadPoolExecutor(2) as pool:
        started = dict(zip(DOORS, pool.map(Server, DOORS), strict=True))
    yield started
    for server in started.values():
        server.process.terminate()
    for server in started.values():
        server.stop()


def let_in(servers, token: str) -> dict[str, bool]:
    """By role, whether its process takes the token."""
    headers = {"authorization": f"Bearer {token}"}
    found = {}
    for role, (method, path) in DOORS.items():
        reply = httpx.request(method, f"{servers[role].url}{path}", headers=headers, timeout=30)
        assert reply.status_code < 500, (role, reply.text)
        found[role] = reply.status_code != 401
    return found


ALL_IN, ALL_OUT = dict.fromkeys(DOORS, True), dict.fromkeys(DOORS, False)


def begin(user: User) -> services.Begun:
    user.refresh_from_db()
    return services.session_begin(user=user, kind=LogInKind.BROWSER, device=DEVICE, now=utc_now())


def _session_of(token: str, client: CheckedClient) -> str:
    listed = client.get("/api/account/sessions", headers={"authorization": f"Bearer {token}"})
    return next(each["id"] for each in listed.json()["results"] if each["is_current"])


def log_out(person: Person, begun: services.Begun) -> None:
    client = CheckedClient(headers={"authorization": f"Bearer {begun.reply.token}"})
    assert client.post("/api/account/logout").status_code == 204


def log_out_of_browser(person: Person, begun: services.Begun) -> None:
    client = CheckedClient(headers={"x-staywell-session": "browser"})
    client.cookies["staywell_refresh"] = begun.refresh
    assert client.delete("/api/account/session").status_code == 204


def log_out_everywhere(person: Person, begun: services.Begun) -> None:
    assert begin(person.user)
    client = CheckedClient(headers={"authorization": f"Bearer {begun.reply.token}"})
    assert client.delete("/api/account/sessions").status_code == 204


def end_from_the_list(person: Person, begun: services.Begun) -> None:
    mine = CheckedClient(headers={"authorization": f"Bearer {begin(person.user).reply.token}"})
    session_id = _session_of(begun.reply.token, CheckedClient())
    assert mine.delete(f"/api/account/sessions/{session_id}").status_code == 204


def end_by_staff(person: Person, begun: services.Begun) -> None:
    row = log_ins.find_one({"user_id": person.id})
    services.log_in_end(log_in_id=row["_id"], now=utc_now())


def reuse_the_cookie(person: Person, begun: services.Begun) -> None:
    now = utc_now()
    services.session_refresh(refresh=begun.refresh, device=DEVICE, now=now)
    with pytest.raises(services.LogInEndedError):
        services.session_refresh(
            refresh=begun.refresh, device=DEVICE, now=now + dt.timedelta(minutes=1)
        )


def change_the_password(person: Person, begun: services.Begun) -> None:
    mine = CheckedClient(headers={"authorization": f"Bearer {begin(person.user).reply.token}"})
    body = {"current_password": PASSWORD, "new_password": OTHER_PASSWORD}
    assert mine.post("/api/account/password", body, JSON).status_code == 204


def reset_the_password(person: Person, begun: services.Begun) -> None:
    services.password_forgotten(email=person.user.email, now=utc_now())
    token = link(person.user.email, "reset_password")
    body = {"token": token, "password": OTHER_PASSWORD}
    assert CheckedClient().post("/api/account/password/reset", body, JSON).status_code == 204


def suspend_and_restore(person: Person, begun: services.Begun) -> None:
    services.user_suspend(user_id=person.id, now=utc_now())
    services.user_restore(user_id=person.id, now=utc_now())


def change_rights(person: Person, begun: services.Begun) -> None:
    email = "root@example.com"
    User.objects.create_superuser(email, PASSWORD, username="root")
    admin = Client()
    admin.force_login(User.objects.get(email=email))
    form = {"first_name": "Kim", "last_name": "", "phone": "", "is_staff": "on"}
    changed = admin.post(f"/admin/accounts/user/{person.id}/change/", form)
    assert changed.status_code == 302, changed.content
    assert User.objects.get(pk=person.id).is_staff


ACTS: list[Callable[[Person, services.Begun], None]] = [
    log_out,
    log_out_of_browser,
    log_out_everywhere,
    end_from_the_list,
    end_by_staff,
    reuse_the_cookie,
    change_the_password,
    reset_the_password,
    suspend_and_restore,
    change_rights,
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_the_tokens_of_before_are_refused_on_every_role_and_stay_dead(servers, guest, act):
    """With the very next call, which is within 60 s. A log-in afterwards works on every role."""
    begun = begin(guest.user)
    assert let_in(servers, begun.reply.token) == ALL_IN
    act(guest, begun)
    assert let_in(servers, begun.reply.token) == ALL_OUT
    assert let_in(servers, begin(guest.user).reply.token) == ALL_IN
    assert let_in(servers, begun.reply.token) == ALL_OUT
    with pytest.raises(services.LogInEndedError):
        services.session_refresh(refresh=begun.refresh, device=DEVICE, now=utc_now())


def test_a_suspended_persons_tokens_are_refused_on_every_role(servers, guest):
    token = begin(guest.user).reply.token
    services.user_suspend(user_id=guest.id, now=utc_now())
    assert let_in(servers, token) == ALL_OUT


def test_what_ends_nothing_lets_the_token_live(servers, guest):
    """Negative control."""
    begun = begin(guest.user)
    services.session_refresh(refresh=begun.refresh, device=DEVICE, now=utc_now())
    guest.put("/api/traveler/profile", {"first_name": "Kim"})
    assert let_in(servers, begun.reply.token) == ALL_IN
