"""The state machine: what is not in the table is refused."""

from collections.abc import Mapping

from apps.bookings.enums import Action, Actor, Status

_BY_ACTION: Mapping[tuple[Status, Action], tuple[Status, tuple[Actor, ...]]] = {
    (Status.PENDING, Action.ACCEPT): (Status.CONFIRMED, (Actor.OWNER, Actor.STAFF)),
    (Status.PENDING, Action.DECLINE): (Status.DECLINED, (Actor.OWNER, Actor.STAFF)),
    (Status.PENDING, Action.CANCEL): (
        Status.CANCELLED,
        (Actor.GUEST, Actor.OWNER, Actor.STAFF),
    ),
    (Status.PENDING, Action.UPDATE): (Status.PENDING, (Actor.GUEST,)),
    (Status.CONFIRMED, Action.UPDATE): (Status.CONFIRMED, (Actor.GUEST,)),
    (Status.PENDING, Action.EXPIRE): (Status.EXPIRED, (Actor.SYSTEM,)),
    (Status.CONFIRMED, Action.CANCEL): (
        Status.CANCELLED,
        (Actor.GUEST, Actor.OWNER, Actor.STAFF),
    ),
    (Status.CONFIRMED, Action.COMPLETE): (Status.COMPLETED, (Actor.SYSTEM,)),
}

TRANSITIONS: Mapping[tuple[Status, Action, Actor], Status] = {
    (status, action, actor): target
    for (status, action), (target, actors) in _BY_ACTION.items()
    for actor in actors
}
DATES_MOVE_WHILE = frozenset({Status.PENDING})
RELEASES_NIGHTS = frozenset({Status.DECLINED, Status.CANCELLED, Status.EXPIRED})


def actions_allowed(status: Status, actor: Actor) -> list[Action]:
    return [action for (state, action, who) in TRANSITIONS if (state, who) == (status, actor)]
