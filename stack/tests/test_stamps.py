import pytest

from stack.common.stamps import digest, is_current, set_stamp


@pytest.mark.unit
def test_a_digest_follows_contents_names_and_extra_words(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text("one")
    first = digest([source])
    assert digest([source]) == first
    assert digest([source], "split") != first
    (source / "a.txt").write_text("two")
    second = digest([source])
    assert second != first
    (source / "b.txt").write_text("")
    assert digest([source]) != second


@pytest.mark.unit
def test_what_is_made_from_the_sources_does_not_count(tmp_path):
    before = digest([tmp_path])
    for name in ("node_modules", "__pycache__", "dist"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "made").write_text("x")
    assert digest([tmp_path]) == before


def test_a_stamp_is_current_only_for_its_value(tmp_path):
    stamp = tmp_path / "deep" / "stamp"
    assert not is_current(stamp, "v")
    set_stamp(stamp, "v")
    assert is_current(stamp, "v")
    assert not is_current(stamp, "w")
