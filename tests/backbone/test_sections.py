from faults.__main__ import BACKBONE
from faults.backbone import sections


def test_every_section_is_on_the_command_line():
    assert tuple(sections.SECTIONS) == BACKBONE
