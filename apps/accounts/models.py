from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django_mongodb_backend.fields import ArrayField, EmbeddedModelField
from django_mongodb_backend.models import EmbeddedModel
from pymongo import IndexModel

from apps.accounts.enums import UserType


def identity_normalised(value: str) -> str:
    """How e-mails and user names are stored and looked up: unique without regard to case."""
    return AbstractBaseUser.normalize_username(value.strip()).casefold()


class Profile(EmbeddedModel):
    about_me = models.TextField(blank=True, default="")
    city = models.CharField(max_length=100, blank=True, default="")
    country = models.CharField(max_length=100, blank=True, default="")
    languages = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    gender = models.CharField(max_length=30, blank=True, default="")
    profile_picture = models.CharField(max_length=500, blank=True, default="")


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=identity_normalised(username or ""))

    def create_superuser(self, email: str, password: str, **fields: object) -> "User":
        user = self.model(email=email, is_staff=True, is_superuser=True, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    username = models.CharField(max_length=150)
    email = models.EmailField()
    password = models.CharField(max_length=128, db_column="password_hash")
    user_type = models.CharField(max_length=10, choices=UserType.choices, default=UserType.TRAVELER)
    first_name = models.CharField(max_length=150, blank=True, default="")
    last_name = models.CharField(max_length=150, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    profile = EmbeddedModelField(Profile, default=Profile)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    source_id = models.CharField(max_length=80, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["username"]
    INDEXES: ClassVar = [
        IndexModel("username", name="username", unique=True),
        IndexModel("email", name="email", unique=True),
        IndexModel("user_type", name="user_type"),
        IndexModel("source_id", name="source_id"),
    ]

    class Meta:
        db_table = "users"

    def __str__(self) -> str:
        return self.email

    def save(self, *args: object, **kwargs: object) -> None:
        self.username = identity_normalised(self.username)
        self.email = identity_normalised(self.email)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
