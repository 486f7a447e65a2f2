"""The simulation of docs/scale.md."""

from collections import Counter

import pytest

from bench import scale

pytestmark = pytest.mark.unit

SHARDS = 8


@pytest.fixture(scope="module")
def world():
    return scale.world_of(listings=200_000, cities=300, cell=0.5, seed=1)


@pytest.fixture(scope="module")
def layout(world):
    load = scale.load_of(scale.searches(world, 500, seed=1))
    return scale.by_place(world, SHARDS, load=load)


def test_a_circle_touches_the_cells_around_it_over_the_date_line_and_at_a_pole():
    assert scale.around(0.25, 0.25, 5, 0.5) == [scale.Cell(360, 180)]
    assert len(scale.around(0.25, 0.25, 40, 0.5)) == 9
    columns = {cell.column for cell in scale.around(179.9, 0.25, 20, 0.5)}
    assert columns == {719, 0}
    assert {cell.row for cell in scale.around(0, 89.9, 20, 0.5)} == {359}
    assert len(scale.around(0, 89.9, 200, 0.5)) >= 720


def test_every_listing_lies_on_one_shard(world, layout):
    assert set(layout.shard_of) == set(world.listings)
    assert set(layout.shard_of.values()) == set(range(SHARDS))
    assert 190_000 < sum(world.listings.values()) <= 200_000


def test_searches_by_place_ask_few_shards_and_a_scattered_layout_many(world, layout):
    asked = list(scale.searches(world, 500, seed=2))
    near = scale.result_of(world, layout, asked)
    assert near.asked < 1.5
    assert near.one > 0.8
    scattered = {cell: hash(cell) % SHARDS for cell in world.listings}
    far = scale.result_of(world, scale.Layout(scattered, SHARDS), asked)
    assert far.asked > near.asked * 1.5


def test_the_busiest_shard_decides_how_many_cores_are_needed():
    layout = scale.Layout({scale.Cell(0, 0): 0, scale.Cell(1, 0): 1}, 2)
    world = scale.World(0.5, [], Counter({scale.Cell(0, 0): 3, scale.Cell(1, 0): 1}), [])
    found = scale.result_of(world, layout, [[scale.Cell(0, 0)]] * 3 + [[scale.Cell(1, 0)]])
    assert found == scale.Result(asked=1, asked_p99=1, one=1, busiest=1.5, fullest=1.5)
    costs = {"rate": 600, "search_ms": 9, "floor_ms": 1}
    assert scale.cores(found, shards=2, **costs) == pytest.approx(7.5)
    assert scale.cores(scale.by_hash(2), shards=2, **costs) == pytest.approx(5.5)
