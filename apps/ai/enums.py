from django.db.models import TextChoices


class Category(TextChoices):
    FOOD = "food"
    MARKET = "market"
    MUSEUM = "museum"
    ARTS = "arts"
    HERITAGE = "heritage"
    WORSHIP = "worship"
    ARCHITECTURE = "architecture"
    MEMORIAL = "memorial"
    NATURE = "nature"
    WILDLIFE = "wildlife"
    VIEWPOINT = "viewpoint"
    FUN = "fun"
    NEIGHBOURHOOD = "neighbourhood"
    WORKSHOP = "workshop"


class PartOfDay(TextChoices):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class WeatherSource(TextChoices):
    FORECAST = "forecast"
    NORMALS = "climate-normals"


class PlannerName(TextChoices):
    EMBEDDED = "embedded"
    OPENAI = "openai"


# Where rain does not matter.
INDOORS = frozenset(
    {Category.FOOD, Category.MARKET, Category.MUSEUM, Category.ARTS, Category.WORKSHOP}
)
