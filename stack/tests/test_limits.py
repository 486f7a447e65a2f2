import pytest
from django.conf import settings

from stack.common.limits import no_limits


@pytest.mark.unit
def test_every_rate_limit_of_the_settings_is_switched_off():
    known = {name for name in dir(settings) if name.startswith("RATE_LIMIT_")}
    assert no_limits() == dict.fromkeys(known, "")
