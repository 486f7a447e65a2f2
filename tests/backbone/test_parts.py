from faults.__main__ import BACKBONE
from faults.backbone import parts


def test_every_part_is_on_the_command_line():
    assert tuple(parts.PARTS) == BACKBONE
