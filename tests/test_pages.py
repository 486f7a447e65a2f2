"""What stands in a page that Django serves: for search engines, previews of links, and the SPA."""

import json
import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from airbnb.pages import sitemap
from apps.properties.models import Rating
from apps.properties.rows import listings
from tests import schema_org
from tests.exact_place import STREET

HOSTILE = '</script><script>alert(1)</script><!-- "quoted" & \u2028 Ünïcode'
BUILT = (
    '<html><head><meta name="description" content="x" /><title>SPA</title></head>'
    '<body><div id="root"></div><noscript>x</noscript></body></html>'
)
ROUTES = [
    {"path": "", "scripts": [], "styles": []},
    {"path": "listings/:listingId", "scripts": [], "styles": []},
]
SCRIPT = re.compile(r'<script type="(application/[a-z+]+)"[^>]*>(.*?)</script>', re.DOTALL)
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def built(tmp_path, settings):
    (tmp_path / "index.html").write_text(BUILT)
    (tmp_path / "pages.json").write_text(json.dumps({"routes": ROUTES}))
    settings.SPA_DIST = str(tmp_path)
    settings.SITE_URL = "https://stay.example"


class Shown:
    """A page as a reader of its HTML has it."""

    def __init__(self, path: str) -> None:
        self.response = Client().get(path)
        self.html = self.response.content.decode()
        blocks = SCRIPT.findall(self.html)
        self.schema = [json.loads(text) for kind, text in blocks if kind.endswith("ld+json")]
        first = [json.loads(text) for kind, text in blocks if kind == "application/json"]
        self.data = first[0] if first else {}

    def meta(self, name: str) -> str | None:
        found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', self.html)
        return unescape(found[1]) if found else None


def test_a_listing_says_what_it_is(make_listing):
    listing = make_listing(
        title="A house by the sea",
        description="Two floors.\nA garden.",
        images=["/media/listings/1/a-1600.webp", "https://pictures.example/b.jpg"],
        rating=Rating(average=4.5, count=2),
        amenities=["wifi"],
    )
    path = f"/listings/{listing}"
    page = Shown(path)
    assert page.response.status_code == 200
    assert "<title>A house by the sea · Staywell</title>" in page.html
    assert page.html.count("<title>") == page.html.count('name="description"') == 1
    described = "Apartment in Singapore, Singapore for up to 4 guests. Two floors. A garden."
    assert page.meta("description") == page.meta("og:description") == described
    assert f'<link rel="canonical" href="https://stay.example{path}">' in page.html
    assert page.meta("og:image") == "https://stay.example/media/listings/1/a-1600.webp"
    assert (
        'href="/media/listings/1/a-1600.webp" imagesrcset="/media/listings/1/a-320.webp 320w'
        in page.html
    )
    assert 'fetchpriority="high"' in page.html
    assert page.meta("robots") is None
    rental, trail = page.schema
    for schema in page.schema:
        assert schema_org.problems(schema) == []
    assert (rental["@type"], rental["name"]) == ("VacationRental", "A house by the sea")
    assert rental["aggregateRating"]["ratingValue"] == 4.5
    assert [step["name"] for step in trail["itemListElement"]] == [
        "Staywell",
        "Singapore",
        "A house by the sea",
    ]


def test_the_checker_of_schemas_finds_what_is_wrong():
    good = {
        "@context": "https://schema.org",
        "@type": "Accommodation",
        "occupancy": {"@type": "QuantitativeValue", "value": 2},
    }
    assert schema_org.problems(good) == []
    for wrong in (
        {**good, "@type": "Cottage"},
        {**good, "price": 3},
        {**good, "occupancy": 2},
        {**good, "occupancy": {"@type": "QuantitativeValue", "value": "two"}},
        {**good, "@context": "https://example.org"},
    ):
        assert schema_org.problems(wrong), wrong


def test_the_data_in_a_page_is_what_the_api_answers(listing_id, anonymous):
    for path in (f"/listings/{listing_id}", "/", "/?place=Singapore%2C+Singapore&guests=2"):
        page = Shown(path)
        assert page.data
        for address, data in page.data.items():
            assert anonymous.get(address).json() == data, address
    assert f"/api/properties/{listing_id}" in Shown(f"/listings/{listing_id}").data
    assert "/api/properties?page=1&per_page=20" in Shown("/").data


def test_no_text_of_a_host_ends_the_part_that_it_stands_in(make_listing):
    title = HOSTILE[:100]
    listing = make_listing(title=title, description=HOSTILE, city=HOSTILE[:50])
    for path in (
        f"/listings/{listing}",
        "/",
        "/?place=%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    ):
        page = Shown(path)
        assert "alert(1)</script>" not in page.html
        assert page.html.count("<script") == len(SCRIPT.findall(page.html))
        assert not re.search(r"<!--|</title>.*</title>", page.html, re.DOTALL)
    page = Shown(f"/listings/{listing}")
    assert page.data[f"/api/properties/{listing}"]["title"] == title
    assert page.schema[0]["name"] == title


def test_no_page_gives_away_where_a_listing_is(listing_id):
    place = {"address": STREET, "coordinates": {"type": "Point", "coordinates": [103.8519, 1.2949]}}
    listings.update_one(
        {"_id": listing_id}, {"$set": {"exact": place, "arrival_instructions": "The key is 4711"}}
    )
    for path in (f"/listings/{listing_id}", "/", "/?place=Singapore", "/sitemap-listings-1.xml"):
        html = Shown(path).html
        assert not any(mark in html for mark in (STREET, "103.8519", "1.2949", "4711")), path


@pytest.mark.parametrize(
    "path",
    ["/listings/5f43a1b2c3d4e5f6a7b8c9d0", "/listings/search", "/listings/1%3Fx", "/nothing"],
)
def test_what_is_not_there_is_a_404_that_shows_the_spa(path):
    page = Shown(path)
    assert page.response.status_code == 404
    assert page.meta("robots") == "noindex"
    assert '<div id="root">' in page.html
    assert page.data == {}


def test_a_withdrawn_listing_is_gone(listing_id):
    listings.update_one({"_id": listing_id}, {"$set": {"is_active": False}})
    page = Shown(f"/listings/{listing_id}")
    assert page.response.status_code == 410
    assert page.meta("robots") == "noindex"
    assert "A quiet flat" not in page.html


def test_a_destination_is_a_page_and_a_search_with_filters_is_none(listing_id):
    page = Shown("/?place=Singapore")
    assert page.meta("og:url") == "https://stay.example/?place=Singapore"
    assert page.meta("description").startswith("1 place to stay in Singapore.")
    assert [schema["@type"] for schema in page.schema] == ["ItemList", "BreadcrumbList"]
    assert [problem for schema in page.schema for problem in schema_org.problems(schema)] == []
    assert f'<a href="/listings/{listing_id}">A quiet flat</a>' in page.html
    for query in (
        "place=Singapore&guests=2",
        "place=Nowhere+at+all",
        "near=1.2,103.8",
        "guests=2",
        "guests=x",
    ):
        page = Shown(f"/?{query}")
        assert (page.response.status_code, page.meta("robots")) == (200, "noindex"), query


def test_what_nobody_knows_of_an_address_is_the_start_page(listing_id):
    page = Shown("/?utm_source=letter")
    assert page.meta("og:url") == "https://stay.example/"
    assert [schema["@type"] for schema in page.schema] == ["WebSite"]
    assert schema_org.problems(page.schema[0]) == []


def test_a_page_counts_as_the_calls_that_stand_in_it(listing_id, settings):
    settings.RATE_LIMIT_READS = "2/minute"
    assert Shown(f"/listings/{listing_id}").response.status_code == 200
    page = Shown(f"/listings/{listing_id}")
    assert page.response.status_code == 429
    assert int(page.response["Retry-After"]) > 0


def test_robots_lead_to_the_sitemaps(anonymous):
    lines = anonymous.get("/robots.txt").content.decode().splitlines()
    assert lines[-1] == "Sitemap: https://stay.example/sitemap.xml"
    assert "Disallow: /api/" in lines


def _urls(path: str) -> list[tuple[str, str | None]]:
    root = ET.fromstring(Client().get(path).content)
    return [
        (str(each.findtext(f"{SITEMAP}loc")), each.findtext(f"{SITEMAP}lastmod")) for each in root
    ]


def test_sitemaps_have_each_shown_listing_once(make_listing, monkeypatch):
    monkeypatch.setattr(sitemap, "PER_PAGE", 2)
    made = [make_listing(title=f"Home {n}") for n in range(5)]
    listings.update_one({"_id": made[1]}, {"$set": {"is_active": False}})
    shown = [one for one in made if one != made[1]]
    index = [url for url, _ in _urls("/sitemap.xml")]
    assert index == [
        "https://stay.example/sitemap-pages.xml",
        "https://stay.example/sitemap-listings-1.xml",
        "https://stay.example/sitemap-listings-2.xml",
    ]
    found = [one for page in (1, 2) for one in _urls(f"/sitemap-listings-{page}.xml")]
    assert [url for url, _ in found] == [f"https://stay.example/listings/{one}" for one in shown]
    updated = listings.find_one({"_id": shown[0]})["updated_at"]
    assert found[0][1] == f"{updated:%Y-%m-%dT%H:%M:%SZ}"
    for page in (0, 3):
        assert Client().get(f"/sitemap-listings-{page}.xml").status_code == 404


def test_a_page_of_the_sitemap_is_read_by_the_index(make_listing):
    make_listing()
    found = listings.find({"is_active": True}, {"updated_at": 1}).sort("_id", 1).explain()
    assert "newest" in json.dumps(found["queryPlanner"]["winningPlan"], default=str)


def test_destinations_are_the_cities_with_listings(make_listing):
    make_listing(city='R&D "<city>"')
    urls = [url for url, _ in _urls("/sitemap-pages.xml")]
    assert urls[0] == "https://stay.example/"
    assert "https://stay.example/terms" in urls
    assert "https://stay.example/?place=R%26D+%22%3Ccity%3E%22%2C+Singapore" in urls
