import pytest
from django.contrib.auth.hashers import make_password

from apps.accounts.hashers import NormalisingHasher
from apps.accounts.services import login
from conftest import PASSWORD


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """These tests log in and change passwords by the dozen. That passwords are stored with twelve
    rounds is tested in apps/accounts."""
    monkeypatch.setattr(NormalisingHasher, "rounds", 4)
    monkeypatch.setattr(login, "NOBODYS", make_password("nobody's"))


@pytest.fixture
def password_hash(quick_hashes) -> str:
    return make_password(PASSWORD)
