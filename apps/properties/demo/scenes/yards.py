"""Courtyards and gardens."""

from apps.properties.demo.scenes.canvas import LIT, WIDTH, Canvas
from apps.properties.demo.scenes.nature import sky, tree
from apps.properties.demo.scenes.palettes import Palette


def courtyard(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    wall = pick.choice(colours.walls[:3])
    canvas.rect(0, 0, WIDTH, 90, canvas.fade(*colours.sky))
    canvas.rect(0, 62, WIDTH, 230, wall)
    canvas.rect(0, 54, WIDTH, 14, colours.roof)
    _tiles(canvas, range(0, WIDTH, 30), 84, (15, 10), colours.accent)
    for x in (100, 300, 500):
        canvas.path(f"M{x - 58} 292V180A58 62 0 0 1 {x + 58} 180V292Z", "#fff", opacity=0.55)
        canvas.path(
            f"M{x - 48} 292V182A48 52 0 0 1 {x + 48} 182V292Z",
            canvas.fade(colours.dark, colours.wood),
        )
    canvas.rect(288, 196, 24, 32, LIT, r=4)
    canvas.line("M300 130V196", colours.dark, 2)
    canvas.rect(0, 290, WIDTH, 110, "#ead9bf")
    for row, y in enumerate((300, 322, 352)):
        columns = range(-30 + row * 14, WIDTH, 60 + row * 14)
        _tiles(canvas, columns, y + 8, (22, 8), colours.accent, opacity=0.35)
    x = pick.choice((120, 200, 420, 490))
    tree(canvas, x, 350, pick.randint(170, 200), colours.leaf)
    for _ in range(7):
        canvas.circle(x + pick.randint(-50, 50), pick.randint(200, 270), 5, "#f7c948")
    canvas.path(f"M{x - 30} 330h60l-9 44h-42Z", colours.roof)
    canvas.ellipse(300, 356, 74, 20, "#fff")
    canvas.ellipse(300, 354, 62, 15, colours.water[0])


def _tiles(
    canvas: Canvas,
    columns: range,
    y: float,
    half: tuple[int, int],
    fill: str,
    *,
    opacity: float = 1,
) -> None:
    """A row of diamonds that start at `columns`."""
    w, h = half
    data = "".join(f"M{x} {y:.0f}l{w} {-h} {w} {h} {-w} {h}Z" for x in columns)
    canvas.path(data, fill, opacity=opacity)


def garden(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    sky(canvas, colours)
    canvas.hills(190, 20, colours.far)
    canvas.hills(238, 14, colours.mid, steps=3)
    canvas.rect(0, 262, WIDTH, 140, canvas.fade("#a9bf86", colours.near))
    canvas.rect(365, 180, 235, 110, colours.walls[0])
    canvas.polygon([(335, 186), (385, 128), (600, 128), (600, 186)], colours.roof)
    for left in (385, 455, 525):
        canvas.rect(left, 205, 56, 82, "#fff8e6")
        canvas.rect(left + 26, 205, 4, 82, colours.wood)
        canvas.rect(left, 244, 56, 3, colours.wood)
    canvas.rect(350, 288, 250, 10, colours.wood)
    canvas.ellipse(210, 345, 130, 36, colours.water[0])
    canvas.ellipse(200, 340, 84, 14, "#fff", opacity=0.25)
    for step in range(5):
        canvas.ellipse(420 - step * 14, 312 + step * 19, 26, 8, "#d9d3c7")
    for x, foot, size in ((70, 300, 170), (180, 280, 130), (285, 276, 110)):
        tree(
            canvas,
            x + pick.randint(-20, 20),
            foot,
            size + pick.randint(-15, 15),
            pick.choice((colours.leaf, colours.mid, colours.leaf)),
        )
    for _ in range(6):
        canvas.circle(
            pick.randint(20, 560),
            pick.randint(362, 392),
            pick.randint(12, 22),
            colours.leaf,
            opacity=0.9,
        )
