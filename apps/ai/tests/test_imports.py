"""The real files of DATASETS, or ones that are written here where they are missing."""

import datetime as dt
import io
import json
import os
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from apps.ai.imports.attractions import attraction_name
from apps.ai.imports.hawkers import hawker_name
from apps.ai.rows import activities, climate_normals

DATASETS = Path(os.environ.get("DATASETS") or settings.BASE_DIR.parent / "shared" / "data")


def attraction(number=1, **properties):
    values = {
        "Name": f"Sight {number}",
        "description": "Old &amp; fine.",
        "HYPERLINK": '<a target="_blank" href="http://example.org/">http://example.org/</a>',
        "Opening Hours": "Daily",
        "URL Path": '<a href="http://x/en/see/history/history-museums/a.html">x</a>',
        "ADDRESSSTREETNAME": "1 Street",
        "INC_CRC": f"{number:016X}",
        **properties,
    }
    point = {"type": "Point", "coordinates": [103.85 + number / 1000, 1.29]}
    return {"type": "Feature", "properties": values, "geometry": point}


def hawker(number=1, **cells):
    values = {
        "NAME": f"Smith Street Blk {number} (Centre {number})",
        "STATUS": "Existing",
        "ADDRESS_MYENV": f"Blk {number}, Smith Street",
        "INC_CRC": f"{number + 4096:016X}",
        **cells,
    }
    rows = "".join(f"<tr><th>{name}</th> <td>{value}</td></tr>" for name, value in values.items())
    table = f"<center><table><tr><th colspan='2'><em>Attributes</em></th></tr>{rows}</table>"
    point = {"type": "Point", "coordinates": [103.80 + number / 1000, 1.30, 0.0]}
    return {"type": "Feature", "properties": {"Description": table}, "geometry": point}


def write(folder, **files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, features in files.items():
        collection = {"type": "FeatureCollection", "features": features}
        (folder / f"{name}.geojson").write_text(json.dumps(collection), encoding="utf-8")
    return folder


def run(command, path, report):
    out = io.StringIO()
    call_command(command, str(path), "--report", str(report), stdout=out)
    return out.getvalue().strip().rsplit(";", 1)[0]


@pytest.fixture
def report(tmp_path):
    return tmp_path / "report.jsonl"


@pytest.fixture
def poi(request, tmp_path):
    """The folder, and how many places of each kind are open in it."""
    folder = DATASETS / "poi-singapore"
    if folder.is_dir():
        return folder, 104, 113
    report_missing(request, f"{folder} is missing: its test runs on files that it writes itself")
    sights = [attraction(n) for n in range(1, 21)]
    centres = [hawker(n) for n in range(1, 31)]
    return write(tmp_path / "poi", attractions=sights, centres=centres), 20, 30


def report_missing(request, sentence):
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\n{sentence}")


def test_the_places_of_singapore(poi, report, anonymous):
    folder, sights, centres = poi
    summary = run("import_activities", folder, report)
    assert f"{sights + centres} created" in summary
    assert not report.exists()
    stored = list(activities.find({}))
    assert len(stored) == sights + centres
    kinds = Counter(row["category"] for row in stored)
    assert kinds["food"] in {centres, centres + 1}
    assert all(row["name"] and "<" not in row["name"] + row["description"] for row in stored)
    assert all(row["url"] == "" or row["url"].startswith("http") for row in stored)
    assert {row["city"] for row in stored} == {"Singapore"}
    assert all("Singapore Open Data Licence" in row["attribution"] for row in stored)
    near = anonymous.get(
        "/api/ai/activities", {"lat": 1.30, "lng": 103.83, "radius_km": 50, "per_page": 1}
    )
    assert near.json()["pagination"]["total"] == sights + centres


def test_a_plan_visits_the_imported_places(poi, report, guest, listing_id, today):
    run("import_activities", poi[0], report)
    start = today + dt.timedelta(days=30)
    trip = {"destination": "Singapore", "guests": 2, "interests": ["museums", "food"]}
    trip |= {"start_date": str(start), "end_date": str(start + dt.timedelta(days=4))}
    plan = guest.post("/api/ai/itinerary", trip).json()
    assert plan["stay"]["listing"]["id"] == str(listing_id)
    items = [item for day in plan["days"] for item in day["activities"]]
    assert len({item["id"] for item in items}) == len(items) == 12
    known = set(activities.distinct("_id", {}))
    assert {item["id"] for item in items} <= known
    assert {item["category"] for item in items} == {"museum", "food"}
    assert all(item["distance_km"] < 15 for item in items)


def test_importing_the_places_again_changes_nothing(poi, report):
    folder, sights, centres = poi
    run("import_activities", folder, report)
    before = list(activities.find({}).sort("_id", 1))
    summary = run("import_activities", folder, report)
    assert f"{sights + centres} unchanged" in summary
    assert "created" not in summary
    assert "updated" not in summary
    assert list(activities.find({}).sort("_id", 1)) == before


def test_what_changed_is_updated_and_what_went_is_removed(tmp_path, report):
    folder = write(tmp_path / "poi", sights=[attraction(1), attraction(2), attraction(3)])
    run("import_activities", folder, report)
    activities.insert_one({"_id": "demo:x", "source": "demo"})
    write(folder, sights=[attraction(1), attraction(2, **{"Opening Hours": "Never"})])
    summary = run("import_activities", folder, report)
    assert summary == "activities: 1 updated, 1 unchanged, 1 removed"
    assert activities.count({"source": "demo"}) == 1


def test_rows_that_cannot_be_used_are_reported(tmp_path, report):
    bad = [
        attraction(2, INC_CRC=""),
        attraction(3, **{"URL Path": "http://x/en/nowhere"}),
        {**attraction(4), "geometry": {"type": "Point", "coordinates": [2.3, 48.8]}},
        {**attraction(5), "geometry": None},
        {"type": "Feature"},
        "x",
        hawker(6, NAME=""),
    ]
    closed = hawker(7, STATUS="Under Construction")
    double = attraction(8, Name="Sight 1", INC_CRC="F" * 16)
    double["geometry"] = attraction(1)["geometry"]
    folder = write(tmp_path / "poi", mixed=[attraction(1), *bad, closed, double])
    summary = run("import_activities", folder, report)
    assert summary.endswith("activities: 7 rejected, 1 not open, 1 doubles, 1 created")
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert [line["line"] for line in lines] == [2, 3, 4, 5, 6, 7, 8]
    assert "its point (2.3, 48.8) is not in Singapore" in lines[2]["reason"]


def test_links_are_links_only(tmp_path, report):
    bad = '<a href="javascript:alert(1)">x</a>'
    run("import_activities", write(tmp_path / "p", a=[attraction(1, HYPERLINK=bad)]), report)
    assert activities.find_one({})["url"] == ""


@pytest.mark.parametrize("content", ["", "[]", '{"features": {}}', "\x00"])
def test_a_broken_file_changes_nothing(tmp_path, report, content):
    folder = write(tmp_path / "poi", good=[attraction(1)])
    (folder / "broken.geojson").write_text(content)
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("import_activities", folder, report)
    assert activities.count({}) == 0


@pytest.mark.unit
def test_a_folder_without_files_is_named(tmp_path, report):
    with pytest.raises(CommandError, match=r"holds no \.geojson file"):
        run("import_activities", tmp_path / "none", report)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Orchard Road, Singapore: Asia's Most Famous Shopping Street", "Orchard Road"),
        ("Gillman Barracks – YourSingapore", "Gillman Barracks"),  # noqa: RUF001
        ("National Museum of Singapore", "National Museum of Singapore"),
        ("Universal Studios Singapore™ Theme Park", "Universal Studios Singapore Theme Park"),
        ("Pulau Ubin & Singapore Islands", "Pulau Ubin"),
    ],
)
def test_page_titles_become_names(title, name):
    assert attraction_name(title) == name


@pytest.mark.unit
@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ("Smith Street Blk 335 (Chinatown Complex Market)", "Chinatown Complex Market"),
        ("Amoy Street Food Centre (Telok Ayer Food Centre)",
         "Amoy Street Food Centre (Telok Ayer Food Centre)"),
        ("Toa Payoh Lorong 4 Blk 93", "Toa Payoh Lorong 4 Blk 93"),
        ("Circuit Road Blk 80 (80 Circuit Road Market and Food Centre)",
         "Circuit Road Market and Food Centre"),
    ],
)  # fmt: skip
def test_hawker_centres_are_called_as_people_do(listed, name):
    assert hawker_name(listed) == name


def city(name="Oslo", country="Norway", **month):
    figures = {"high": 9, "low": 2, "dryDays": 15, "snowDays": 3, "rainfall": 50, **month}
    return {"id": 1, "city": name, "country": country, "monthlyAvg": [figures] * 12}


def test_climate_normals(request, tmp_path, report):
    file, count = DATASETS / "climate-normals" / "climate.json", 105
    if not file.is_file():
        report_missing(request, f"{file} is missing: its test runs on a file that it writes itself")
        names = ("Singapore", "Lisbon", "New York City NY", "Honolulu")
        rows = [city(name, "Hawaii" if name == "Honolulu" else "United States") for name in names]
        file, count = tmp_path / "climate.json", len(rows)
        file.write_text(json.dumps(rows))
    assert run("import_climate", file, report) == f"climate normals: {count} created"
    assert run("import_climate", file, report) == f"climate normals: {count} unchanged"
    assert climate_normals.count({}) == count
    assert climate_normals.find_one({"_id": "new york:united states"})["city"] == "New York"
    assert climate_normals.find_one({"_id": "honolulu:united states"})
    assert all(len(row["months"]) == 12 for row in climate_normals.find({}))
    assert climate_normals.distinct("attribution", {}) == [
        "Climate normals: climate data collection (c) 2015 Michael Xander, MIT licence"
    ]


def test_climate_rows_that_cannot_be_used_are_reported(tmp_path, report):
    short = {**city("Rome", "Italy"), "monthlyAvg": city()["monthlyAvg"][:11]}
    rows = [city(), city("Bergen", low=20), city("", ""), short, {}, city("Hot", high=99)]
    file = tmp_path / "climate.json"
    file.write_text(json.dumps(rows))
    assert run("import_climate", file, report).endswith("climate normals: 5 rejected, 1 created")
    assert len(report.read_text().splitlines()) == 5
    file.write_text("{}")
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("import_climate", file, report)


def test_the_demo_has_activities_and_normals_without_any_file(anonymous):
    from apps.properties.demo.cities import cities

    out = io.StringIO()
    call_command("seed_activities", stdout=out)
    assert "240 created" in out.getvalue()
    before = list(activities.find({}).sort("_id", 1))
    call_command("seed_activities", stdout=out)
    assert "240 unchanged" in out.getvalue()
    assert list(activities.find({}).sort("_id", 1)) == before
    for name in (demo.place.city for demo in cities()):
        found = anonymous.get("/api/ai/activities", {"city": name, "per_page": 50}).json()
        assert len(found["results"]) == 20
        kinds = {row["category"] for row in found["results"]}
        assert {"food", "museum", "nature", "arts"} <= kinds
        assert climate_normals.count({"city": name}) == 1


def test_seeding_leaves_imported_normals_alone(normals):
    row = {**normals, "_id": "lisbon:portugal", "city": "Lisbon", "country": "Portugal"}
    climate_normals.insert_one(row)
    call_command("seed_activities", stdout=io.StringIO())
    assert climate_normals.find_one({"_id": "lisbon:portugal"}) == row
