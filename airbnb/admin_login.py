from typing import Any

from django.core.exceptions import ValidationError
from unfold.forms import AuthenticationForm

from apps.common.addresses import address_key
from apps.common.errors import UnavailableError
from apps.common.guessing import GuessingUnavailableError, TooManyAttemptsError, guesses
from apps.common.throttling import LoginThrottle


class AdminLoginForm(AuthenticationForm):
    """Attempts count towards the same limits as those at the API."""

    def clean(self) -> dict[str, Any]:
        throttle = LoginThrottle()
        try:
            allowed = throttle.allow_request(self.request, None)
        except UnavailableError as error:
            raise ValidationError(error.message) from error
        if not allowed:
            wait = int(throttle.wait() or 60)
            raise ValidationError(f"Too many attempts. Try again in {wait} seconds.")
        account = address_key(str(self.data.get("username", "")))
        try:
            with guesses("login", account=account, request=self.request):
                return super().clean()
        except (TooManyAttemptsError, GuessingUnavailableError) as error:
            raise ValidationError(error.message) from error
