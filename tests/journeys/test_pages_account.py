"""The life of an account in a real browser; its links are read from the e-mails that were sent."""

import re
import uuid
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import PASSWORD
from stack.common.waiting import wait_until
from tests.journeys.system import WAIT_SECONDS, System

pytestmark = pytest.mark.keeps_data
NEW_PASSWORD = "another long enough password"


def _link(system: System, address: str, page: str) -> str:
    """The link to a page in an e-mail to the address, once it was sent."""
    folder = Path(system.stack.environment["EMAIL_FILE_PATH"])
    found: list[str] = []

    def look() -> bool:
        for file in folder.glob("*.eml"):
            message = message_from_bytes(file.read_bytes(), policy=default)
            if message["To"] == address:
                text = message.get_body(("plain",)).get_content()
                found.extend(re.findall(rf"http\S+/{page}#\S+", text))
        return bool(found)

    wait_until(look, f"an e-mail with a link to {page}", seconds=WAIT_SECONDS)
    return found[-1]


def _log_in(page: Page, address: str, password: str) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Account menu")).to_be_visible()


def test_register_verify_forget_and_reset(system, page):
    name = f"new-{uuid.uuid4().hex[:10]}"
    address = f"{name}@example.com"
    page.goto("/register")
    for label, text in {
        "First name": "Gia",
        "Last name": "Rossi",
        "Username": name,
        "E-mail": address,
        "Password": PASSWORD,
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Sign up").click()
    banner = page.get_by_role("region", name="Confirm your e-mail address")
    expect(banner).to_contain_text(f"open the link that we sent to {address}")

    page.goto(_link(system, address, "verify"))
    page.get_by_role("button", name="Confirm the address").click()
    expect(page.get_by_text("Your e-mail address is confirmed.")).to_be_visible()
    expect(page).to_have_url(re.compile("/verify$"))
    expect(banner).to_have_count(0)

    page.goto("/forgot")
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("If there is an account with this address")).to_be_visible()
    page.goto(_link(system, address, "reset"))
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("all devices are logged out")).to_be_visible()

    page.context.clear_cookies()
    _log_in(page, address, NEW_PASSWORD)
    page.goto("/account")
    page.get_by_role("button", name="Become a host").click()
    expect(page.get_by_text("You are guest and host with this account.")).to_be_visible()
    page.goto("/host/listings")
    expect(page.get_by_role("heading", name="Your listings")).to_be_visible()
