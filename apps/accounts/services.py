from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from apps.accounts.enums import UserType
from apps.accounts.models import User, identity_normalised
from apps.common.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotAuthenticatedError,
)


def user_register(
    *,
    user_type: UserType,
    username: str,
    email: str,
    password: str,
    first_name: str = "",
    last_name: str = "",
    phone: str = "",
) -> User:
    """Raises `InvalidInputError` for a weak password, `ConflictError` for a taken identity."""
    user = User(
        user_type=user_type,
        username=username,
        email=email,
        first_name=first_name,
        last_name=last_name,
        phone=phone,
    )
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInputError(error.messages[0], fields={"password": error.messages}) from error
    user.set_password(password)
    try:
        user.save(force_insert=True)
    except IntegrityError as error:
        raise _taken(error, user) from error
    return user


def _taken(error: IntegrityError, user: User) -> ConflictError:
    if "index: email" in str(error.__cause__):
        return ConflictError(
            f"There is an account with the e-mail {user.email} already. Log in instead?",
            code="EMAIL_TAKEN",
        )
    return ConflictError(
        f"The user name {user.username} is taken. Choose another.", code="USERNAME_TAKEN"
    )


def user_authenticate(*, user_type: UserType, email: str, password: str) -> User:
    """Raises `NotAuthenticatedError` without telling whether the account exists."""
    user = User.objects.filter(email=identity_normalised(email)).first()
    if user is None or not user.is_active:
        make_password(password)  # the same work as for a known account
        raise _refused()
    if not check_password(password, user.password):
        raise _refused()
    if user.user_type != user_type:
        raise ForbiddenError(
            f"This is an account for {user.user_type}s: log in on the {user.user_type} side.",
            code="WRONG_USER_TYPE",
        )
    return user


def _refused() -> NotAuthenticatedError:
    return NotAuthenticatedError("The e-mail or the password is wrong.", code="INVALID_CREDENTIALS")
