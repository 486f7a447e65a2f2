from apps.common.fields import LineField, TokenField
from apps.common.serializers import InputSerializer, example

LONGEST_NAME, LONGEST_ADDRESS = 60, 2000


@example(
    {
        "name": "Airbnb",
        "url": "https://www.airbnb.com/calendar/ical/12345.ics?s=0123456789abcdef",
    }
)
class FeedSerializer(InputSerializer):
    name = LineField(max_length=LONGEST_NAME)
    url = TokenField(
        max_length=LONGEST_ADDRESS,
        help_text="http, https or webcal. It is shown to nobody again.",
    )


@example({"name": "Airbnb, both flats"})
class FeedNameSerializer(InputSerializer):
    name = LineField(max_length=LONGEST_NAME)
