"""A few pictures that all load listings share."""

from pathlib import Path

from django.conf import settings

from apps.properties.demo.scenes.draw import SCENES, scene_draw
from apps.properties.demo.scenes.palettes import PALETTES

LOOKS = tuple((scene, palette) for palette in sorted(PALETTES)[:4] for scene in sorted(SCENES))
FILES = tuple(f"load/{palette}-{scene}.svg" for scene, palette in LOOKS)


def pictures_write() -> None:
    root = Path(settings.MEDIA_ROOT)
    for (scene, palette), file in zip(LOOKS, FILES, strict=True):
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(scene_draw(scene, palette=palette, seed=file), encoding="utf-8")
