import socket

import pytest

from apps.calendars.clients import AddressRefusedError, FetchError, feed_fetched, target_of
from apps.calendars.clients.addresses import is_outside

pytestmark = pytest.mark.unit
INSIDE = [
    *("127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:0:1::"),
]


@pytest.mark.parametrize("number", INSIDE)
def test_numbers_that_lead_inside(number):
    assert not is_outside(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_numbers_of_the_internet(number):
    assert is_outside(number)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://a.example/1.ics", "must begin with"),
        ("file:///etc/passwd", "must begin with"),
        ("a.example/1.ics", "must begin with"),
        ("https://a.example:22/1.ics", "usual port"),
        ("https://a.example:99999/1.ics", "no address"),
        ("https://me@a.example/1.ics", "name and password"),
        ("https://:hidden@a.example/1.ics", "name and password"),
        ("https:///1.ics", "no site"),
        ("https://localhost/1.ics", "no site of the internet"),
        ("http://127.0.0.1/1.ics", "private network"),
        ("http://[::1]/1.ics", "private network"),
        ("http://[::ffff:10.0.0.1]/1.ics", "private network"),
        ("https://a.example/1\n.ics", "no address"),
        ("https://" + "a" * 300 + ".example/", "no site"),
    ],
)
def test_addresses_that_are_refused(url, said):
    with pytest.raises(AddressRefusedError, match=said):
        target_of(url)


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("webcal://p1-calendars.icloud.com/a", "p1-calendars.icloud.com", 443),
        ("HTTP://A.example/a", "a.example", 80),
        ("https://münchen.example/a", "xn--mnchen-3ya.example", 443),
    ],
)
def test_addresses_that_are_not(url, host, port):
    target = target_of(url)
    assert (target.host, target.port) == (host, port)


@pytest.mark.parametrize("name", ["2130706433", "0x7f.1", "rebound.example"])
def test_a_name_that_leads_inside_is_refused_when_it_is_looked_up(name, monkeypatch):
    """Whatever a name was before: all that it leads to now is checked."""
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443))
        for number in ("93.184.216.34", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("connected"))
    with pytest.raises(AddressRefusedError):
        feed_fetched(f"https://{name}/1.ics", seconds=1)


def test_what_was_checked_is_connected_to(monkeypatch):
    """Not the name: it could lead elsewhere the second time."""
    asked = []
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)

    def connect(address, **_options):
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError):
        feed_fetched("http://rebound.example/1.ics", seconds=1)
    assert asked == [("93.184.216.34", 80)]
