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


class Stage(TextChoices):
    """What a suspension does next for the bookings of its subject, in this order."""

    REQUESTS = "requests"
    PROPOSALS = "proposals"
    HOLDS = "holds"
    GUESTS = "guests"
    CHOICE = "choice"
    CANCEL = "cancel"
    KEEP = "keep"
    DONE = "done"
    RESTORED = "restored"


class Choice(TextChoices):
    KEEP = "keep"
    CANCEL = "cancel"
