"""Streets and roofs."""

from apps.properties.demo.scenes.canvas import LIT, WIDTH, Box, Canvas, Points
from apps.properties.demo.scenes.nature import boat, sky, tree, water
from apps.properties.demo.scenes.palettes import Palette

GLASS = "#cfe3ea"


def skyline(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    sky(canvas, colours)
    x = -10
    while x < WIDTH:
        width, height = pick.randint(38, 74), pick.randint(90, 190)
        canvas.rect(x, 330 - height, width, height, colours.far, opacity=0.8)
        x += width + pick.randint(0, 14)
    x = -20
    while x < WIDTH:
        width, height = pick.randint(64, 104), pick.randint(90, 200)
        _tower(canvas, x, 345 - height, width, height, pick.choice(colours.walls))
        x += width + pick.randint(2, 10)
    canvas.rect(0, 345, WIDTH, 55, colours.near)
    for left in range(20, WIDTH, 66):
        tree(canvas, left + pick.randint(-14, 14), 372, pick.randint(54, 78), colours.leaf)
    canvas.rect(0, 372, WIDTH, 28, "#e9e2d6")


def _tower(canvas: Canvas, x: float, top: float, width: float, height: float, wall: str) -> None:
    canvas.rect(x, top, width, height, wall)
    canvas.rect(x + width * 0.86, top, width * 0.14, height, "#000", opacity=0.08)
    across = int(width // 24)
    gap = width / across
    panes: list[Box] = [
        (x + gap * column + gap / 2 - 6, top + 12 + row * 28, 11, 15)
        for row in range(int(height // 30))
        for column in range(across)
    ]
    lit = set(canvas.random.sample(range(len(panes)), len(panes) // 3))
    canvas.boxes((pane for at, pane in enumerate(panes) if at in lit), LIT)
    canvas.boxes((pane for at, pane in enumerate(panes) if at not in lit), GLASS)


def rowhouses(canvas: Canvas, colours: Palette, foot: float = 350) -> None:
    pick = canvas.random
    sky(canvas, colours, sun_below=80)
    _fronts(canvas, colours, foot)
    canvas.rect(0, foot, WIDTH, 400 - foot, "#d9d2c8")
    canvas.rect(0, foot, WIDTH, 7, "#bfb6aa")
    for x in (pick.randint(30, 180), pick.randint(400, 570)):
        tree(canvas, x, foot + 14, pick.randint(120, 160), colours.leaf)


def _fronts(canvas: Canvas, colours: Palette, foot: float) -> None:
    pick, x, last = canvas.random, -8, ""
    while x < WIDTH:
        width, height = pick.randint(96, 128), pick.randint(190, 240)
        last = pick.choice([wall for wall in colours.walls if wall != last])
        _house(canvas, colours, (x, foot - height, width, height), last)
        x += width


def _house(
    canvas: Canvas, colours: Palette, box: tuple[float, float, float, float], wall: str
) -> None:
    pick, (x, top, width, height) = canvas.random, box
    middle = x + width / 2
    if pick.random() < 0.6:  # noqa: PLR2004
        peak = top - pick.randint(30, 48)
        canvas.polygon([(x - 4, top + 2), (middle, peak), (x + width + 4, top + 2)], colours.roof)
    else:
        canvas.rect(x - 3, top - 10, width + 6, 14, colours.roof)
    canvas.rect(x, top, width, height, wall)
    door = pick.choice((colours.dark, colours.accent))
    canvas.rect(middle - 15, top + height - 62, 30, 62, door, r=3)
    canvas.circle(middle + 9, top + height - 30, 2, "#fff")
    spots = [(x + width * left, top + 24 + row * 68) for row in (0, 1) for left in (0.26, 0.74)]
    shutters = pick.choice((colours.accent, colours.roof, "#fff"))
    _windows(canvas, [*spots, (x + width * 0.2, top + height - 62)], shutters)


def _windows(canvas: Canvas, spots: Points, shutters: str) -> None:
    lit = canvas.random.randrange(len(spots))
    canvas.boxes(((x - 12, y - 2, 24, 44) for x, y in spots), "#fff")
    canvas.boxes(((x - 10, y, 20, 40) for x, y in spots), GLASS)
    canvas.boxes([(spots[lit][0] - 10, spots[lit][1], 20, 40)], LIT)
    canvas.boxes(((x - 1, y, 2, 40) for x, y in spots), "#fff")
    canvas.boxes(((x + side, y - 1, 7, 42) for x, y in spots for side in (-19, 12)), shutters)


def canal(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    sky(canvas, colours, sun_below=60)
    _fronts(canvas, colours, 290)
    canvas.rect(0, 288, WIDTH, 16, "#a89c90")
    water(canvas, colours, 304)
    for _ in range(2):
        boat(canvas, pick.randint(80, 520), pick.randint(335, 365), pick.randint(60, 84), colours)


def rooftops(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    sky(canvas, colours, sun_below=150)
    canvas.rect(0, 195, WIDTH, 40, colours.water[0])
    canvas.hills(200, 8, colours.far)
    for layer, foot in enumerate((262, 315, 375)):
        x = -pick.randint(10, 60)
        while x < WIDTH:
            width = pick.randint(90, 130) + layer * 18
            _roof(canvas, colours, x, foot, width)
            x += width - 6
    canvas.rect(0, 372, WIDTH, 28, colours.near)


def _roof(canvas: Canvas, colours: Palette, x: float, foot: float, width: float) -> None:
    pick = canvas.random
    ridge = foot - pick.randint(52, 74)
    canvas.rect(x + 5, foot - 26, width - 10, 90, pick.choice(colours.walls))
    slope = [
        (x, foot - 22),
        (x + width * 0.2, ridge),
        (x + width * 0.8, ridge),
        (x + width, foot - 22),
    ]
    canvas.polygon(slope, colours.roof)
    canvas.polygon(
        [*slope[:2], (x + width * 0.42, ridge), (x + width * 0.3, foot - 22)], "#fff", opacity=0.14
    )
    if pick.random() < 0.5:  # noqa: PLR2004
        canvas.rect(x + width * 0.62, ridge - 16, 13, 26, colours.walls[0])
        canvas.rect(x + width * 0.62 - 2, ridge - 19, 17, 5, colours.dark)
    for left in (0.3, 0.62):
        canvas.rect(x + width * left, foot - 12, 14, 22, pick.choice((LIT, GLASS)), r=2)
