from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django_mongodb_backend.fields import (
    ArrayField,
    EmbeddedModelArrayField,
    EmbeddedModelField,
)
from django_mongodb_backend.models import EmbeddedModel
from pymongo import IndexModel

from apps.accounts.enums import ExportState, LinkPurpose, LogInKind, Pace, UserType
from apps.accounts.staff_roles import RIGHTS
from apps.common.addresses import address_checked, address_key
from apps.common.clock import utc_now


def identity_normalised(value: str) -> str:
    """How user names are stored and looked up: unique without regard to case."""
    return AbstractBaseUser.normalize_username(value.strip()).casefold()


class Profile(EmbeddedModel):
    about_me = models.TextField(blank=True, default="")
    city = models.CharField(max_length=100, blank=True, default="")
    country = models.CharField(max_length=100, blank=True, default="")
    languages = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    gender = models.CharField(max_length=30, blank=True, default="")
    profile_picture = models.CharField(max_length=500, blank=True, default="")


class EndedToken(EmbeddedModel):
    """`token` is the id of a session (`sid`) or, of a token without one, its own (`jti`)."""

    token = models.CharField(max_length=64)
    until = models.DateTimeField()


OF_LOG_INS = {"token_generation", "ended_tokens", "known_devices"}


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email_key=address_key(username or ""))

    def create_superuser(self, email: str, password: str, **fields: object) -> "User":
        """Raises `ValueError` for an address that nobody could be reached at."""
        user = self.model(
            email=address_checked(email),
            email_verified_at=utc_now(),
            is_staff=True,
            is_superuser=True,
            **fields,
        )
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """`email` is as typed, and `email_key` what is equal for two spellings of it.

    Somebody who registers with the address of a confirmed account gets an account that has no
    address: `email` is a placeholder, and `requested_email` what they typed. They can log in by
    `requested_key` until somebody else registers with it.

    Suspended ones are not active. `deals` counts what they booked, held and offered: writing it
    makes each of these conflict with a suspension at the same time. Since who deletes the account
    may change their mind, it is erased at `erase_at`, and `erased_at` says when that was done.

    `known_devices` are those that logged in, the latest last; None until the first log-in."""

    username = models.CharField(max_length=150)
    email = models.EmailField()
    email_key = models.CharField(max_length=320, blank=True, default="")
    email_verified_at = models.DateTimeField(null=True, blank=True)
    requested_email = models.CharField(max_length=254, blank=True, default="")
    requested_key = models.CharField(max_length=320, blank=True, default="")
    password = models.CharField(max_length=128, db_column="password_hash")
    user_type = models.CharField(max_length=10, choices=UserType.choices, default=UserType.TRAVELER)
    roles = ArrayField(
        models.CharField(max_length=10, choices=UserType.choices), default=list, blank=True
    )
    first_name = models.CharField(max_length=150, blank=True, default="")
    last_name = models.CharField(max_length=150, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    profile = EmbeddedModelField(Profile, default=Profile)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    deals = models.PositiveIntegerField(default=0, editable=False)
    erase_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    source_id = models.CharField(max_length=80, blank=True, default="")
    # Tokens of an earlier generation are dead; so are single tokens whose id was ended.
    token_generation = models.PositiveIntegerField(default=0)
    ended_tokens = EmbeddedModelArrayField(EndedToken, default=list, blank=True)
    known_devices = ArrayField(
        models.CharField(max_length=80), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["username"]
    INDEXES: ClassVar = [
        IndexModel("username", name="username", unique=True),
        IndexModel("email", name="email", unique=True),
        IndexModel(
            "email_key",
            name="email_key",
            unique=True,
            partialFilterExpression={"email_key": {"$gt": ""}},
        ),
        IndexModel(
            "requested_key",
            name="requested_key",
            unique=True,
            partialFilterExpression={"requested_key": {"$gt": ""}},
        ),
        IndexModel("user_type", name="user_type"),
        IndexModel("source_id", name="source_id"),
        IndexModel(
            "erase_at", name="erase_due", partialFilterExpression={"erase_at": {"$type": "date"}}
        ),
    ]

    class Meta:
        db_table = "users"
        permissions = tuple(RIGHTS.items())

    def __str__(self) -> str:
        return self.email

    def save(self, *args: object, **kwargs: object) -> None:
        """Leaves what ends tokens to `services.tokens_end`, and devices to the log-ins: a user that
        was read before must not bring dead tokens back to life."""
        self.username = identity_normalised(self.username)
        self.email = self.email.strip()
        self.email_key = address_key(self.email)
        self.roles = self.roles or [self.user_type]
        if not self._state.adding and kwargs.get("update_fields") is None:
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = names - OF_LOG_INS
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Preference(models.Model):
    """What a traveler likes; `_id` is the user, so nobody has two. A price is minor units."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, db_column="_id")
    home_city = models.CharField(max_length=100, blank=True, default="")
    property_types = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    amenities = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    max_price_per_night = models.PositiveBigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    guests = models.PositiveSmallIntegerField(default=2)
    interests = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    pace = models.CharField(max_length=10, choices=Pace.choices, default=Pace.BALANCED)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "preferences"

    def __str__(self) -> str:
        return f"Preferences of {self.pk}"


class Session(models.Model):
    """A log-in of the admin; `apps.accounts.sessions` reads and writes it. `id` is its key."""

    id = models.CharField(primary_key=True, max_length=40, db_column="_id")
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, db_index=False)
    data = models.JSONField(default=dict)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel("expires_at", name="expires_ttl", expireAfterSeconds=0),
        IndexModel("user_id", name="user_id"),
    ]

    class Meta:
        db_table = "sessions"

    def __str__(self) -> str:
        return f"Session of {self.user_id}"


class LogIn(models.Model):
    """One device that is logged in. Of a browser's refresh token nothing is stored but the seed of
    its signature and how often it was renewed (`apps.accounts.tokens.refresh`)."""

    id = models.CharField(primary_key=True, max_length=32, db_column="_id")
    user = models.ForeignKey(User, models.CASCADE, db_index=False)
    kind = models.CharField(max_length=10, choices=LogInKind.choices)
    generation = models.PositiveIntegerField()
    device = models.CharField(max_length=80)
    address = models.CharField(max_length=45)
    refresh_seed = models.CharField(max_length=32, blank=True, default="")
    rotation = models.PositiveIntegerField(default=0)
    rotated_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    second_factor = models.BooleanField(default=False)

    INDEXES: ClassVar = [
        IndexModel("expires_at", name="expires_ttl", expireAfterSeconds=0),
        IndexModel([("user_id", 1), ("used_at", -1)], name="user_used"),
    ]

    class Meta:
        db_table = "log_ins"
        verbose_name = "session of the API"
        verbose_name_plural = "sessions of the API"

    def __str__(self) -> str:
        return f"{self.device} of {self.user_id}"


class SecondFactor(models.Model):
    """Codes of an app (`apps.accounts.codes`), on from `confirmed_at`. `_id` is the user.

    `last_step` is that of the last code used; `failures` are tries since the last right one.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, db_column="_id")
    secret = models.CharField(max_length=250)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    recovery_hashes = ArrayField(models.CharField(max_length=64), default=list)
    failures = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "second_factors"

    def __str__(self) -> str:
        return f"Second factor of {self.pk}"


class Passkey(models.Model):
    """A key pair of somebody's device or password manager (WebAuthn): here is its public half.

    `sign_count` is what the device counted at the last use, zero where it does not count;
    `can_sync` and `is_synced` say whether it may be, and is, on several devices.
    """

    user = models.ForeignKey(User, models.CASCADE, db_index=False)
    name = models.CharField(max_length=60)
    credential_id = models.CharField(max_length=1400)
    public_key = models.CharField(max_length=1400)
    sign_count = models.PositiveBigIntegerField(default=0)
    model_id = models.CharField(max_length=36)
    transports = ArrayField(models.CharField(max_length=20), default=list)
    can_sync = models.BooleanField(default=False)
    is_synced = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    INDEXES: ClassVar = [
        IndexModel("credential_id", name="credential_id", unique=True),
        IndexModel([("user_id", 1), ("_id", 1)], name="user_oldest"),
    ]

    class Meta:
        db_table = "passkeys"

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"


class Link(models.Model):
    """A link that was e-mailed and works once. `id` is the hash of its token; the token follows
    from `nonce` and the secret key, so that whoever reads the database has none."""

    id = models.CharField(primary_key=True, max_length=64, db_column="_id")
    nonce = models.CharField(max_length=32)
    purpose = models.CharField(max_length=20, choices=LinkPurpose.choices)
    user = models.ForeignKey(User, models.CASCADE, db_index=False)
    address = models.CharField(max_length=254)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel("expires_at", name="expires_ttl", expireAfterSeconds=0),
        IndexModel([("user_id", 1), ("purpose", 1)], name="user_purpose"),
    ]

    class Meta:
        db_table = "account_links"

    def __str__(self) -> str:
        return f"{self.purpose} of {self.user_id}"


class DataExport(models.Model):
    """All that is stored of a person, as a file in GridFS under the same id. `done` of `total` apps
    have given their part; who makes it has it until `locked_until`. A person has one that is open.
    """

    user = models.ForeignKey(User, models.CASCADE, db_index=False)
    state = models.CharField(max_length=10, choices=ExportState.choices)
    is_open = models.BooleanField(default=True)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField()
    size = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel([("user_id", 1), ("_id", -1)], name="user_newest"),
        IndexModel("user_id", name="open", unique=True, partialFilterExpression={"is_open": True}),
        IndexModel("expires_at", name="expires_at"),
    ]

    class Meta:
        db_table = "data_exports"

    def __str__(self) -> str:
        return f"Data of {self.user_id}"
