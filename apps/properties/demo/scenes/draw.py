from collections.abc import Callable, Mapping

from apps.properties.demo.scenes import indoors, nature, town, yards
from apps.properties.demo.scenes.canvas import Canvas
from apps.properties.demo.scenes.hours import LIGHTS, Hour, palette_at
from apps.properties.demo.scenes.palettes import PALETTES, Palette

SCENES: Mapping[str, Callable[[Canvas, Palette], None]] = {
    "sea": nature.sea,
    "bay": nature.bay,
    "mountains": nature.mountains,
    "cabin": nature.cabin,
    "desert": nature.desert,
    "skyline": town.skyline,
    "rowhouses": town.rowhouses,
    "canal": town.canal,
    "rooftops": town.rooftops,
    "courtyard": yards.courtyard,
    "garden": yards.garden,
    "interior": indoors.interior,
    "bedroom": indoors.bedroom,
    "kitchen": indoors.kitchen,
    "nook": indoors.nook,
}


INSIDE = frozenset({"interior", "bedroom", "kitchen", "nook"})


def scene_draw(scene: str, *, palette: str, seed: str, hour: Hour = Hour.DAY) -> str:
    """The same SVG for the same arguments."""
    found = LIGHTS[hour]
    canvas = Canvas(seed, light=found.inside if scene in INSIDE else found.outside)
    SCENES[scene](canvas, palette_at(PALETTES[palette], hour))
    return canvas.svg()
