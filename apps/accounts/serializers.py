from typing import Any

from rest_framework import serializers

from apps.common.fields import LineField, TextField
from apps.common.serializers import InputSerializer, example

NAME = r"^[\w.@+-]+$"


class PhoneField(serializers.RegexField):
    def __init__(self, **kwargs: Any) -> None:
        messages: dict[str, Any] = {"invalid": "Enter a phone number such as +65 6123 4567."}
        super().__init__(r"^\+?[0-9 ()./-]{5,30}$", error_messages=messages, **kwargs)


@example(
    {
        "username": "ann.lee",
        "email": "ann.lee@example.com",
        "password": "a long enough password",
        "first_name": "Ann",
        "last_name": "Lee",
        "phone": "+65 6123 4567",
    }
)
class RegistrationSerializer(InputSerializer):
    username = serializers.RegexField(
        NAME,
        min_length=3,
        max_length=50,
        error_messages={"invalid": "Use letters, digits and . @ + - _ only."},
    )
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=512, trim_whitespace=False)
    first_name = LineField(max_length=150, required=False, allow_blank=True)
    last_name = LineField(max_length=150, required=False, allow_blank=True)
    phone = PhoneField(required=False, allow_blank=True)


@example({"email": "ann.lee@example.com", "password": "a long enough password"})
class LoginSerializer(InputSerializer):
    """`code` is asked for where the account has a second factor."""

    email = LineField(max_length=254)
    password = serializers.CharField(max_length=512, trim_whitespace=False)
    code = LineField(max_length=40, required=False, allow_blank=True)


class ProfileSerializer(InputSerializer):
    about_me = TextField(max_length=2000, required=False, allow_blank=True)
    city = LineField(max_length=100, required=False, allow_blank=True)
    country = LineField(max_length=100, required=False, allow_blank=True)
    languages = serializers.ListField(child=LineField(max_length=50), max_length=20, required=False)
    gender = LineField(max_length=30, required=False, allow_blank=True)


@example({"phone": "+65 6123 4567", "profile": {"city": "Singapore", "languages": ["English"]}})
class UserUpdateSerializer(InputSerializer):
    """Only what is sent changes."""

    first_name = LineField(max_length=150, required=False, allow_blank=True)
    last_name = LineField(max_length=150, required=False, allow_blank=True)
    phone = PhoneField(required=False, allow_blank=True)
    profile = ProfileSerializer(required=False)


@example({"password": "a long enough password"})
class PasswordSerializer(InputSerializer):
    password = serializers.CharField(max_length=512, trim_whitespace=False)


@example({"code": "492039"})
class CodeSerializer(InputSerializer):
    code = LineField(max_length=40)


@example({"password": "a long enough password", "code": "492039"})
class SecondFactorOffSerializer(InputSerializer):
    password = serializers.CharField(max_length=512, trim_whitespace=False)
    code = LineField(max_length=40)
