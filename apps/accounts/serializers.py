from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

from apps.accounts.enums import UserType
from apps.accounts.passkeys import Assertion, decoded, encoded
from apps.common.addresses import LONGEST as LONGEST_ADDRESS
from apps.common.addresses import AddressError, address_checked
from apps.common.fields import LineField, TextField, TokenField
from apps.common.serializers import InputSerializer, example

NAME = r"^[\w.@+-]+$"


class AddressField(serializers.CharField):
    """An e-mail address that can be somebody's, as it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_ADDRESS, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        try:
            return address_checked(super().to_internal_value(data))
        except AddressError as error:
            raise serializers.ValidationError(str(error)) from error


class PasswordField(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=512, trim_whitespace=False, **kwargs)


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
    email = AddressField()
    password = PasswordField()
    first_name = LineField(max_length=150, required=False, allow_blank=True)
    last_name = LineField(max_length=150, required=False, allow_blank=True)
    phone = PhoneField(required=False, allow_blank=True)


class BytesField(serializers.RegexField):
    """Bytes as base64url without padding, as browsers write them."""

    def __init__(self, **kwargs: Any) -> None:
        messages: dict[str, Any] = {"invalid": "Send it as base64url without padding."}
        super().__init__(r"^[A-Za-z0-9_-]+\Z", error_messages=messages, **kwargs)

    def run_validation(self, data: Any = empty) -> bytes:
        text = super().run_validation(data)
        if len(text) % 4 == 1 or encoded(decoded(text)) != text:
            self.fail("invalid")
        return decoded(text)


ASSERTION = {
    "credential_id": "5pWb0cV4mJx8kzT2bYh6sQ",
    "client_data": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
    "authenticator_data": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
    "signature": "MEUCIQDk",
    "user_handle": "ZvHCpLjg0_WnyR53",
}


@example(ASSERTION)
class PasskeyUseSerializer(InputSerializer):
    """What `navigator.credentials.get` gave, for a challenge of ours."""

    credential_id = BytesField(max_length=1400)
    client_data = BytesField(max_length=4000)
    authenticator_data = BytesField(max_length=2000)
    signature = BytesField(max_length=1400)
    user_handle = BytesField(max_length=90)

    def to_internal_value(self, data: Any) -> Any:
        return Assertion(**super().to_internal_value(data))


@example({"email": "ann.lee@example.com", "password": "a long enough password"})
class LoginSerializer(InputSerializer):
    """`code`, or `passkey` in its place, is asked for where the account has a second factor."""

    email = LineField(max_length=254)
    password = PasswordField()
    code = LineField(max_length=40, required=False, allow_blank=True)
    passkey = PasskeyUseSerializer(required=False)


TOKEN = "rW3nD0cVq4mJx8kzT2bYh6sLpA1fGuEoi7QX5tN9vRU"  # noqa: S105 an example


@example({"token": TOKEN})
class LinkSerializer(InputSerializer):
    """`token` is what stands behind the # of the link in the e-mail."""

    token = LineField(max_length=100)


@example({"email": "ann.lee@example.com"})
class AddressSerializer(InputSerializer):
    email = AddressField()


@example({"token": TOKEN, "password": "a new long password"})
class PasswordResetSerializer(LinkSerializer):
    password = PasswordField()


@example({"current_password": "a long enough password", "new_password": "a new long password"})
class PasswordChangeSerializer(InputSerializer):
    current_password = PasswordField()
    new_password = PasswordField()


@example({"current_password": "a long enough password", "email": "ann@new.example.com"})
class EmailChangeSerializer(InputSerializer):
    current_password = PasswordField()
    email = AddressField()


@example({"role": "owner"})
class RoleSerializer(InputSerializer):
    role = serializers.ChoiceField(UserType.choices)


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
    password = PasswordField()


@example({"code": "492039"})
class CodeSerializer(InputSerializer):
    code = LineField(max_length=40)


@example({"password": "a long enough password", "code": "492039"})
class ProofSerializer(InputSerializer):
    """Who somebody is, asked once more: a `passkey`, or the `password` and, where the account has a
    second factor, a `code`."""

    password = PasswordField(required=False)
    code = LineField(max_length=40, required=False, allow_blank=True)
    passkey = PasskeyUseSerializer(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "password" not in attrs and "passkey" not in attrs:
            raise serializers.ValidationError({"password": "Send your password, or a passkey."})
        return attrs


@example({"name": "My phone"})
class PasskeyNameSerializer(InputSerializer):
    name = LineField(max_length=60)


@example(
    {
        "name": "My phone",
        "client_data": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
        "attestation": "o2NmbXRkbm9uZWdhdHRTdG10oA",
        "transports": ["internal"],
    }
)
class PasskeySerializer(PasskeyNameSerializer):
    """What `navigator.credentials.create` gave, for a challenge of ours."""

    client_data = BytesField(max_length=4000)
    attestation = BytesField(max_length=6000)
    transports = serializers.ListField(
        child=TokenField(max_length=20), max_length=10, required=False
    )
