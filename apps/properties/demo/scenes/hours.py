"""The light of an hour: the sky's colours, and what all others are multiplied by."""

from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from apps.properties.demo.scenes.canvas import WHITE
from apps.properties.demo.scenes.palettes import Palette


class Hour(Enum):
    DAY = "day"
    GOLDEN = "golden"
    DUSK = "dusk"
    NIGHT = "night"


class Light(NamedTuple):
    """`outside` and `inside` tint a picture; rooms have lamps. By day the sky is the palette's."""

    sky: tuple[str, str] | None
    sun: str
    outside: str
    inside: str


LIGHTS = {
    Hour.DAY: Light(None, "", WHITE, WHITE),
    Hour.GOLDEN: Light(("#a9cff2", "#ffdca8"), "#ffe9a8", "#fff0d8", "#fff3e0"),
    Hour.DUSK: Light(("#6f6fb5", "#ffab8f"), "#ffd7b0", "#d9b3cf", "#ffe2c2"),
    Hour.NIGHT: Light(("#2b3a78", "#8b8fd0"), "#fffbe6", "#7f8cc9", "#f5cf9f"),
}


def palette_at(palette: Palette, hour: Hour) -> Palette:
    light = LIGHTS[hour]
    return replace(palette, sky=light.sky, sun=light.sun) if light.sky else palette
