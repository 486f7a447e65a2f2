"""What other apps read of users, and the users that imports bring."""

from bson import ObjectId

from apps.accounts.enums import UserType
from apps.accounts.models import User
from apps.accounts.rows import users
from apps.accounts.selectors import (
    Contact,
    Person,
    TokenProof,
    first_names,
    tokens_alive,
    user_contact,
    user_person,
)
from apps.accounts.services import NewUser, user_suspend, users_add

ID = ObjectId("66f1c2a4b8e0d3f5a7c91e24")


def new_user(now, **changed) -> NewUser:
    values = {
        "id": ID,
        "username": "Airbnb-7",
        "email": "Airbnb-7@import.invalid",
        "source_id": "airbnb:7",
        "created_at": now,
        **changed,
    }
    return NewUser(**values)


def test_an_imported_user_is_stored_as_the_model_would(now):
    assert users_add([new_user(now, first_name="Ines")], now=now) == 1
    user = User.objects.get(pk=ID)
    assert (user.username, user.email) == ("airbnb-7", "Airbnb-7@import.invalid")
    assert user.email_key == "airbnb-7@import.invalid"
    assert (user.user_type, user.first_name, user.profile.languages) == ("owner", "Ines", [])
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, False, False)
    assert not user.has_usable_password()
    fields = {field.column for field in User._meta.concrete_fields}
    assert set(users.find_one({"_id": ID})) == fields


def test_users_who_are_there_stay_as_they_are(now):
    users_add([new_user(now)], now=now)
    changed = [
        new_user(now, first_name="Other"),
        new_user(now, id=ObjectId(), username="b", email="b"),
    ]
    assert users_add(changed, now=now, password="a long enough password") == 1
    assert User.objects.get(pk=ID).first_name == ""
    assert User.objects.get(username="b").check_password("a long enough password")


def test_an_admin_may_do_everything(now):
    users_add([new_user(now, is_admin=True, user_type=UserType.TRAVELER)], now=now)
    user = User.objects.get(pk=ID)
    assert (user.is_staff, user.is_superuser, user.user_type) == (True, True, "traveler")


def test_what_others_read_of_a_user(guest, now):
    users.update_one({"_id": guest.id}, {"$set": {"profile.languages": ["German"]}})
    stored = users.find_one({"_id": guest.id})
    assert user_person(guest.id) == Person(guest.id, "Gia", stored["created_at"])
    assert user_contact(guest.id) == Contact(
        email=guest.user.email,
        first_name="Gia",
        is_verified=True,
        roles=frozenset({"traveler"}),
        is_active=True,
        languages=["German"],
    )
    assert first_names([guest.id, ObjectId()]) == {guest.id: "Gia"}
    proofs = {TokenProof(guest.id, "t", "", 0), TokenProof(ObjectId(), "t", "", 0)}
    assert tokens_alive(proofs) == {TokenProof(guest.id, "t", "", 0)}
    user_suspend(user_id=guest.id, now=now)
    assert tokens_alive(proofs) == set()
    assert user_contact(guest.id).is_active is False


def test_nobody_is_nobody():
    assert user_person(ID) is None
    assert user_contact(ID) is None
