import pytest

from stack.setup.debian_archive import mirror_in

pytestmark = pytest.mark.unit

DEB822 = """\
Types: deb
URIs: http://mirror.example/debian
Suites: bookworm
"""


@pytest.mark.parametrize(
    "sources",
    [
        DEB822,
        "deb http://mirror.example/debian bookworm main\n",
        "# a comment\ndeb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian bookworm main",
    ],
)
def test_both_formats_of_apt_sources_are_understood(sources):
    assert mirror_in(sources) == "http://mirror.example/debian"


@pytest.mark.parametrize(
    "sources",
    [
        "",
        "# deb http://mirror.example/debian bookworm main",
        "URIs: http://mirror.example/debian-security\n",
        "deb http://mirror.example/node nodistro main",
    ],
)
def test_other_archives_are_not_taken(sources):
    assert mirror_in(sources) is None
