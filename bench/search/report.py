"""`python -m bench.search.report FILE [FOLDER]`: what `bench.search` found, as tables and plots."""

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM, RIGHT, TOP = 720, 380, 60, 50, 190, 30
COLOURS = ("#0b7285", "#c2255c", "#5f3dc4", "#e8590c", "#2b8a3e", "#364fc7", "#862e9c", "#495057")
TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
Figures = list[dict[str, Any]]


def read(file: Path) -> Figures:
    """Returns the latest figures of each size, the smallest first."""
    lines = file.read_text(encoding="utf-8").splitlines()
    by_size = {found["listings"]: found for found in map(json.loads, lines)}
    return [by_size[size] for size in sorted(by_size)]


def tables(figures: Figures) -> str:
    return "\n\n".join([_searches(figures), _paced(figures), _worst(figures)])


def _searches(figures: Figures) -> str:
    head = (
        "| search | listings | 1 client: /s, p50, p95 ms | 16 clients: /s, p50, p95 ms | bare, 16: "
        "/s, p95 ms | ratio | commands | documents a result | keys a result |"
    )
    rows = [
        _row(case["name"], found["listings"], case)
        for at in range(len(figures[0]["cases"]))
        for found in figures
        for case in [found["cases"][at]]
    ]
    return "\n".join([head, "|---" * 9 + "|", *rows])


def _row(name: str, size: int, case: dict[str, Any]) -> str:
    one, many, bare = (case[side] for side in ("ours 1", "ours 16", "bare 16"))
    results = max(1.0, case["results"])
    cells = (
        name,
        f"{size:,}",
        f"{one['rate']:.0f}, {one['p50']:.0f}, {one['p95']:.0f}",
        f"{many['rate']:.0f}, {many['p50']:.0f}, {many['p95']:.0f}",
        f"{bare['rate']:.0f}, {bare['p95']:.0f}",
        f"{many['rate'] / bare['rate']:.2f}",
        f"{case['commands']:.1f}",
        f"{case['documents'] / results:.1f}",
        f"{case['keys'] / results:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def _paced(figures: Figures) -> str:
    rows = [_row_paced(found["listings"], found["paced"], found["kept"]) for found in figures]
    head = "| near, dates: listings | 20 a second: p50, p95 ms | kept, 16: /s, p50, p95 ms |"
    return "\n".join([head, "|---|---|---|", *rows])


def _row_paced(size: int, paced: list[float], kept: dict[str, Any]) -> str:
    many = kept["ours 16"]
    shown = f"{many['rate']:.0f}, {many['p50']:.0f}, {many['p95']:.0f}"
    return f"| {size:,} | {paced[0]:.0f}, {paced[1]:.0f} | {shown} |"


def _worst(figures: Figures) -> str:
    largest = figures[-1]
    usual = largest["worst"][0][1]
    rows = [f"| {name} | {ms:.0f} | {ms / usual:.1f} |" for name, ms in largest["worst"]]
    head = f"| request, {largest['listings']:,} listings | ms | times the usual |"
    return "\n".join([head, "|---|---|---|", *rows])


def p95(case: dict[str, Any]) -> float:
    return float(case["ours 16"]["p95"])


def documents(case: dict[str, Any]) -> float:
    return float(case["documents"])


def plot(figures: Figures, value: Callable[[dict[str, Any]], float], title: str) -> str:
    """Draws a figure of each search over the number of listings; both axes are logarithmic."""
    sizes = [found["listings"] for found in figures]
    lines = {
        case["name"]: [value(found["cases"][at]) for found in figures]
        for at, case in enumerate(figures[0]["cases"])
    }
    values = [value for line in lines.values() for value in line]
    parts = [*_axes(sizes, values, title)]
    for number, (name, line) in enumerate(lines.items()):
        points = [(_x(size, sizes), _y(ms, values)) for size, ms in zip(sizes, line, strict=True)]
        parts += _line(name, points, COLOURS[number % len(COLOURS)], number)
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12"'
    inner = "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>\n{inner}\n</svg>\n'


def _x(size: int, sizes: list[int]) -> float:
    span = math.log(max(sizes) / min(sizes)) or 1
    return LEFT + (WIDTH - LEFT - RIGHT) * math.log(size / min(sizes)) / span


def _y(value: float, values: list[float]) -> float:
    low, high = _bounds(values)
    share = math.log(value / low) / math.log(high / low)
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def _bounds(values: list[float]) -> tuple[float, float]:
    return min(values) * 0.8, max(values) * 1.25


def _axes(sizes: list[int], values: list[float], title: str) -> list[str]:
    low, high = _bounds(values)
    right = WIDTH - RIGHT
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="18">{title}, by number of listings</text>',
    ]
    for tick in (tick for tick in TICKS if low <= tick <= high):
        y = _y(tick, values)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#dee2e6"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick}</text>')
    for size in sizes:
        at = f'x="{_x(size, sizes):.1f}" y="{HEIGHT - BOTTOM + 20}"'
        parts.append(f'<text {at} text-anchor="middle">{size:,}</text>')
    return parts


def _line(name: str, points: list[tuple[float, float]], colour: str, number: int) -> list[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    y = TOP + 14 + 20 * number
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points),
        f'<text x="{WIDTH - RIGHT + 18}" y="{y}" fill="{colour}">{name}</text>',
    ]


if __name__ == "__main__":
    found = read(Path(sys.argv[1]))
    print(tables(found))
    if len(sys.argv) > 2:  # noqa: PLR2004
        folder = Path(sys.argv[2])
        for name, value, title in (
            ("search-p95", p95, "p95 at 16 clients in ms"),
            ("search-read", documents, "documents that a search reads"),
        ):
            (folder / f"{name}.svg").write_text(plot(found, value, title), encoding="utf-8")
