"""Files as spreadsheets, programs and bad lines make them: read right, or refused by name."""

import bz2
import codecs
import gzip
import lzma

import pytest

from apps.properties.tests.odd_dumps import FIELDS, NIGHT, REVIEW, read, table

pytestmark = pytest.mark.unit
NAME = "Café Zürich naïve"
QUOTED = {"name": NAME, "description": 'She said "hi", twice\nand left'}
TEXT = table(QUOTED)
SEMICOLONS = table(QUOTED, delimiter=";", end="\r\n")
GREEK = {"name": "Διαμέρισμα με θέα"}
RUSSIAN = {"name": "Квартира возле моря"}


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        table(QUOTED, end="\r\n").encode(),
        table(QUOTED, end="\r").encode(),
        SEMICOLONS.encode(),
        table(QUOTED, delimiter="\t").encode(),
        table(QUOTED, delimiter="|").encode(),
        b"sep=;\r\n" + SEMICOLONS.encode(),
        b"\r\n\r\n" + TEXT.encode(),
        TEXT.rstrip("\n").encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("cp1252"),
        table(QUOTED, end="\r").encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF16_LE + table(QUOTED, delimiter="\t", end="\r\n").encode("utf-16-le"),
        TEXT.encode("utf-32"),
        gzip.compress(TEXT.encode(), mtime=0),
        gzip.compress(SEMICOLONS.encode("utf-16"), mtime=0),
        gzip.compress(TEXT[:90].encode(), mtime=0) + gzip.compress(TEXT[90:].encode(), mtime=0),
        TEXT.replace("host_id", " Host ID ").encode(),
        TEXT.replace("\n7,", ",,\n7,").replace("Kallang\n", "Kallang,,\n").encode(),
        TEXT.replace("Kallang\n", "Kallang,,\n").encode(),
    ],
    ids=lambda data: data[:12].hex(),
)
def test_the_same_listing_however_it_is_written(tmp_path, data):
    found = read(tmp_path, data)
    assert (found.error, found.rejected) == ("", [])
    [listing] = found.listings.values()
    assert listing["title"] == NAME
    assert listing["description"] == 'She said "hi", twice\nand left'
    assert listing["price_per_night"] == 10_000
    assert listing["exact"]["coordinates"]["coordinates"] == [103.8, 1.3]


def test_an_encoding_that_is_named(tmp_path):
    [listing] = read(tmp_path, table(RUSSIAN).encode("cp1251"), encoding="cp1251").listings.values()
    assert listing["title"] == RUSSIAN["name"]
    [listing] = read(tmp_path, table(GREEK).encode("utf-16"), encoding="cp1251").listings.values()
    assert listing["title"] == GREEK["name"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (table(RUSSIAN).encode("cp1251"), "neither UTF-8 nor of Western Europe: name its encoding"),
        (table(GREEK).encode("cp1253"), "neither UTF-8 nor of Western Europe: name its encoding"),
        (bz2.compress(TEXT.encode()), "is not a CSV file of listings but a bzip2 archive"),
        (lzma.compress(TEXT.encode()), "is not a CSV file of listings but an xz archive"),
        (b"PK\x03\x04" + TEXT.encode(), "but a zip archive or a spreadsheet"),
        (b"%PDF-1.7\n", "but a PDF"),
        (gzip.compress(TEXT.encode() * 50, mtime=0)[:-9], "is damaged or ends too early"),
        (gzip.compress(TEXT.encode(), mtime=0) + b"more", "is damaged or ends too early"),
        (TEXT.encode("utf-16")[:-1], "is damaged or ends too early"),
        (table(QUOTED).splitlines()[0].encode(), "holds no listing, only the names of columns"),
        (b"x" * 17_000_000, "has a line of more than 16 MB"),
        (TEXT.replace("host_name", "price").encode(), "has two columns price"),
        (TEXT.replace("price", "cost").encode(), "lacks the columns price"),
        (b"7,Flat,5,1.3,103.8\n", "its first line names none of the columns"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_files_that_are_refused(tmp_path, data, error):
    found = read(tmp_path, data)
    assert error in found.error
    assert found.listings == {}


ROW = table({"id": "8"}).splitlines()[1]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (TEXT.encode() + ROW.replace("A quiet", "Caf\xe9").encode("cp1252"), "which is not utf-8"),
        (
            table({"description": "é à ü " * 9}).encode("cp1252")
            + ROW.replace("A quiet", "Café").encode(),
            "description is 'Caf\xc3\xa9 flat', which is utf-8 in a file of cp1252",
        ),
        (
            TEXT.encode("cp1252") + ROW.encode().replace(b"A quiet", b"A \x81"),
            "which is not cp1252",
        ),
        (TEXT.encode() + b"8,Flat\n", "line 4: 2 cells where the header has 15"),
        (TEXT.encode() + ROW.encode() + b",more\n", "16 cells where the header has 15"),
        (
            TEXT.encode() + ROW.replace("A quiet flat", '"A "quiet" flat"').encode(),
            "line 4: ',' expected after '\"'",
        ),
        (
            TEXT.encode() + ROW.replace("Kallang", '"Kallang').encode() + b"\n9,x\n10,y\n",
            "unexpected end of data (lines 4 to 6 are lost)",
        ),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_rows_that_are_refused_beside_one_that_is_read(tmp_path, data, reason):
    found = read(tmp_path, data)
    assert list(found.listings) == ["7"]
    assert any(reason in rejected for rejected in found.rejected), found.rejected


def test_what_nobody_sees_goes_from_texts_and_not_from_ids(tmp_path):
    rows = table({"description": "A \0quiet\u200b flat"}, {"id": "8\0"}, {"id": "\ufeff9"})
    found = read(tmp_path, rows)
    assert found.listings["7"]["description"] == "A quiet flat"
    assert found.rejected == [
        r"listings.csv, line 3: id is '8\x00', not an id",
        r"listings.csv, line 4: id is '\ufeff9', not an id",
    ]


def test_a_file_says_how_it_was_read(tmp_path):
    data = table({}, delimiter=";", end="\r").encode("utf-16")
    found = read(tmp_path, data)
    assert found.context.report.formats == {
        "listings.csv": "utf-16, ';' between cells, CR line ends"
    }


def test_all_three_files_may_be_odd(tmp_path):
    found = read(
        tmp_path,
        table({}, delimiter=";").encode("utf-16"),
        calendar=table({}, base=NIGHT, delimiter="\t", end="\r\n").encode("cp1252"),
        reviews=table({"comments": "Très bien"}, base=REVIEW, end="\r").encode("cp1252"),
    )
    assert found.rejected == []
    assert found.context.calendar.taken == 1
    assert found.reviews[0]["text"] == "Très bien"


def test_columns_that_this_does_not_know_may_be_blank_and_many(tmp_path):
    wide = {**FIELDS, **{f"extra_{number}": "" for number in range(200)}}
    assert list(read(tmp_path, table({}, base=wide)).listings) == ["7"]
