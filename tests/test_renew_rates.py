"""`manage.py renew_rates`: the real client against a local server that answers as the bank does."""

from contextlib import closing
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.ai.tests.servers import NOWHERE, LocalServer, Reply
from apps.common.exchange import BUNDLED, current_rates

pytestmark = pytest.mark.unit
PUBLISHED = BUNDLED.read_bytes()
NEWER = PUBLISHED.replace(b"2026-10-30", b"2026-11-02").replace(b"'1.1172'", b"'1.1211'")


@pytest.fixture
def bank():
    with closing(LocalServer()) as server:
        yield server


@pytest.fixture
def file(tmp_path, settings):
    file = tmp_path / "rates" / "daily.xml"
    settings.EXCHANGE_RATES_FILE = str(file)
    file.parent.mkdir()
    file.write_bytes(PUBLISHED)
    return file


def renew(bank, *options):
    written = StringIO()
    call_command("renew_rates", "--url", f"{bank.url}/daily.xml", *options, stdout=written)
    return written.getvalue()


def test_the_rates_of_the_day_take_the_place_of_those_of_before(bank, file):
    bank.reply = Reply(NEWER)
    assert renew(bank) == f"{file}: 29 rates of 2026-11-02\n"
    assert str(current_rates().per_euro["USD"]) == "1.1211"
    assert [path.name for path in file.parent.iterdir()] == ["daily.xml"]
    assert renew(bank) == f"{file}: 29 rates of 2026-11-02\n"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(b"<html>"), "not XML"),
        (Reply(NEWER, status=503), "503"),
        (Reply(NEWER, cut=True), "did not answer"),
        (Reply(NEWER + b" " * 100_000), "more than 100,000 bytes"),
        (Reply(NEWER.replace(b"2026-11-02", b"2026-10-29")), "the rates are of 2026-10-29"),
        (Reply(NEWER.replace(b"2026-11-02", b"2999-01-01")), "the rates are of 2999-01-01"),
        (Reply(NEWER.replace(b"'1.1211'", b"'111.72'")), "USD moved more than 2-fold"),
        (Reply(NEWER.replace(b"'1.1211'", b"'0.5'")), "USD moved more than 2-fold"),
    ],
)
def test_nonsense_changes_nothing(bank, file, reply, reason):
    bank.reply = reply
    with pytest.raises(CommandError, match=rf"Nothing is changed: .*{reason}"):
        renew(bank)
    assert file.read_bytes() == PUBLISHED
    assert [path.name for path in file.parent.iterdir()] == ["daily.xml"]


def test_a_jump_is_taken_when_a_person_says_so(bank, file):
    bank.reply = Reply(NEWER.replace(b"'1.1211'", b"'111.72'"))
    assert "Moved more than 2-fold: USD" in renew(bank, "--accept-jumps")
    assert str(current_rates().per_euro["USD"]) == "111.72"


def test_what_is_no_longer_published_is_named(bank, file):
    bank.reply = Reply(NEWER.replace(b"<Cube currency='TRY' rate='55.8015'/>", b""))
    assert "No longer published: TRY" in renew(bank)


def test_a_bank_out_of_reach_changes_nothing(file):
    with pytest.raises(CommandError, match="did not answer"):
        call_command("renew_rates", "--url", NOWHERE)
    assert file.read_bytes() == PUBLISHED
