"""Nothing that leads to a person is forgotten: each such field of each collection is a part's,
which exports and erases it, or stands here with the reason why not."""

import re
from pathlib import Path

import mongoengine
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django_mongodb_backend.models import EmbeddedModel

from apps.common import parts

PERSON = re.compile(
    r"(^|_)(user|guest|host|owner|actor|staff|person|subject|chosen_by|author|e?mail|address|username"
    r"|account|phone)(_id|_key)?$"
)
EXEMPT = {
    "django_admin_log.user_id": "what staff did; it stays with them",
    "users_groups.user_id": "roles of staff, whose accounts administrators delete",
    "users_user_permissions.user_id": "rights of staff",
    "night_claims.owner_id": "the id of a booking, a hold or a block",
    "search_entries.host_id": "goes from every search with the listing, see listings.host_id",
    "search_entries.holds.owner_id": "the id of a hold",
    "leases.owner": "a process",
    "dead_letters.history.actor": "who of staff acted",
    "bookings.history.actor": "a side, not a person",
    "listings.exact.address": "erased with the listing, see listings.host_id",
    "text_versions.author_id": "who of staff published it",
    "reviews.author": "a first name of a dump, of nobody who has an account",
    "activities.address": "of a sight",
    "users.phone": "with users._id",
    "users.is_staff": "no name: yes or no",
    "notification_preferences.email": "whether e-mails are wanted",
    "security_events.user_id": "the security log is append-only; it has no names",
    "security_events.actor_id": "the same",
    "security_events.address": "the same",
    "security_log.user_id": "the same",
    "security_log.actor_id": "the same",
    "security_log.address": "the same",
}
# Collections with a person that the export leaves out.
NOT_EXPORTED = {
    "sessions": "log-ins of the admin: keys",
    "second_factors": "secrets",
    "account_links": "hashes of links that were mailed, for two weeks at most",
    "idempotency_keys": "replies that the person got, for 24 hours",
    "payment_commands": "orders to the provider; what they moved is in ledger_entries",
    "booking_facts": "figures made of bookings",
    "data_exports": "the export itself",
}


def named(collection, fields, prefix=""):
    for field in fields:
        name = getattr(field, "column", None) or getattr(field, "db_field", field.name)
        inner = getattr(field, "embedded_model", None)
        if inner:
            yield from named(collection, inner._meta.concrete_fields, f"{prefix}{name}.")
        elif PERSON.search(name) or getattr(field, "related_model", None) is get_user_model():
            yield f"{collection}.{prefix}{name}"


def references() -> set[str]:
    found = {"users._id"}
    for model in apps.get_models(include_auto_created=True):
        if not issubclass(model, EmbeddedModel):
            found |= set(named(model._meta.db_table, model._meta.concrete_fields))
    for document in mongoengine.Document.__subclasses__():
        if not document._meta["abstract"]:
            found |= set(named(document._meta["collection"], document._fields.values()))
    return found


def kept() -> dict[str, str]:
    return {field: what for part in parts.parts() for field, what in part.keeps.items()}


@pytest.mark.unit
def test_every_field_that_leads_to_a_person_is_covered():
    assert references() - kept().keys() - EXEMPT.keys() == set()
    assert kept().keys() & EXEMPT.keys() == set()
    assert EXEMPT.keys() - references() == set()


@pytest.mark.unit
def test_the_page_of_the_docs_has_every_field():
    page = (Path(__file__).parents[1] / "docs" / "personal-data.md").read_text()
    missing = {
        field for field in kept() if f"`{field}`" not in page and not field.startswith("users.")
    }
    assert missing == set()


def test_every_collection_with_a_person_is_exported_or_says_why_not(guest):
    exported = {name for part in parts.parts() for name, _ in part.export(guest.id)}
    collections = {field.partition(".")[0] for field in kept()}
    assert collections - exported - NOT_EXPORTED.keys() == set()
    assert NOT_EXPORTED.keys() & exported == set()
