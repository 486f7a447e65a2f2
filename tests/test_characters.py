"""What a text may hold: the languages of the world and pictures, and nothing that hides."""

import unicodedata

import pytest

from apps.common.characters import cleaned, normalised, problem, visible
from tests.texts import LINES, REFUSED, STORED

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("text", STORED.values(), ids=STORED)
def test_what_people_write_stands(text):
    assert problem(text, multiline=False) == ""
    assert cleaned(text) == normalised(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(("text", "place", "named"), REFUSED.values(), ids=REFUSED)
def test_what_hides_is_named_with_its_place(text, place, named):
    for multiline in (False, True):
        sentence = problem(text, multiline=multiline)
        assert sentence.startswith(f"Character {place} is ")
        assert named in sentence
        assert problem(cleaned(text, multiline=multiline), multiline=multiline) == ""


@pytest.mark.parametrize("text", [*LINES.values(), "first\rsecond"])
def test_line_ends_stand_where_there_are_lines(text):
    assert problem(text, multiline=True) == ""
    assert problem(text, multiline=False).startswith("Character 6 is U+000")
    assert normalised(text) in {"first\nsecond", "first\tsecond"}
    assert cleaned(text) == "first second"


def test_a_text_has_one_spelling():
    assert normalised("e\u0301") == "é"
    assert cleaned(" e\u0301\u200b ") == "é"


def test_what_is_quoted_is_short_and_seen():
    assert visible("a\u202eb\n") == "aU+202E (RIGHT-TO-LEFT OVERRIDE)bU+000A"
    assert visible("x" * 100_000) == "x" * 40 + "..."
    assert visible("\ud800") == "U+D800"
