import pytest

from apps.accounts.hashers import NormalisingHasher


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """These tests log in and change passwords by the dozen. That passwords are stored with twelve
    rounds is tested in apps/accounts."""
    monkeypatch.setattr(NormalisingHasher, "rounds", 4)
