"""Out of doors, away from the streets."""

from apps.properties.demo.scenes.canvas import HEIGHT, WARM, WIDTH, Canvas
from apps.properties.demo.scenes.palettes import Palette

HORIZON = 215


def sky(canvas: Canvas, colours: Palette, *, sun_below: float = 130) -> None:
    pick = canvas.random
    canvas.rect(0, 0, WIDTH, HEIGHT, canvas.fade(*colours.sky))
    x, y, r = pick.randint(90, 510), pick.uniform(60, sun_below), pick.randint(26, 40)
    canvas.circle(x, y, r * 2, colours.sun, opacity=0.3)
    canvas.circle(x, y, r, colours.sun)
    for _ in range(pick.randint(1, 3)):
        cloud(canvas, pick.randint(20, 480), pick.randint(30, 120))


def cloud(canvas: Canvas, x: float, y: float) -> None:
    width = canvas.random.randint(70, 120)
    canvas.rect(x, y, width, 16, "#fff", r=8, opacity=0.65)
    canvas.rect(x + width * 0.25, y - 10, width * 0.5, 20, "#fff", r=10, opacity=0.65)


def pine(canvas: Canvas, x: float, foot: float, size: float, fill: str) -> None:
    canvas.rect(x - size * 0.04, foot - size * 0.15, size * 0.08, size * 0.15, "#5b4636")
    data = ""
    for level in range(3):
        half, top = size * (0.3 - level * 0.07), foot - size * (0.45 + level * 0.25)
        low = foot - size * (0.12 + level * 0.22)
        data += f"M{x - half:.0f} {low:.0f}L{x:.0f} {top:.0f}L{x + half:.0f} {low:.0f}Z"
    canvas.path(data, fill)


def tree(canvas: Canvas, x: float, foot: float, size: float, fill: str) -> None:
    canvas.rect(x - size * 0.05, foot - size * 0.5, size * 0.1, size * 0.5, "#6d5140")
    canvas.circle(x, foot - size * 0.65, size * 0.34, fill)
    canvas.circle(x - size * 0.22, foot - size * 0.52, size * 0.24, fill)
    canvas.circle(x + size * 0.22, foot - size * 0.52, size * 0.24, fill)
    canvas.circle(x - size * 0.1, foot - size * 0.75, size * 0.14, "#fff", opacity=0.12)


def palm(canvas: Canvas, x: float, foot: float, size: float, fill: str) -> None:
    top = foot - size
    canvas.line(
        f"M{x:.0f} {foot:.0f}Q{x + 8:.0f} {foot - size / 2:.0f} {x:.0f} {top:.0f}", "#7a5a3c", 7
    )
    for reach, drop in ((-48, 22), (-40, -6), (-14, -24), (18, -24), (42, -4), (48, 24)):
        start, under = f"M{x:.0f} {top:.0f}", f"{x + reach * 0.4:.0f} {top + drop * 0.2:.0f}"
        leaf = f"q{reach / 2:.0f} {drop - 22} {reach} {drop}Q{under} {x:.0f} {top:.0f}"
        canvas.path(start + leaf, fill)
        canvas.line(f"{start}l{reach} {drop}", fill, 2)


def water(canvas: Canvas, colours: Palette, top: float) -> None:
    canvas.rect(0, top, WIDTH, HEIGHT - top, canvas.fade(*colours.water))
    lines = [canvas.random.uniform(top + 8, HEIGHT - 10) for _ in range(14)]
    glints = ((canvas.random.uniform(0, WIDTH), y, 12 + (y - top) * 0.35, 3) for y in lines)
    canvas.boxes(glints, "#fff", opacity=0.35)


def boat(canvas: Canvas, x: float, y: float, size: float, colours: Palette) -> None:
    hull = f"M{x - size * 0.5:.0f} {y:.0f}h{size:.0f}l{-size * 0.18:.0f} {size * 0.2:.0f}"
    canvas.path(f"{hull}h{-size * 0.64:.0f}Z", colours.dark)
    canvas.polygon([(x, y - 4), (x, y - size), (x + size * 0.42, y - 4)], "#fff")
    canvas.polygon(
        [(x - 4, y - 4), (x - 4, y - size * 0.8), (x - size * 0.36, y - 4)], colours.accent
    )


def sea(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    sky(canvas, colours, sun_below=170)
    side = pick.choice((0, WIDTH))
    reach = abs(side - pick.randint(200, 330))
    canvas.path(f"M{side} 150Q{(side + reach) / 2:.0f} 150 {reach} {HORIZON}H{side}Z", colours.far)
    water(canvas, colours, HORIZON)
    for _ in range(pick.randint(1, 3)):
        boat(canvas, pick.randint(80, 520), pick.randint(235, 285), pick.randint(26, 46), colours)
    left, dip, right = pick.randint(330, 350), pick.randint(290, 330), pick.randint(335, 360)
    sand = f"M0 {left}Q220 {dip} {WIDTH} {right}V400H0Z"
    canvas.line(sand.partition("V")[0], "#fff", 9, opacity=0.7)
    canvas.path(sand, "#f2ddb5")
    for _ in range(pick.randint(1, 3)):
        parasol(canvas, pick.randint(60, 540), pick.randint(362, 388), colours)


def parasol(canvas: Canvas, x: float, foot: float, colours: Palette) -> None:
    canvas.line(f"M{x} {foot}V{foot - 42}", "#fff", 3)
    canvas.path(f"M{x - 32} {foot - 36}A32 30 0 0 1 {x + 32} {foot - 36}Z", colours.accent)
    canvas.path(f"M{x - 11} {foot - 36}Q{x} {foot - 70} {x + 11} {foot - 36}Z", "#fff", opacity=0.8)


def bay(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    sky(canvas, colours)
    peak = pick.randint(330, 440)
    canvas.hills(185, 22, colours.far)
    canvas.path(
        f"M{peak - 95} 245C{peak - 70} 235 {peak - 55} 95 {peak - 5} 92"
        f"S{peak + 55} 235 {peak + 105} 245Z",
        colours.mid,
    )
    canvas.path(f"M{peak - 200} 245Q{peak - 140} 165 {peak - 60} 245Z", colours.near)
    water(canvas, colours, 240)
    for _ in range(pick.randint(2, 4)):
        boat(canvas, pick.randint(60, 540), pick.randint(262, 330), pick.randint(22, 40), colours)
    canvas.path("M0 400V345Q150 330 260 400Z", colours.near)
    palm(canvas, pick.randint(40, 90), 375, pick.randint(130, 170), colours.leaf)
    palm(canvas, pick.randint(120, 170), 385, pick.randint(90, 130), colours.leaf)


def mountains(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    sky(canvas, colours, sun_below=100)
    for centre in (pick.randint(60, 200), pick.randint(260, 360), pick.randint(430, 560)):
        top, half = pick.randint(75, 125), pick.randint(150, 210)
        canvas.polygon([(centre - half, 270), (centre, top), (centre + half, 270)], colours.far)
        canvas.polygon(
            [(centre - half * 0.18, top + 30), (centre, top), (centre + half * 0.2, top + 34),
             (centre + 8, top + 26), (centre - 6, top + 38)],
            "#fff",
            opacity=0.85,
        )  # fmt: skip
    canvas.hills(225, 22, colours.mid, steps=3)
    canvas.rect(0, 282, WIDTH, 120, canvas.fade(*colours.water))
    glints = ((pick.randint(0, 560), pick.randint(292, 370), 40, 3) for _ in range(8))
    canvas.boxes(glints, "#fff", opacity=0.35)
    canvas.path(
        f"M0 400V{pick.randint(318, 345)}"
        f"Q{pick.randint(160, 260)} 330 {pick.randint(330, 420)} 400Z",
        colours.near,
    )
    for x in range(20, 250, 38):
        pine(canvas, x + pick.randint(-10, 10), 372 + x * 0.06, pick.randint(70, 125), colours.leaf)


def cabin(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    sky(canvas, colours)
    canvas.hills(200, 28, colours.far, steps=3)
    canvas.hills(250, 20, colours.mid, steps=3)
    for x in range(10, 600, 46):
        pine(
            canvas,
            x + pick.randint(-12, 12),
            pick.randint(285, 305),
            pick.randint(90, 150),
            colours.leaf,
        )
    canvas.hills(318, 10, colours.near, steps=2)
    x = pick.randint(190, 270)
    canvas.rect(x + 150, 165, 16, 50, colours.dark)
    canvas.circle(x + 165, 145, 12, "#fff", opacity=0.5)
    canvas.circle(x + 180, 122, 17, "#fff", opacity=0.35)
    canvas.rect(x, 240, 210, 100, colours.wood)
    canvas.boxes(((x, board, 210, 2) for board in range(252, 340, 14)), colours.dark, opacity=0.2)
    canvas.polygon([(x - 22, 244), (x + 105, 160), (x + 232, 244)], colours.roof)
    for left in (20, 140):
        canvas.rect(x + left, 264, 50, 40, WARM, r=3)
        canvas.rect(x + left + 23, 264, 4, 40, colours.dark, opacity=0.6)
    canvas.rect(x + 86, 264, 38, 76, colours.accent, r=3)
    canvas.path(f"M{x + 86} 340h38l60 60h-130Z", "#e8d9bd")
    for bush in range(3):
        canvas.circle(x - 30 + bush * 130, 342, pick.randint(14, 24), colours.leaf)


def desert(canvas: Canvas, colours: Palette) -> None:
    pick = canvas.random
    sky(canvas, colours, sun_below=150)
    canvas.hills(190, 18, colours.far)
    canvas.hills(245, 16, colours.mid, steps=2)
    x = pick.randint(250, 330)
    for left, width, top in ((0, 70, 190), (60, 110, 215), (160, 60, 175)):
        canvas.rect(x + left, top, width, 300 - top, colours.walls[pick.randrange(2)])
        for notch in range(0, width, 20):
            canvas.rect(x + left + notch, top - 8, 11, 9, colours.walls[0])
        canvas.rect(x + left + width / 2 - 7, top + 25, 14, 26, colours.dark, r=7)
    canvas.hills(305, 12, colours.near, steps=2)
    for _ in range(4):
        palm(
            canvas,
            pick.randint(40, 560),
            pick.randint(335, 380),
            pick.randint(90, 150),
            colours.leaf,
        )
