from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from apps.accounts.enums import UserType
from apps.common.fields import ObjectIdField
from apps.common.openapi import example

USER = {
    "id": "66f1c2a4b8e0d3f5a7c91e24",
    "username": "ann.lee",
    "email": "ann.lee@example.com",
    "user_type": "traveler",
    "first_name": "Ann",
    "last_name": "Lee",
    "phone": "+65 6123 4567",
    "profile": {
        "about_me": "Slow mornings, long walks.",
        "city": "Singapore",
        "country": "Singapore",
        "languages": ["English", "Mandarin"],
        "gender": "",
        "profile_picture": "",
    },
    "created_at": "2026-09-23T19:40:36Z",
}
TOKEN = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI2NmYxYzJhNCJ9.c2lnbmF0dXJl"  # noqa: S105


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "apps.accounts.authentication.TokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class ShownProfileSerializer(serializers.Serializer):
    about_me = serializers.CharField(allow_blank=True)
    city = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_blank=True)
    languages = serializers.ListField(child=serializers.CharField())
    gender = serializers.CharField(allow_blank=True)
    profile_picture = serializers.CharField(allow_blank=True)


@example(USER)
class UserSerializer(serializers.Serializer):
    id = ObjectIdField()
    username = serializers.CharField()
    email = serializers.EmailField()
    user_type = serializers.ChoiceField(UserType.choices)
    first_name = serializers.CharField(allow_blank=True)
    last_name = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    profile = ShownProfileSerializer()
    created_at = serializers.DateTimeField()


@example({"user": USER, "token": TOKEN, "expires_at": "2026-11-23T08:15:00Z"})
class SessionSerializer(serializers.Serializer):
    user = UserSerializer()
    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


PICTURE = {
    "multipart/form-data": {
        "type": "object",
        "properties": {"image": {"type": "string", "format": "binary"}},
        "required": ["image"],
    }
}
REFUSED_PICTURES = {
    "IMAGE_INVALID": "The photo cannot be read: the file is damaged or incomplete.",
    "IMAGE_TYPE": "Only JPEG, PNG and WebP photos are taken.",
    "IMAGE_TOO_LARGE": "A photo may have 15 MB at most.",
}
