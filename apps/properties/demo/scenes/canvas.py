from collections.abc import Iterable
from random import Random

WIDTH, HEIGHT = 600, 400
WHITE = "#ffffff"
# Windows with a lamp behind them.
LIT, WARM = "#ffe9a8", "#ffe59a"
Points = list[tuple[float, float]]
Box = tuple[float, float, float, float]


def at(*numbers: float) -> str:
    """Coordinates as a path writes them."""
    return " ".join(f"{number:.0f}" for number in numbers)


def tinted(colour: str, light: str) -> str:
    """Multiplies #rgb or #rrggbb by the colour of a light; lit windows and other fills stay as they
    are."""
    if light == WHITE or colour in (LIT, WARM) or not colour.startswith("#"):
        return colour
    pairs = zip(_channels(colour), _channels(light), strict=True)
    return "#" + "".join(f"{a * b // 255:02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    digits = colour[1:] if len(colour) == len(WHITE) else "".join(d * 2 for d in colour[1:])
    return [int(digits[at : at + 2], 16) for at in (0, 2, 4)]


class Canvas:
    """Collects shapes, as a `light` shows them; later ones lie on top. Numbers are rounded to whole
    units."""

    def __init__(self, seed: str, *, light: str = WHITE) -> None:
        self.random = Random(seed)  # noqa: S311 pictures, not secrets
        self._light = light
        self._shapes: list[str] = []
        self._gradients: dict[tuple[str, str], str] = {}

    def fade(self, top: str, low: str) -> str:
        """A fill that runs from `top` down to `low`."""
        ends = (tinted(top, self._light), tinted(low, self._light))
        name = self._gradients.setdefault(ends, f"g{len(self._gradients)}")
        return f"url(#{name})"

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        r: float = 0,
        opacity: float = 1,
    ) -> None:
        corner = f' rx="{r:.0f}"' if r else ""
        box = f'x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}"'
        self._add(f"<rect {box}{corner}", fill, opacity)

    def boxes(self, boxes: Iterable[Box], fill: str, *, opacity: float = 1) -> None:
        """Many rectangles (x, y, width, height) as one short path."""
        drawn = (f"M{x:.0f} {y:.0f}h{w:.0f}v{h:.0f}h{-w:.0f}Z" for x, y, w, h in boxes)
        if data := "".join(drawn):
            self.path(data, fill, opacity=opacity)

    def circle(self, x: float, y: float, r: float, fill: str, *, opacity: float = 1) -> None:
        self._add(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}"', fill, opacity)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: str, *, opacity: float = 1
    ) -> None:
        shape = f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{rx:.0f}" ry="{ry:.0f}"'
        self._add(shape, fill, opacity)

    def polygon(self, points: Points, fill: str, *, opacity: float = 1) -> None:
        written = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        self._add(f'<polygon points="{written}"', fill, opacity)

    def path(self, data: str, fill: str, *, opacity: float = 1) -> None:
        self._add(f'<path d="{data}"', fill, opacity)

    def line(self, data: str, stroke: str, width: float, *, opacity: float = 1) -> None:
        colour = tinted(stroke, self._light)
        style = f'stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round"'
        self._add(f'<path d="{data}" {style}', "none", opacity)

    def hills(self, base: float, swell: float, fill: str, *, steps: int = 4) -> None:
        """A rolling ridge around height `base`, filled down to the bottom."""
        width = WIDTH / steps
        start = base + self.random.uniform(-swell, swell)
        data = f"M0 {start:.0f}"
        for step in range(steps):
            x = step * width
            low, end = (base + self.random.uniform(-swell, swell) for _ in range(2))
            data += f"C{x + width / 3:.0f} {start:.0f} {x + width / 2:.0f} {low:.0f} "
            data += f"{x + width:.0f} {end:.0f}"
            start = end
        self.path(f"{data}V{HEIGHT}H0Z", fill)

    def svg(self) -> str:
        stops = "".join(
            f'<linearGradient id="{name}" x2="0" y2="1"><stop stop-color="{top}"/>'
            f'<stop offset="1" stop-color="{low}"/></linearGradient>'
            for (top, low), name in self._gradients.items()
        )
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        return f"{head}<defs>{stops}</defs>{''.join(self._shapes)}</svg>\n"

    def _add(self, shape: str, fill: str, opacity: float) -> None:
        faint = f' opacity="{opacity:g}"' if opacity < 1 else ""
        self._shapes.append(f'{shape} fill="{tinted(fill, self._light)}"{faint}/>')
