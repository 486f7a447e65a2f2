import pytest

from apps.accounts.services import device_name

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
DROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"{MAC} Chrome/131.0.0.0 Safari/537.36", "Chrome on macOS"),
        (f"{MAC} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge on macOS"),
        (f"{MAC} Version/18.1 Safari/605.1.15", "Safari on macOS"),
        (
            f"{PHONE} (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (f"{DROID} Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        (
            f"{DROID} SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Firefox on Linux",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("python-httpx/0.28.1 (me)", "python-httpx/0.28.1"),
        ("", "Unknown device"),
        ("<script>alert(1)</script>", "Unknown device"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_device_is_named_as_a_person_would(user_agent, name):
    assert device_name(user_agent) == name
