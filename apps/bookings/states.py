"""The state machine: what is not in the table is refused."""

from collections.abc import Mapping
from typing import ClassVar

from apps.bookings.enums import Action, Actor, Status
from apps.common.errors import ConflictError

HOSTS = (Actor.OWNER, Actor.STAFF)
EVERYBODY = (Actor.GUEST, *HOSTS)
_BY_ACTION: Mapping[tuple[Status, Action], tuple[Status, tuple[Actor, ...]]] = {
    (Status.PENDING, Action.ACCEPT): (Status.CONFIRMED, (*HOSTS, Actor.SYSTEM)),
    (Status.PENDING, Action.DECLINE): (Status.DECLINED, HOSTS),
    (Status.PENDING, Action.CANCEL): (Status.CANCELLED, EVERYBODY),
    (Status.PENDING, Action.UPDATE): (Status.PENDING, (Actor.GUEST,)),
    (Status.PENDING, Action.ALTER): (Status.PENDING, (Actor.GUEST,)),
    (Status.PENDING, Action.EXPIRE): (Status.EXPIRED, (Actor.SYSTEM,)),
    (Status.CONFIRMED, Action.UPDATE): (Status.CONFIRMED, (Actor.GUEST,)),
    (Status.CONFIRMED, Action.ALTER): (Status.CONFIRMED, (Actor.GUEST,)),
    (Status.CONFIRMED, Action.PROPOSE): (Status.CONFIRMED, (Actor.GUEST,)),
    (Status.CONFIRMED, Action.WITHDRAW): (Status.CONFIRMED, (Actor.GUEST,)),
    (Status.CONFIRMED, Action.AGREE): (Status.CONFIRMED, HOSTS),
    (Status.CONFIRMED, Action.REFUSE): (Status.CONFIRMED, HOSTS),
    (Status.CONFIRMED, Action.LAPSE): (Status.CONFIRMED, (Actor.SYSTEM,)),
    (Status.CONFIRMED, Action.REMIND): (Status.CONFIRMED, (Actor.SYSTEM,)),
    (Status.CONFIRMED, Action.CANCEL): (Status.CANCELLED, EVERYBODY),
    (Status.CONFIRMED, Action.COMPLETE): (Status.COMPLETED, (Actor.SYSTEM,)),
}

TRANSITIONS: Mapping[tuple[Status, Action, Actor], Status] = {
    (status, action, actor): target
    for (status, action), (target, actors) in _BY_ACTION.items()
    for actor in actors
}
ENDS_IN: Mapping[Action, Status] = {
    action: target for (status, action), (target, _) in _BY_ACTION.items() if status != target
}
DATES_MOVE_WHILE = frozenset({Status.PENDING})
RELEASES_NIGHTS = frozenset({Status.DECLINED, Status.CANCELLED, Status.EXPIRED})
# Of a stored booking: a query, and what the partial indexes for it hold.
HAS_PROPOSAL: Mapping[str, Mapping[str, bool]] = {"alteration.expires_at": {"$exists": True}}
# A proposal is answered before the stay is changed in another way.
ANSWERS_PROPOSAL = frozenset({Action.AGREE, Action.REFUSE, Action.WITHDRAW, Action.LAPSE})
WAITS_FOR_ANSWER = frozenset({Action.ALTER, Action.PROPOSE, Action.UPDATE})


class InvalidTransitionError(ConflictError):
    code = "INVALID_TRANSITION"
    sentence = "This booking is {state}. {next_step}"
    sample: ClassVar = {
        "state": "already cancelled",
        "next_step": "It can no longer be changed.",
    }


def transition(
    status: Status, action: Action, actor: Actor, *, has_proposal: bool = False
) -> Status:
    """Returns where `action` leads; raises `InvalidTransitionError`, which says what is allowed."""
    target = target_of(status, action, actor, has_proposal=has_proposal)
    if target is not None:
        return target
    allowed = actions_allowed(status, actor, has_proposal=has_proposal)
    waits = ", and a proposed change waits for an answer" if has_proposal else ""
    can = f"You can: {', '.join(allowed)}." if allowed else "It can no longer be changed."
    raise InvalidTransitionError(
        state=f"{'already ' if ENDS_IN.get(action) == status else ''}{status}{waits}",
        next_step=can,
        details={"status": status, "allowed": allowed},
    )


def target_of(
    status: Status, action: Action, actor: Actor, *, has_proposal: bool = False
) -> Status | None:
    """Where `action` leads, or None where it is not allowed."""
    if action in (WAITS_FOR_ANSWER if has_proposal else ANSWERS_PROPOSAL):
        return None
    return TRANSITIONS.get((status, action, actor))


def actions_allowed(status: Status, actor: Actor, *, has_proposal: bool = False) -> list[Action]:
    return [
        action
        for (state, action, who) in TRANSITIONS
        if (state, who) == (status, actor)
        and target_of(status, action, actor, has_proposal=has_proposal)
    ]
