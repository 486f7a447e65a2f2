import pytest

from apps.payments.rows import sandbox_charges
from apps.payments.tests.payment_data import rows


@pytest.fixture
def bank():
    return lambda: rows(sandbox_charges)
