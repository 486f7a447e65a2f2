"""What a passkey has to sign: made here, good for one answer and a few minutes. Kept in Redis;
while it is away no passkey is added or used."""

import hashlib
import secrets

from django.conf import settings
from redis.exceptions import RedisError

from apps.accounts.enums import PasskeyUse
from apps.common import redis_guard
from apps.common.errors import NotAuthenticatedError, UnavailableError

CHALLENGE_SECONDS = 300
LENGTH = 32


class ChallengeOverError(NotAuthenticatedError):
    code = "CHALLENGE_OVER"
    sentence = "This took too long, or was sent before. Try again."


class ChallengesUnavailableError(UnavailableError):
    sentence = "Passkeys cannot be used right now. Try again in a minute."


def challenge_new(use: PasskeyUse, *, who: str = "") -> bytes:
    """Returns a challenge for `use`, by `who` alone where that is known.

    Raises `ChallengesUnavailableError`.
    """
    challenge = secrets.token_bytes(LENGTH)
    try:
        redis_guard.client().set(_key(challenge, use, who), 1, ex=CHALLENGE_SECONDS)
    except RedisError as error:
        raise ChallengesUnavailableError from error
    return challenge


def challenge_use(challenge: bytes, use: PasskeyUse, *, who: str = "") -> None:
    """Deletes it: of two that answer the same one, one wins.

    Raises `ChallengeOverError` and `ChallengesUnavailableError`.
    """
    try:
        is_ours = redis_guard.client().delete(_key(challenge, use, who))
    except RedisError as error:
        raise ChallengesUnavailableError from error
    if not is_ours:
        raise ChallengeOverError


def _key(challenge: bytes, use: PasskeyUse, who: str) -> str:
    digest = hashlib.sha256(challenge).hexdigest()
    return f"{settings.DATABASES['default']['NAME']}:passkeys:{use.value}:{who}:{digest}"
