from django.db.models import TextChoices


class PaymentState(TextChoices):
    """How far a payment has come at its provider."""

    STARTED = "started"
    ACTION_REQUIRED = "action_required"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    VOIDED = "voided"
    DECLINED = "declined"


class Command(TextChoices):
    """What a provider is asked to do with a payment that it authorised."""

    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"


class CommandStatus(TextChoices):
    DUE = "due"
    DONE = "done"
    FAILED = "failed"
