from typing import Any

from rest_framework import serializers

from apps.common.fields import LineField, ObjectIdField, TextField, TokenField
from apps.common.serializers import InputSerializer, QuerySerializer, example
from apps.messaging.enums import LONGEST_TEXT, ReportReason, Side

FEWEST_LETTERS = 2
CLIENT_ID = "00c2f9f4-6f1c-4c25-8d8b-0d7a5c1d8f5e"
CLIENT_ID_HELP = "Your own name for this message: sent again, it is not written again."


class SideSerializer(QuerySerializer):
    """Without a side it is that of the account's type."""

    side = serializers.ChoiceField(Side.choices, required=False)
    cursor = TokenField(max_length=60, required=False)


class InboxSerializer(SideSerializer):
    archived = serializers.BooleanField(default=False)


class SearchSerializer(SideSerializer):
    q = LineField(max_length=100, min_length=FEWEST_LETTERS)


class EarlierSerializer(QuerySerializer):
    before = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, help_text="Messages with lower numbers."
    )


@example({"text": "Is there a desk to work at?", "client_id": CLIENT_ID})
class TextSerializer(InputSerializer):
    text = TextField(max_length=LONGEST_TEXT)
    client_id = serializers.RegexField(
        r"^[A-Za-z0-9_-]{8,64}\Z",
        max_length=64,
        help_text=CLIENT_ID_HELP,
        error_messages={"invalid": "8 to 64 letters, digits, - or _."},
    )


@example(
    {
        "listing_id": "66f1c2a4b8e0d3f5a7c91e01",
        "text": "Is there a desk to work at?",
        "client_id": CLIENT_ID,
    }
)
class QuestionSerializer(TextSerializer):
    listing_id = ObjectIdField()


@example({"text": "We arrive at about 18:00. May we leave our bags earlier?"})
class MessageSerializer(InputSerializer):
    text = TextField(max_length=LONGEST_TEXT)


@example({"number": 3})
class ReadSerializer(InputSerializer):
    number = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, help_text="Of the last message that you have read."
    )


@example({"is_archived": True})
class ArchiveSerializer(InputSerializer):
    is_archived = serializers.BooleanField()


@example({"is_blocked": True})
class BlockSerializer(InputSerializer):
    is_blocked = serializers.BooleanField()


@example(
    {
        "message_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "reason": "payment",
        "text": "They ask me to pay by wire.",
    }
)
class ReportSerializer(InputSerializer):
    message_id = TokenField(max_length=36)
    reason = serializers.ChoiceField(ReportReason.choices)
    text = TextField(max_length=1000, required=False, allow_blank=True, default="")


@example({"title": "Parking", "text": "There is free parking in the street behind the house."})
class SavedReplySerializer(InputSerializer):
    title = LineField(max_length=80)
    text = TextField(max_length=LONGEST_TEXT)


def side_of(validated: dict[str, Any], user_type: str) -> Side:
    return Side(validated.get("side") or (Side.HOST if user_type == "owner" else Side.GUEST))
