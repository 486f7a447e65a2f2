from django.db.models import TextChoices


class Status(TextChoices):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    COMPLETED = "completed"


class Action(TextChoices):
    REQUEST = "request"
    ACCEPT = "accept"
    DECLINE = "decline"
    CANCEL = "cancel"
    UPDATE = "update"
    EXPIRE = "expire"
    COMPLETE = "complete"
    REMIND = "remind"
    ALTER = "alter"
    PROPOSE = "propose"
    AGREE = "agree"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


class Actor(TextChoices):
    GUEST = "guest"
    OWNER = "owner"
    STAFF = "staff"
    SYSTEM = "system"


class PaymentStatus(TextChoices):
    UNPAID = "unpaid"
    PAID = "paid"
    REFUNDED = "refunded"


class Charge(TextChoices):
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
