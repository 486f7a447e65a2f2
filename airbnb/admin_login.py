from typing import Any

from django.core.exceptions import ValidationError
from unfold.forms import AuthenticationForm

from apps.common.errors import UnavailableError
from apps.common.throttling import LoginThrottle


class AdminLoginForm(AuthenticationForm):
    """Attempts count towards the same limit by address as those at the API."""

    def clean(self) -> dict[str, Any]:
        throttle = LoginThrottle()
        try:
            if throttle.allow_request(self.request, None):
                return super().clean()
        except UnavailableError as error:
            raise ValidationError(error.message) from error
        wait = int(throttle.wait() or 60)
        raise ValidationError(f"Too many attempts. Try again in {wait} seconds.")
