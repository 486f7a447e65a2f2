"""Second factor, sessions, export, deletion and suspension in a real browser."""

import datetime as dt
import subprocess
import zipfile
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect
from playwright.sync_api import Error as Unanswered

from apps.accounts import codes
from conftest import PASSWORD
from stack.common.paths import PYTHON, ROOT
from stack.common.waiting import wait_until
from tests.journeys.browsers import window
from tests.journeys.system import WAIT_SECONDS, Account, System, enter, log_in, reserve, said

pytestmark = pytest.mark.keeps_data
PRESS_MS = 5_000
SUSPEND = """
from bson import ObjectId
from apps.accounts.services import user_suspend
from apps.common.clock import utc_now
user_suspend(user_id=ObjectId("{user_id}"), now=utc_now())
"""


def _code(secret: str, steps: int) -> str:
    """What an authenticator app shows; each step is good for one log-in."""
    step = int(dt.datetime.now(dt.UTC).timestamp()) // codes.STEP_SECONDS
    return codes.code_at(secret, step + steps).decode()


def _log_in(page: Page, account: Account) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill(account.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def _enter_code(page: Page, code: str) -> None:
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Log in").click()


def test_a_second_factor_is_set_up_asked_for_and_switched_off(system, page):
    guest = system.register()
    enter(page, guest, "/account/security")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("img", name="QR code of the secret")).to_be_visible()
    secret = (page.locator("code").text_content() or "").replace(" ", "")
    page.get_by_label("Code of the app").fill("000000")
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_label("Code of the app")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Code of the app").fill(_code(secret, -1))
    page.get_by_role("button", name="Switch it on").click()
    recovery = page.get_by_role("region", name="Recovery codes").get_by_role("listitem")
    expect(recovery).to_have_count(10)
    kept = recovery.all_text_contents()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_role("heading", name="The second factor is on")).to_be_visible()

    page.context.clear_cookies()
    _log_in(page, guest)
    _enter_code(page, _code(secret, 0))
    expect(page.get_by_role("button", name="Account menu")).to_be_visible()
    page.context.clear_cookies()
    _log_in(page, guest)
    _enter_code(page, kept[0])
    expect(page.get_by_role("button", name="Account menu")).to_be_visible()

    page.goto("/account/security")
    expect(page.get_by_text("9 recovery codes are left.")).to_be_visible()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_label("Code of the app, or a recovery code").fill(kept[1])
    page.get_by_role("button", name="Switch it off").click()
    said(page, "The second factor is off.")


def _device(page: Page) -> tuple[CDPSession, str]:
    """A device that keeps passkeys and knows its holder by their finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def test_a_passkey_is_added_logs_in_and_is_removed(system: System, browser: Browser):
    guest = system.register()
    # A bare address has no passkeys.
    url = system.stack.url.replace("127.0.0.1", "localhost")
    with window(browser, base_url=url) as (page, problems):
        devtools, device = _device(page)
        enter(page, guest, "/account/security")
        page.get_by_role("button", name="Add a passkey").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name").fill("My phone")
        dialog.get_by_label("Your password").fill(PASSWORD)
        dialog.get_by_role("button", name="Go on").click()
        said(page, "The passkey was added.")
        expect(page.get_by_role("list", name="Passkeys").get_by_role("listitem")).to_have_count(1)

        page.context.clear_cookies()
        # A device that does not know who holds it is refused.
        devtools.send(
            "WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False}
        )
        page.goto("/login")
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_role("alert")).to_contain_text("No passkey was used")
        devtools.send(
            "WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True}
        )
        # The page has asked the device too, for its autofill, and may be quicker than the button.
        with suppress(Unanswered):
            page.get_by_role("button", name="Use a passkey").click(timeout=PRESS_MS)
        expect(page.get_by_role("button", name="Account menu")).to_be_visible()

        page.goto("/account/security")
        page.get_by_role("button", name="Remove My phone").click()
        dialog.get_by_role("button", name="Use a passkey instead").click()
        said(page, "My phone was removed.")
        page.context.clear_cookies()
        page.goto("/login")
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_role("alert")).to_contain_text("was removed")
        assert problems == []
    assert system.db.passkeys.count_documents({"user_id": guest.id()}) == 0


def test_sessions_are_listed_ended_one_by_one_and_everywhere(
    system: System, page: Page, browser: Browser
):
    guest = system.register()
    agent = "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0"
    with window(browser, base_url=system.stack.url, user_agent=agent) as (other, problems):
        enter(other, guest, "/bookings")
        enter(page, guest, "/account/sessions")
        sessions = page.get_by_role("list", name="Sessions").get_by_role("listitem")
        # Registering logged a program in.
        expect(sessions).to_have_count(3)
        expect(sessions.filter(has_text="This device")).to_have_count(1)
        page.get_by_role("button", name="Log out Firefox on Windows").click()
        said(page, "Firefox on Windows is logged out.")
        expect(sessions).to_have_count(2)
        other.goto("/bookings")
        expect(other.get_by_role("button", name="Account menu")).to_have_count(0)

        other.goto("/login")
        log_in(other, guest)
        page.get_by_role("button", name="Log out everywhere").click()
        page.get_by_role("dialog").get_by_role("button", name="Log out everywhere").click()
        expect(page.get_by_role("button", name="Account menu")).to_have_count(0)
        other.goto("/account")
        expect(other.get_by_role("button", name="Account menu")).to_have_count(0)
        assert problems == []
    assert guest.get("/api/traveler/profile").status_code == 401


def test_data_is_taken_along_and_the_account_deleted_and_kept_after_all(system, page, tmp_path):
    guest = system.register()
    enter(page, guest, "/account/data")
    page.get_by_role("button", name="Ask for your data").click()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Download the file").click()
    file = tmp_path / "data.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as stored:
        text = "".join(stored.read(name).decode() for name in stored.namelist())
    assert guest.email in text

    page.get_by_role("button", name="Delete the account…").click()
    page.get_by_label("Your password").fill("not the password")
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_label("Your password")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Delete my account").click()
    said(page, "Your account will be erased on")
    expect(page.get_by_role("button", name="Account menu")).to_have_count(0)
    page.goto("/login")
    log_in(page, guest)
    assert system.db.users.find_one({"email": guest.email})["erase_at"] is None


def _suspend(system: System, account: Account) -> None:
    """As a moderator does, by the service behind the admin's action."""
    subprocess.run(
        [PYTHON, "manage.py", "shell", "-v", "0", "-c", SUSPEND.format(user_id=account.id())],
        cwd=ROOT,
        env=system.stack.environment,
        check=True,
        capture_output=True,
    )


def test_a_guest_who_is_suspended_at_the_checkout_reads_why_and_pays_nothing(system, page):
    listings, stay = system.find_free(per_page=100)
    guest, listing = system.register(), listings[60]
    query = f"check_in={stay['check_in']}&check_out={stay['check_out']}&guests=1"
    enter(page, guest, f"/listings/{listing['id']}?{query}")
    reserve(page)
    _suspend(system, guest)
    page.get_by_role("radio", name="Visa ending in 4242", exact=True).check()
    page.get_by_role("button", name="Request to book").click()
    expect(page.get_by_role("heading", name="Your account is suspended")).to_be_visible()
    assert system.db.bookings.count_documents({"guest_id": guest.id()}) == 0
    assert system.db.payments.count_documents({"guest_id": guest.id()}) == 0
    # A worker gives back the nights that were held for them.
    other = system.register()
    body = {"listing_id": listing["id"], "guest_count": 1, **stay}
    wait_until(
        lambda: other.post("/api/bookings", body).status_code == 201,
        "the nights",
        seconds=WAIT_SECONDS,
        pause=1,
    )
