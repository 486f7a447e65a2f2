from rest_framework import serializers

NAME = r"^[\w.@+-]+$"


class RegistrationSerializer(serializers.Serializer):
    username = serializers.RegexField(
        NAME,
        min_length=3,
        max_length=50,
        error_messages={"invalid": "Use letters, digits and . @ + - _ only."},
    )
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=512, trim_whitespace=False)
    first_name = serializers.CharField(max_length=150, required=False, allow_blank=True)
    last_name = serializers.CharField(max_length=150, required=False, allow_blank=True)
    phone = serializers.RegexField(
        r"^\+?[0-9 ()./-]{5,30}$",
        required=False,
        allow_blank=True,
        error_messages={"invalid": "Give a phone number such as +65 6123 4567."},
    )


class LoginSerializer(serializers.Serializer):
    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=512, trim_whitespace=False)
