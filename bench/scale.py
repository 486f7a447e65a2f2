"""Where a hundred million listings would lie and which shards a search would ask: a simulation.

`python -m bench.scale` prints it. Cities, searches and their radii are drawn; what a search costs
is measured by `make bench ARGS=search` and comes in by `--search-ms`.
"""

import argparse
import bisect
import itertools
import math
import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

KM_A_DEGREE = 111.2
# The sides of the map's squares that are tried, in degrees: 56 and 14 km from north to south.
CELLS = (0.5, 0.125)
BITS = 12
# Kilometres around a point, and how many of a thousand searches ask for them.
WORLD_KM = 20_000
RADII = ((5, 200), (20, 620), (50, 120), (200, 50), (500, 9), (WORLD_KM, 1))
# The listings of a city lie within so many kilometres.
CITY_KM = 20
# People live on a part of the globe: cities are drawn around this many places.
REGIONS = 60


class City(NamedTuple):
    lng: float
    lat: float
    listings: int
    demand: float


class Cell(NamedTuple):
    """Column and row of the grid, from the west and the south."""

    column: int
    row: int


@dataclass(frozen=True)
class World:
    """`cell` is the side of a square in degrees, `weights` the running sums of the cities'
    demand."""

    cell: float
    cities: list[City]
    listings: Counter[Cell]
    weights: list[float]


class Layout(NamedTuple):
    """Which shard a cell lies on, and what each has."""

    shard_of: dict[Cell, int]
    shards: int


class Result(NamedTuple):
    """`asked` are shards a search, `busiest` and `fullest` the load and the listings of the
    shard that has most of them, as multiples of the mean."""

    asked: float
    asked_p99: int
    one: float
    busiest: float
    fullest: float


def world_of(*, listings: int, cities: int, cell: float, seed: int) -> World:
    """Draws cities with sizes by rank, and demand that follows size, but not closely."""
    pick = Random(seed)
    middles = [(pick.uniform(-180, 180), pick.triangular(-50, 65, 35)) for _ in range(REGIONS)]
    sizes = [1 / rank**0.8 for rank in range(1, cities + 1)]
    scale = listings / sum(sizes)
    made = [_city(pick, middles, size * scale) for size in sizes]
    held: Counter[Cell] = Counter()
    for city in made:
        cells = around(city.lng, city.lat, CITY_KM, cell)
        held.update(dict.fromkeys(cells, city.listings // len(cells)))
    return World(cell, made, held, list(itertools.accumulate(city.demand for city in made)))


def _city(pick: Random, middles: list[tuple[float, float]], size: float) -> City:
    lng, lat = pick.choice(middles)
    spread = pick.gauss(lng, 6), pick.gauss(lat, 4)
    point = ((spread[0] + 180) % 360 - 180, max(-60.0, min(70.0, spread[1])))
    return City(*point, listings=round(size), demand=size * pick.lognormvariate(0, 0.6))


def around(lng: float, lat: float, km: float, cell: float) -> list[Cell]:
    """Lists the cells that a circle may touch: those of the box around it."""
    high = km / KM_A_DEGREE
    wide = high / math.cos(math.radians(min(89.0, abs(lat) + high)))
    rows = range(
        max(0, math.floor((lat - high + 90) / cell)),
        min(round(180 / cell), math.floor((lat + high + 90) / cell) + 1),
    )
    first, last = math.floor((lng - wide + 180) / cell), math.floor((lng + wide + 180) / cell)
    columns = {column % round(360 / cell) for column in range(first, last + 1)}
    return [Cell(column, row) for column in sorted(columns) for row in rows]


def by_place(world: World, shards: int, *, load: Counter[Cell]) -> Layout:
    """Cuts the cells, in the order of a curve that keeps neighbours together, into ranges of the
    same load: ranges are what zones of a sharded collection are."""
    ordered = sorted(set(world.listings) | set(load), key=_curve)
    sums = list(itertools.accumulate(load[cell] + 1e-9 for cell in ordered))
    cuts = [sums[-1] * number / shards for number in range(1, shards)]
    middles = (total - load[cell] / 2 for cell, total in zip(ordered, sums, strict=True))
    return Layout(
        {cell: bisect.bisect(cuts, at) for cell, at in zip(ordered, middles, strict=True)}, shards
    )


def _curve(cell: Cell) -> int:
    """Interleaves the bits of column and row (Morton order, as a geohash does)."""
    return sum(
        (cell.column >> bit & 1) << (2 * bit + 1) | (cell.row >> bit & 1) << (2 * bit)
        for bit in range(BITS)
    )


def searches(world: World, count: int, *, seed: int) -> Iterable[list[Cell]]:
    """Yields the cells with listings that each search touches."""
    pick = Random(seed)
    radii, weights = zip(*RADII, strict=True)
    for _ in range(count):
        [city] = pick.choices(world.cities, cum_weights=world.weights)
        [km] = pick.choices(radii, weights)
        lng, lat = city.lng + pick.gauss(0, 0.05), max(-89.0, min(89.0, city.lat))
        touched = world.listings if km == WORLD_KM else around(lng, lat, km, world.cell)
        yield [cell for cell in touched if cell in world.listings]


def load_of(asked: Iterable[list[Cell]]) -> Counter[Cell]:
    """Counts each search once, shared by the cells that it touches."""
    load: Counter[Cell] = Counter()
    for cells in asked:
        for cell in cells:
            load[cell] += 1 / len(cells)  # type: ignore[assignment]
    return load


def result_of(world: World, layout: Layout, asked: Iterable[list[Cell]]) -> Result:
    busy: Counter[int] = Counter()
    fans = []
    for cells in asked:
        shards = {layout.shard_of[cell] for cell in cells}
        fans.append(len(shards))
        busy.update(shards)
    held: Counter[int] = Counter()
    for cell, listings in world.listings.items():
        held[layout.shard_of[cell]] += listings
    return Result(
        asked=statistics.mean(fans),
        asked_p99=sorted(fans)[int(len(fans) * 0.99)],
        one=fans.count(1) / len(fans),
        busiest=max(busy.values()) * layout.shards / sum(busy.values()),
        fullest=max(held.values()) * layout.shards / sum(held.values()),
    )


def by_hash(shards: int) -> Result:
    """Spread by a hash of the id, all is even and each search asks every shard."""
    return Result(shards, shards, 1 / shards if shards == 1 else 0, 1, 1)


def cores(result: Result, *, rate: float, search_ms: float, floor_ms: float, shards: int) -> float:
    """How many cores of MongoDB so many searches a second need on the busiest shard, at 60 % of
    their time: the work of a search is shared by the shards it asks, a floor is paid on each."""
    work = search_ms / result.asked + floor_ms
    return rate * result.asked * work / 1000 / shards * result.busiest / 0.6


def main() -> None:
    options = _options()
    print(
        f"{options.listings:,} listings, {options.cities:,} cities, {options.rate:,.0f} searches/s"
    )
    heads = ("shards", "key", "asked", "p99", "one", "busiest", "fullest", "cores a shard")
    print("".join(f"{head:>14}" for head in heads))
    for shards in options.shards:
        _show(f"{shards:14}{'hash':>14}", by_hash(shards), shards, options)
    for cell in CELLS:
        made = {"listings": options.listings, "cities": options.cities, "seed": options.seed}
        world = world_of(**made, cell=cell)
        learned = load_of(searches(world, options.searches, seed=options.seed))
        asked = list(searches(world, options.searches, seed=options.seed + 1))
        for shards in options.shards:
            found = result_of(world, by_place(world, shards, load=learned), asked)
            _show(f"{shards:14}{f'place, {cell:g}':>14}", found, shards, options)


def _show(head: str, found: Result, shards: int, options: argparse.Namespace) -> None:
    costs = {"search_ms": options.search_ms, "floor_ms": options.floor_ms}
    need = cores(found, rate=options.rate, shards=shards, **costs)
    print(
        f"{head}{found.asked:14.2f}{found.asked_p99:14}{found.one:14.1%}"
        f"{found.busiest:14.2f}{found.fullest:14.2f}{need:14.1f}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=100_000_000)
    parser.add_argument("--cities", type=int, default=20_000)
    parser.add_argument("--searches", type=int, default=20_000)
    parser.add_argument("--shards", type=int, nargs="+", default=[4, 16, 64])
    parser.add_argument("--rate", type=float, default=10_000, help="searches a second")
    parser.add_argument("--search-ms", type=float, default=10, help="of a core, in all")
    parser.add_argument("--floor-ms", type=float, default=0.5, help="of a core, on each shard")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
