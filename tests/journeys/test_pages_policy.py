"""The content policy in a real browser: the admin and the API's page work under it, and it refuses.

The SPA's pages are walked by the other journeys, whose window fails a test on any violation."""

import pytest
from playwright.sync_api import expect

from conftest import PASSWORD
from tests.journeys.browsers import POLICY, window

THEME = "getComputedStyle(document.documentElement).getPropertyValue('--color-primary-600')"
SMUGGLED = """() => {
  const image = '<img src="/gone.png" onerror="window.ran=1">';
  document.body.insertAdjacentHTML('beforeend', image);
  const script = document.createElement('script');
  script.textContent = 'window.ran = 2';
  document.body.append(script);
  const far = document.createElement('script');
  far.src = 'https://evil.example/x.js';
  document.body.append(far);
  return fetch('https://evil.example/').catch(() => 0);
}"""
pytestmark = pytest.mark.keeps_data


@pytest.fixture
def desk(system, page):
    """The admin, entered by its form as a superuser."""
    staff = system.register()
    rights = {"is_staff": True, "is_superuser": True}
    system.db.users.update_one({"email": staff.email}, {"$set": rights})
    page.goto("/admin/")
    page.get_by_label("Email").fill(staff.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()
    return page


def test_staff_work_under_the_policy(system, desk):
    desk.goto("/admin/properties/listing/")
    expect(desk.locator("#result_list tbody tr").first).to_be_visible()
    # The colours of the theme, and a style that Alpine sets as text.
    assert desk.evaluate(THEME) in {"#0f6b5b", "rgb(15, 107, 91)"}
    desk.locator("#result_list tbody input[type=checkbox]").first.check()
    expect(desk.locator("#changelist-actions")).to_be_visible()
    assert desk.locator("#changelist-actions").evaluate("bar => bar.style.width").endswith("px")
    # A panel that opens by an expression of Alpine's.
    expect(desk.locator("#changelist-filter")).to_be_hidden()
    desk.locator("a", has_text="Filters").first.click()
    expect(desk.locator("#changelist-filter")).to_be_visible()
    desk.goto("/admin/bookings/booking/")
    desk.goto("/admin/accounts/user/")
    desk.locator("#result_list tbody th a, #result_list tbody td a").first.click()
    expect(desk.locator("form[id$=_form]")).to_be_visible()


def test_the_page_of_the_api_works_under_the_policy(page):
    page.goto("/api/docs")
    page.get_by_text("/api/properties/places", exact=True).click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.get_by_text("Response headers").first).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/admin/login/", "/api/docs", "/nowhere.js"])
def test_what_is_smuggled_into_a_page_does_not_run(system, browser, address):
    """The negative control of every other test here: a violation is seen, and nothing ran."""
    with window(browser, base_url=system.stack.url) as (page, problems):
        page.goto(address)
        page.evaluate(SMUGGLED)
        page.wait_for_timeout(300)
        assert page.evaluate("window.ran") is None
    assert len([problem for problem in problems if POLICY in problem]) >= 4
