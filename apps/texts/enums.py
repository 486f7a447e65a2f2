from django.db.models import TextChoices


class Kind(TextChoices):
    """The pages that staff write. A value is the page's address and never changes."""

    HELP = "help", "Help"
    TERMS = "terms", "Terms"
    PRIVACY = "privacy", "Privacy"
    IMPRINT = "imprint", "Imprint"
