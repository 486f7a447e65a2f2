from django.db.models import TextChoices


class Kind(TextChoices):
    """What the security log tells of. A value, once stored, keeps its meaning."""

    LOGGED_IN = "logged_in", "Logged in"
    LOGIN_FAILED = "login_failed", "Log-in failed"
    SECOND_FACTOR_FAILED = "second_factor_failed", "Wrong second factor"
    SECOND_FACTOR_ON = "second_factor_on", "Second factor switched on"
    SECOND_FACTOR_OFF = "second_factor_off", "Second factor switched off"
    RECOVERY_CODE_USED = "recovery_code_used", "Recovery code used"
    ADMINISTRATOR_CREATED = "administrator_created", "Administrator created"
    ROLES_CHANGED = "roles_changed", "Staff rights changed"
    STAFF_ACTION = "staff_action", "Action of staff"
    LOGGED_OUT = "logged_out", "Logged out"
    SESSIONS_ENDED = "sessions_ended", "Logged out everywhere"
    TOKEN_REUSED = "token_reused", "Refresh token used twice"
    REGISTERED = "registered", "Registered"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    PASSWORD_RESET = "password_reset", "Password reset"
    EMAIL_VERIFIED = "email_verified", "E-mail verified"
    EMAIL_CHANGED = "email_changed", "E-mail changed"
    USER_SUSPENDED = "user_suspended", "User suspended"
    USER_RESTORED = "user_restored", "User restored"
    LISTING_SUSPENDED = "listing_suspended", "Listing suspended"
    LISTING_RESTORED = "listing_restored", "Listing restored"
    DATA_EXPORTED = "data_exported", "Data of a person exported"
    ACCOUNT_ERASED = "account_erased", "Account erased"
