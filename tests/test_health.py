from django.core.management import call_command


def test_probes(anonymous):
    assert anonymous.get("/health").json() == {"status": "ok", "role": "all"}
    assert anonymous.get("/livez").status_code == 200
    ready = anonymous.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["checks"] == {"mongodb": "ok", "redis": "ok"}


def test_readiness_names_what_is_missing(anonymous, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = anonymous.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {
        "mongodb": "ok",
        "redis": "Redis does not answer: ConnectionError",
    }
    assert anonymous.get("/livez").status_code == 200


def test_unknown_addresses_have_the_one_shape(anonymous):
    response = anonymous.get("/api/nothing")
    assert response.status_code == 404
    error = response.json()["error"]
    assert error["code"] == "NOT_FOUND"
    assert error["request_id"] == response["X-Request-ID"]


def test_a_usable_request_id_is_kept(anonymous):
    kept = anonymous.get("/livez", headers={"x-request-id": "gateway-0001"})
    assert kept["X-Request-ID"] == "gateway-0001"
    replaced = anonymous.get("/livez", headers={"x-request-id": "no\tgood"})
    assert len(replaced["X-Request-ID"]) == 32


def test_only_listed_origins_may_call(anonymous, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    ask = {
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,idempotency-key",
    }
    allowed = anonymous.options("/api/bookings", headers={"origin": "https://app.example", **ask})
    assert allowed["Access-Control-Allow-Origin"] == "https://app.example"
    assert "idempotency-key" in allowed["Access-Control-Allow-Headers"]
    other = anonymous.options("/api/bookings", headers={"origin": "https://evil.example", **ask})
    assert "Access-Control-Allow-Origin" not in other


def test_no_model_lacks_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_admin_shows_its_lists(make_person):
    staff = make_person(is_staff=True, is_superuser=True)
    staff.http.force_login(staff.user)
    for page in (
        "accounts/user",
        "properties/listing",
        "properties/nightclaim",
        "bookings/booking",
        "events/outboxmessage",
        "events/deadletter",
    ):
        assert (page, staff.http.get(f"/admin/{page}/").status_code) == (page, 200)


def test_an_outage_of_the_database_is_a_503_that_says_so(anonymous, monkeypatch):
    """The client points at a port where nobody listens: what a lost MongoDB looks like."""
    from pymongo import MongoClient

    from apps.common import mongo

    gone = MongoClient("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200")
    monkeypatch.setattr(mongo, "database", lambda: gone["airbnb"])
    response = anonymous.get("/api/properties")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "SERVICE_UNAVAILABLE"
    assert anonymous.get("/readyz").json()["checks"]["mongodb"].startswith("MongoDB does not")
    gone.close()
