"""Kept replies of searches: whatever changes what a search finds ends them, races included."""

import datetime as dt
import itertools

import pytest

from apps.properties import services
from apps.properties.enums import ClaimKind
from apps.properties.rows import listings, search_changes, search_entries
from apps.properties.selectors import changes, kept
from apps.properties.selectors.changes import EVERYWHERE, cell_of, cells_around, changes_seen
from apps.properties.services.nights import nights_block, nights_claim, nights_release
from apps.properties.services.search_rebuild import entries_rebuild

SINGAPORE, PARIS = (103.85, 1.29), (2.35, 48.86)
CELLS = cells_around(SINGAPORE, 20_000)
NIGHTS = {"check_in": dt.date(2030, 1, 1), "check_out": dt.date(2030, 1, 3)}


@pytest.fixture(autouse=True)
def fresh():
    kept.RECENT.forget()
    yield
    kept.RECENT.forget()


class Search:
    """Answers with its number and what is stored of the listing's nights at that moment."""

    def __init__(self, listing_id, cells=CELLS):
        self.listing_id, self.cells, self.made, self.meanwhile = listing_id, cells, 0, None

    def answer(self) -> bytes:
        self.made += 1
        entry = search_entries.find_one({"_id": self.listing_id})
        answer = repr(entry and (entry["taken"], len(entry["holds"]), entry["card"]["title"]))
        if self.meanwhile:
            self.meanwhile, act = None, self.meanwhile
            act()
        return answer.encode()

    def ask(self) -> bytes:
        return kept.kept("the search", self.cells, self.answer)

    def heat(self) -> bytes:
        """Asks until the reply is kept, and shows that it is."""
        self.ask()
        self.ask()
        made = self.made
        assert self.ask() == self.ask()
        assert self.made == made
        return self.ask()


@pytest.fixture
def search(listing_id):
    return Search(listing_id)


def test_the_first_time_nobody_is_asked(search):
    search.ask()
    assert search.made == 1
    before = list(search_changes.find({}))
    assert search.ask() == search.ask()
    assert search.made == 2
    assert list(search_changes.find({})) == before


@pytest.fixture
def changes_of_every_kind(listing_id, host, guest, stay, now):
    """What a person or a process may do, each of which another answer follows."""
    claim = {"listing_id": listing_id, **NIGHTS, "now": now}
    later = now + dt.timedelta(minutes=10)
    version = itertools.count(1)
    path = f"/api/properties/{listing_id}"

    def put(**values):
        assert host.put(path, {"version": next(version), **values}).status_code == 200

    def book():
        assert guest.post("/api/bookings", stay()).status_code == 201

    def suspend():
        services.listing_suspend(listing_id=listing_id, now=now)
        next(version)

    def restore():
        services.listing_restore(listing_id=listing_id, now=now)
        next(version)

    return {
        "hold": lambda: nights_claim(
            **claim, kind=ClaimKind.HOLD, owner_id="a hold", expires_at=later
        ),
        "release": lambda: nights_release(owner_id="a hold"),
        "booking": book,
        "block": lambda: nights_block(listing_id=listing_id, nights=[NIGHTS["check_in"]], now=now),
        "edit": lambda: put(title="A loud flat"),
        "withdrawal": lambda: put(is_active=False),
        "return": lambda: put(is_active=True),
        "suspension": suspend,
        "restoration": restore,
    }


def test_nothing_stale_outlives_a_change(search, changes_of_every_kind):
    for name, act in changes_of_every_kind.items():
        before = search.heat()
        act()
        assert search.ask() != before, name


def test_without_the_comparison_it_would(search, changes_of_every_kind, monkeypatch):
    """The negative control: the same with a token that never changes."""
    monkeypatch.setattr(kept, "changes_seen", lambda _cells: b"." * changes.TOKEN_BYTES)
    before = search.heat()
    for act in changes_of_every_kind.values():
        act()
    assert search.ask() == before


def test_a_change_while_the_answer_is_made_is_not_missed(search, listing_id, now):
    nights = itertools.count(1)

    def block():
        nights_block(listing_id=listing_id, nights=[dt.date(2030, 2, next(nights))], now=now)

    search.ask()
    search.meanwhile = block
    stale = search.ask()
    assert search.ask() != stale
    # The negative control: asking for the changes after the answer is made keeps what is stale.
    stale = search.heat()
    block()
    seen = changes_seen(CELLS)
    kept._write(kept.blake2b(b"the search", digest_size=16).digest(), seen + stale, 10)
    assert search.ask() == stale != search.answer()


def test_a_change_elsewhere_ends_nothing(search, make_listing, now):
    paris = make_listing(lng=PARIS[0], lat=PARIS[1], city="Paris")
    search.heat()
    made = search.made
    nights_block(listing_id=paris, nights=[NIGHTS["check_in"]], now=now)
    search.ask()
    assert search.made == made
    everywhere = Search(search.listing_id, cells=None)
    everywhere.heat()
    nights_block(listing_id=paris, nights=[NIGHTS["check_out"]], now=now)
    made = everywhere.made
    everywhere.ask()
    assert everywhere.made == made + 1


def test_a_listing_that_moves_ends_what_is_kept_at_both_places(make_listing, host):
    listing_id = make_listing()
    there = Search(listing_id), Search(listing_id, cells=cells_around(PARIS, 20_000))
    for one in there:
        kept.RECENT.forget()
        one.heat()
    before = [changes_seen(one.cells) for one in there]
    point = {"type": "Point", "coordinates": list(PARIS)}
    change = {"version": 1, "location": {"city": "Paris", "coordinates": point}}
    assert host.put(f"/api/properties/{listing_id}", change).status_code == 200
    for one, seen in zip(there, before, strict=True):
        assert changes_seen(one.cells) != seen


def test_a_rebuild_ends_all(search, listing_id):
    search_entries.update_one({"_id": listing_id}, {"$set": {"card.title": "Not so"}})
    before = search.heat()
    assert [batch.differing for batch in entries_rebuild()] == [{listing_id: ["card"]}]
    assert search_changes.exists({"cell": EVERYWHERE})
    assert search.ask() != before


def test_a_redis_that_is_away_costs_nothing_but_the_cache(search, settings, listing_id, now):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    first = search.ask()
    assert [search.ask() for _ in range(3)] == [first] * 3
    assert search.made == 4
    nights_block(listing_id=listing_id, nights=[NIGHTS["check_in"]], now=now)
    assert search.ask() != first


def test_where_too_much_changes_nothing_is_kept(search, monkeypatch):
    monkeypatch.setattr(changes, "MOST_CHANGES", 0)
    search.ask()
    search.ask()
    search.ask()
    assert search.made == 3


def test_it_can_be_switched_off(search, settings):
    settings.SEARCH_KEPT_SECONDS = 0
    for _ in range(3):
        search.ask()
    assert search.made == 3


def test_notes_of_changes_are_read_from_the_index(listing_id):
    plan = search_changes.collection.find({"cell": {"$in": [1, 2]}}, {"_id": 1}).explain()
    assert "PROJECTION_COVERED" in str(plan["queryPlanner"]["winningPlan"])
    assert search_changes.collection.index_information()["at_ttl"]["expireAfterSeconds"] == 90
    assert listings.exists({"_id": listing_id})


@pytest.mark.unit
@pytest.mark.parametrize("centre", [SINGAPORE, PARIS, (179.9, -17.0), (-180.0, 60.0), (0.0, 0.0)])
def test_the_cells_around_a_point_hold_all_that_is_near(centre):
    lng, lat = centre
    cells = cells_around(centre, 50_000)
    for east, north in itertools.product((-0.44, 0.0, 0.44), repeat=2):
        around = (lng + east + 180) % 360 - 180
        assert cell_of((around, lat + north)) in cells
    assert len(cells) <= 9


@pytest.mark.unit
def test_wide_areas_and_those_at_a_pole_have_all_cells():
    assert cells_around(SINGAPORE, 2_000_000) is None
    assert cells_around((0.0, 89.9), 50_000) is None
    assert cells_around((0.0, -89.9), 50_000) is None
    assert cell_of((180.0, 90.0)) == cell_of((-180.0, 89.5))
