"""Rooms, each with a window or a picture that shows where it is."""

from apps.properties.demo.scenes.canvas import WIDTH, Canvas, at
from apps.properties.demo.scenes.palettes import Palette

FLOOR = 300


def _room(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    wall = pick.choice((colours.room, colours.room, "#e6ece8", "#f3e3d3", "#e4e6ef"))
    canvas.rect(0, 0, WIDTH, FLOOR, wall)
    canvas.rect(0, FLOOR, WIDTH, 100, canvas.fade("#d9b98f", "#b98f63"))
    for y in (322, 350, 380):
        canvas.rect(0, y, WIDTH, 2, "#000", opacity=0.07)
    canvas.rect(0, FLOOR - 9, WIDTH, 9, "#fff", opacity=0.8)


def _view(canvas: Canvas, colours: Palette, box: tuple[float, float, float, float]) -> None:
    """A window with the land outside."""
    x, y, width, height = box
    pick = canvas.random
    canvas.rect(x - 9, y - 9, width + 18, height + 18, "#fff")
    canvas.rect(x, y, width, height, canvas.fade(*colours.sky))
    canvas.circle(x + width * pick.uniform(0.2, 0.8), y + height * 0.3, 15, colours.sun)
    right, low = x + width, y + height
    crest = y + height * pick.uniform(0.45, 0.6)
    canvas.path(
        f"M{at(x, low)}V{at(crest)}"
        f"Q{at(x + width * 0.35, crest - 34, x + width * 0.6, crest + 10)}"
        f"T{at(right, crest - 6)}V{at(low)}Z",
        colours.far,
    )
    canvas.path(
        f"M{at(x, low)}V{at(crest + 36)}"
        f"Q{at(x + width / 2, crest + 4, right, crest + 34)}V{at(low)}Z",
        colours.mid,
    )
    canvas.rect(x + width / 2 - 3, y, 6, height, "#fff")
    canvas.rect(x, y + height * 0.4, width, 5, "#fff")
    canvas.rect(x - 16, low + 8, width + 32, 9, "#efe9df")
    for left in (x - 34, right + 6):
        canvas.path(
            f"M{left:.0f} {y - 18:.0f}h28q-8 {height / 2:.0f} 0 {height + 40:.0f}h-28Z",
            colours.accent,
            opacity=0.55,
        )
    canvas.rect(x - 46, y - 22, width + 92, 5, colours.wood, r=2)


def _picture(canvas: Canvas, colours: Palette, x: float, y: float) -> None:
    pick = canvas.random
    width, height = pick.choice(((70, 88), (92, 70), (64, 64)))
    canvas.rect(x, y, width, height, colours.wood)
    canvas.rect(x + 5, y + 5, width - 10, height - 10, "#fffaf0")
    canvas.circle(x + width * 0.5, y + height * 0.42, 14, colours.accent)
    canvas.path(
        f"M{x + 5:.0f} {y + height - 5:.0f}q{width * 0.3:.0f} -34 {width - 10:.0f} 0Z", colours.mid
    )


def _plant(canvas: Canvas, colours: Palette, x: float, foot: float, size: float) -> None:
    pick = canvas.random
    for angle in (-48, -28, -10, 10, 28, 48):
        lean, top = angle * size / 90, size * pick.uniform(0.75, 1)
        root, tip = at(x, foot - 26), at(x + lean, foot - 26 - top)
        canvas.path(
            f"M{root}Q{at(x + lean - 14, foot - 26 - top * 0.6)} {tip}"
            f"Q{at(x + lean + 12, foot - 26 - top * 0.5)} {root}",
            "#5f8f62" if angle % 4 else "#77a877",
        )
    canvas.path(f"M{x - 22:.0f} {foot - 34:.0f}h44l-7 34h-30Z", colours.roof)


def _lamp(canvas: Canvas, colours: Palette, x: float, foot: float, height: float) -> None:
    top = foot - height
    canvas.circle(x, top + 14, 54, "#fff3c4", opacity=0.45)
    canvas.line(f"M{x:.0f} {foot:.0f}V{top:.0f}", colours.dark, 4)
    canvas.ellipse(x, foot, 20, 4, colours.dark)
    canvas.path(f"M{x - 15:.0f} {top - 12:.0f}h30l13 38h-56Z", "#fff1cf")


def interior(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    _room(canvas, colours)
    mirrored = pick.random() < 0.5  # noqa: PLR2004
    _view(canvas, colours, (90 if mirrored else 330, 60, pick.randint(160, 190), 150))
    _picture(canvas, colours, 440 if mirrored else 120, pick.randint(70, 100))
    canvas.ellipse(300, 362, 215, 28, colours.accent, opacity=0.35)
    canvas.ellipse(300, 362, 170, 20, "#fff", opacity=0.3)
    _lamp(canvas, colours, 60 if mirrored else 545, 330, 185)
    _plant(canvas, colours, 540 if mirrored else 62, 345, pick.randint(90, 125))
    _sofa(canvas, colours, 175)
    canvas.ellipse(300, 356, 66, 12, colours.wood)
    canvas.rect(262, 358, 6, 30, colours.dark)
    canvas.rect(332, 358, 6, 30, colours.dark)
    canvas.rect(285, 342, 30, 8, colours.roof, r=3)
    canvas.rect(289, 335, 24, 7, colours.mid, r=3)


def _sofa(canvas: Canvas, colours: Palette, x: float) -> None:
    pick = canvas.random
    cloth = pick.choice((colours.mid, colours.far, colours.near, "#c9a98a"))
    canvas.rect(x, 222, 250, 80, cloth, r=16)
    canvas.rect(x - 18, 250, 40, 76, cloth, r=14)
    canvas.rect(x + 228, 250, 40, 76, cloth, r=14)
    canvas.rect(x + 10, 272, 230, 50, "#fff", r=10, opacity=0.18)
    canvas.rect(x + 6, 322, 238, 10, "#000", opacity=0.15)
    for left, fill in ((24, colours.accent), (70, "#fff4de"), (180, colours.roof)):
        canvas.rect(x + left, 238 + pick.randint(0, 6), 44, 40, fill, r=9)


def bedroom(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    _room(canvas, colours)
    if pick.random() < 0.5:  # noqa: PLR2004
        _view(canvas, colours, (60, 62, 130, 140))
        _picture(canvas, colours, 330, 70)
    else:
        _picture(canvas, colours, 265, 60)
        _picture(canvas, colours, 365, 74)
        _plant(canvas, colours, 90, 340, 130)
    canvas.rect(225, 170, 300, 130, colours.wood, r=14)
    for slat in range(250, 520, 30):
        canvas.rect(slat, 182, 3, 70, "#000", opacity=0.1)
    canvas.rect(232, 246, 286, 104, "#fbf7f0", r=12)
    for left in (250, 385):
        canvas.rect(left, 226, 112, 48, "#fff", r=16)
        canvas.rect(left, 262, 112, 12, "#000", r=6, opacity=0.05)
    canvas.rect(345, 244, 58, 36, colours.accent, r=10)
    blanket = pick.choice((colours.mid, colours.near, colours.accent, colours.far))
    canvas.path("M226 306Q375 290 524 306V372H226Z", blanket)
    for stripe in (326, 346):
        canvas.path(
            f"M226 {stripe}Q375 {stripe - 14} 524 {stripe}v6Q375 {stripe - 8} 226 {stripe + 6}Z",
            "#fff",
            opacity=0.4,
        )
    canvas.rect(540, 288, 46, 66, colours.wood, r=4)
    canvas.circle(563, 320, 3, "#fff")
    _lamp(canvas, colours, 563, 288, 52)


def kitchen(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    _room(canvas, colours)
    _view(canvas, colours, (220, 56, 160, 120))
    for x in (40, 430):
        canvas.rect(x, 120, 130, 7, colours.wood)
        for item in range(4):
            height = pick.randint(18, 34)
            fill = pick.choice((colours.accent, colours.roof, "#fff", colours.mid))
            canvas.rect(x + 10 + item * 30, 120 - height, 20, height, fill, r=5)
    canvas.rect(0, 214, WIDTH, 12, colours.wood)
    canvas.rect(0, 226, WIDTH, 78, colours.mid)
    for x in range(0, WIDTH, 100):
        canvas.rect(x + 6, 234, 88, 64, "#fff", r=3, opacity=0.16)
        canvas.rect(x + 42, 240, 18, 4, "#f6e7c8", r=2)
    _plant(canvas, colours, pick.choice((70, 520)), 214, 58)
    for x in (200, 300, 400):
        canvas.line(f"M{x} 0V46", colours.dark, 2)
        canvas.path(f"M{x - 24} 68Q{x} 22 {x + 24} 68Z", colours.accent)
        canvas.circle(x, 70, 8, "#fff3c4")
    canvas.rect(120, 318, 360, 14, "#e9cfa6", r=4)
    for x in (140, 446):
        canvas.rect(x, 330, 14, 70, colours.wood)
    canvas.path("M260 300h80q-8 20 -40 20t-40 -20Z", "#fff")
    for x in (278, 298, 320):
        canvas.circle(x, 296, 11, pick.choice(("#f2a541", "#e4572e", "#9bc53d")))
    canvas.rect(390, 290, 22, 28, colours.roof, r=6)


def nook(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    _room(canvas, colours)
    _view(canvas, colours, (70, 56, 190, 150))
    for y in (84, 138, 192):
        canvas.rect(390, y, 160, 6, colours.wood)
        x = 396
        while x < 520:  # noqa: PLR2004
            width, height = pick.randint(9, 16), pick.randint(26, 42)
            fill = pick.choice((colours.accent, colours.roof, colours.mid, colours.far, "#f6ead2"))
            canvas.rect(x, y - height, width, height, fill)
            x += width + pick.choice((1, 1, 2, 12))
    canvas.rect(60, 250, 270, 12, colours.wood, r=3)
    for x in (74, 302):
        canvas.rect(x, 262, 12, 96, colours.wood)
    canvas.rect(120, 208, 74, 42, colours.dark, r=4)
    canvas.rect(125, 213, 64, 32, "#dcecf2")
    _plant(canvas, colours, 292, 250, 52)
    canvas.ellipse(430, 366, 130, 20, colours.accent, opacity=0.35)
    cloth = pick.choice((colours.accent, colours.near, colours.mid))
    canvas.rect(380, 230, 112, 100, cloth, r=26)
    canvas.rect(366, 276, 140, 66, cloth, r=20)
    canvas.rect(386, 268, 100, 46, "#fff", r=12, opacity=0.2)
    for x in (386, 478):
        canvas.rect(x, 340, 8, 26, colours.dark)
    _lamp(canvas, colours, 548, 356, 170)
