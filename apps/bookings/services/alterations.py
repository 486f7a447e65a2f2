"""A guest wants another stay than the one that was booked: at once while nobody has accepted or
nobody wants to be asked, else as a proposal, whose new nights are held until the host answers."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from bson import ObjectId
from django.conf import settings

from apps.bookings import events, policies, states
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.idempotency import perform
from apps.bookings.quote import Stay, stay_priced
from apps.bookings.selectors import booking_stored
from apps.bookings.services.charges import payment_commands_add, payment_missing
from apps.bookings.services.rules import change_row, compare_and_set, target_of
from apps.common.errors import ConflictError, StaleVersionError
from apps.common.money import to_wire
from apps.payments.services import payment_authorise, payment_bind, payment_release
from apps.properties.house_rules import guests_check, stay_check
from apps.properties.nights import midnight, stay_claims
from apps.properties.pricing import Line, total_of
from apps.properties.selectors import ListingTerms, listing_terms
from apps.properties.services import nights_move, nights_propose, taken_error

TAX = "OCCUPANCY_TAX"


class Wanted(NamedTuple):
    """The stay instead of the booked one, with what it costs."""

    stay: Stay
    lines: list[Line]
    prep_nights: int

    @property
    def total(self) -> int:
        return total_of(self.lines)


class Prepared(NamedTuple):
    """An alteration that its transaction is all that is missing of. `seen` is the booking that it
    was made for; `payment_id` is the difference, where it costs more."""

    seen: dict[str, Any]
    action: Action
    actor: Actor
    actor_id: ObjectId | None
    wanted: Wanted
    special_requests: str
    payment_id: ObjectId | None

    @property
    def is_needed(self) -> bool:
        return bool(_news(self.seen, self.wanted.stay, self.special_requests))


def held_as(booking_id: ObjectId) -> str:
    """How the claims of a proposal's new nights are owned."""
    return f"alter:{booking_id}"


def booking_update(**call: Any) -> dict[str, Any]:
    """`booking_alter` as an update: guests and wishes, and the dates while it is pending."""
    return booking_alter(**call, action=Action.UPDATE)


def booking_alter(
    *,
    booking_id: ObjectId,
    actor: Actor,
    changes: Mapping[str, Any],
    now: dt.datetime,
    action: Action | None = None,
    actor_id: ObjectId | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """`changes` has some of guest_count, special_requests, and both of check_in and check_out.
    Raises what `alteration_prepare` and `alteration_place` raise."""
    return dict(
        perform(
            lambda prepared: alteration_place(prepared, now=now),
            prepare=lambda: alteration_prepare(
                booking_id=booking_id,
                action=action,
                actor=actor,
                actor_id=actor_id,
                changes=changes,
                version=version,
                now=now,
            ),
            undo=lambda prepared: alteration_undo(prepared, now=now),
        )
    )


def alteration_prepare(
    *,
    booking_id: ObjectId,
    actor: Actor,
    changes: Mapping[str, Any],
    now: dt.datetime,
    action: Action | None = None,
    actor_id: ObjectId | None = None,
    version: int | None = None,
    expected_total: int | None = None,
    payment_method: str | None = None,
    payment_id: ObjectId | None = None,
) -> Prepared:
    """Outside of a transaction, since a provider is asked for a difference. Without an `action`
    the listing's terms decide between altering at once and proposing.

    Raises `StaleVersionError` for another `version`, `ConflictError` where the state does not allow
    it, the stay has begun or the total is not `expected_total`, `InvalidInputError` for the
    listing's rules, `NightsTakenError`, and what `payment_authorise` raises.
    """
    seen = booking_stored(booking_id)
    if version is not None and version != seen["version"]:
        raise StaleVersionError(version=seen["version"])
    terms = listing_terms(seen["listing_id"])
    action = action or action_for(seen, terms)
    target_of(seen, action, actor)
    wanted = stay_wanted(seen, terms, changes, action=action, now=now)
    if expected_total is not None and expected_total != wanted.total:
        raise ConflictError(
            "The price has changed since you saw it. Look at it again.",
            code="EXPECTED_TOTAL_CHANGED",
            total_price=to_wire(wanted.total),
        )
    wishes = changes.get("special_requests", seen["special_requests"])
    prepared = Prepared(seen, action, actor, actor_id, wanted, wishes, None)
    if not prepared.is_needed:
        return prepared
    if taken := nights_in_the_way(seen, wanted, now=now):
        raise taken_error(taken, check_out=wanted.stay.check_out)
    missing = payment_missing(seen, total=wanted.total) if wanted.lines != seen["lines"] else 0
    if not missing:
        return prepared
    payment = payment_authorise(
        guest_id=seen["guest_id"],
        amount=missing,
        currency=seen["currency"],
        method=payment_method,
        payment_id=payment_id,
        now=now,
    )
    return prepared._replace(payment_id=payment["_id"])


def action_for(booking: Mapping[str, Any], terms: ListingTerms) -> Action:
    asks = booking["status"] == Status.CONFIRMED and terms["alteration_consent"]
    return Action.PROPOSE if asks else Action.ALTER


def stay_wanted(
    booking: Mapping[str, Any],
    terms: ListingTerms,
    changes: Mapping[str, Any],
    *,
    action: Action,
    now: dt.datetime,
) -> Wanted:
    """Raises as `alteration_prepare` for the rules. Other guests for the same nights change the
    tax alone; other nights cost what they cost now."""
    old = stay_of(booking)
    stay = old._replace(**{name: changes[name] for name in old.wish() if name in changes})
    if stay == old:
        return Wanted(stay, booking["lines"], booking.get("prep_nights") or 0)
    if terms["currency"] != booking["currency"]:
        raise ConflictError(
            f"The listing is priced in {terms['currency']} by now. Cancel and book again.",
            code="CURRENCY_CHANGED",
        )
    if (stay.check_in, stay.check_out) == (old.check_in, old.check_out):
        guests_check(terms, stay.guest_count)
        wanted = Wanted(stay, _with_tax(booking, terms, stay), booking.get("prep_nights") or 0)
    else:
        _check_moves(booking, action, now)
        keeps = stay.check_in == old.check_in
        stay_check(terms, **stay.wish(), now=now, is_agreed=keeps)
        wanted = Wanted(stay, stay_priced(terms, stay).lines, terms["prep_nights"])
    if action is Action.UPDATE and wanted.lines != booking["lines"]:
        _check_repriced(booking)
    return wanted


def stay_of(booking: Mapping[str, Any]) -> Stay:
    return Stay(
        booking["listing_id"],
        booking["check_in"].date(),
        booking["check_out"].date(),
        booking["guest_count"],
    )


def _with_tax(booking: Mapping[str, Any], terms: ListingTerms, stay: Stay) -> list[Line]:
    kept = [line for line in booking["lines"] if line["code"] != TAX]
    return [*kept, *(line for line in stay_priced(terms, stay).lines if line["code"] == TAX)]


def _check_moves(booking: Mapping[str, Any], action: Action, now: dt.datetime) -> None:
    if action is Action.UPDATE and booking["status"] not in states.DATES_MOVE_WHILE:
        raise ConflictError(
            f"The dates of a {booking['status']} booking are settled. Alter it instead.",
            code="INVALID_TRANSITION",
            status=booking["status"],
        )
    begins = policies.check_in_at(policies.policy_kept(booking), booking["check_in"].date())
    if now >= begins:
        raise ConflictError("The stay has begun: its dates are settled.", code="STAY_BEGUN")


def _check_repriced(booking: Mapping[str, Any]) -> None:
    if booking["status"] not in states.DATES_MOVE_WHILE:
        raise ConflictError(
            "That changes the price of a confirmed stay. Alter it instead.",
            code="ALTERATION_NEEDED",
        )


def nights_in_the_way(
    booking: Mapping[str, Any], wanted: Wanted, *, now: dt.datetime
) -> list[dt.date]:
    claims = stay_claims(
        wanted.stay.listing_id,
        check_in=wanted.stay.check_in,
        check_out=wanted.stay.check_out,
        prep_nights=wanted.prep_nights,
        now=now,
    )
    own = {str(booking["_id"]), held_as(booking["_id"])}
    return [claim["night"] for claim in claims if claim["owner_id"] not in own]


def alteration_place(prepared: Prepared, *, now: dt.datetime) -> dict[str, Any]:
    """In a transaction: the booking as it is now. What is so already changes nothing. Raises
    `ConflictError` where it changed meanwhile, `NightsTakenError`, what `payment_bind` raises."""
    seen, wanted = prepared.seen, prepared.wanted
    before = booking_stored(seen["_id"])
    if not prepared.is_needed:
        return before
    if before["version"] != seen["version"]:
        raise ConflictError("The booking changed just now. Look at it again.")
    status = target_of(before, prepared.action, prepared.actor)
    if prepared.payment_id:
        payment_bind(prepared.payment_id, booking_id=before["_id"], now=now)
    if prepared.action is Action.PROPOSE:
        values: dict[str, Any] = {"alteration": _proposed(before, prepared, now)}
    else:
        values = applied(before, wanted, now=now)
    values |= {"special_requests": prepared.special_requests, "updated_at": now}
    told = _told(before, wanted.stay, prepared.special_requests)
    change = change_row(
        prepared.action, before["status"], status, prepared.actor, prepared.actor_id, now, told
    )
    after = compare_and_set(before, values, change)
    payment_commands_add(before, after, change, now=now)
    events.booking_status_updated(after, change, now=now)
    return after


def alteration_undo(prepared: Prepared, *, now: dt.datetime) -> None:
    """After a refusal of `alteration_place`: nothing more is taken."""
    if prepared.payment_id:
        payment_release(prepared.payment_id, now=now)


def applied(before: Mapping[str, Any], wanted: Wanted, *, now: dt.datetime) -> dict[str, Any]:
    """What is stored of the new stay; its nights are claimed here, and the old ones freed."""
    stay = wanted.stay
    if (stay.check_in, stay.check_out) != stay_of(before)[1:3]:
        nights_move(
            listing_id=stay.listing_id,
            owner_id=str(before["_id"]),
            held_as=held_as(before["_id"]),
            check_in=stay.check_in,
            check_out=stay.check_out,
            prep_nights=wanted.prep_nights,
            now=now,
        )
    return {
        "check_in": midnight(stay.check_in),
        "check_out": midnight(stay.check_out),
        "guest_count": stay.guest_count,
        "prep_nights": wanted.prep_nights,
        "lines": wanted.lines,
        "total_price": wanted.total,
        "alteration": None,
        **({"reminded_at": None} if stay.check_in != before["check_in"].date() else {}),
    }


def _proposed(before: Mapping[str, Any], prepared: Prepared, now: dt.datetime) -> dict[str, Any]:
    stay, lines, prep_nights = prepared.wanted
    begins = policies.check_in_at(policies.policy_kept(before), before["check_in"].date())
    expires_at = min(now + settings.ALTERATION_TTL, begins)
    nights_propose(
        listing_id=stay.listing_id,
        owner_id=str(before["_id"]),
        held_as=held_as(before["_id"]),
        check_in=stay.check_in,
        check_out=stay.check_out,
        prep_nights=prep_nights,
        expires_at=expires_at,
        now=now,
    )
    return {
        "check_in": midnight(stay.check_in),
        "check_out": midnight(stay.check_out),
        "guest_count": stay.guest_count,
        "prep_nights": prep_nights,
        "lines": lines,
        "total_price": prepared.wanted.total,
        "payment_id": str(prepared.payment_id) if prepared.payment_id else None,
        "proposed_at": now,
        "expires_at": expires_at,
    }


def proposal_applied(before: Mapping[str, Any], *, now: dt.datetime) -> dict[str, Any]:
    """`applied` for what the guest proposed; raises `ConflictError` once it has lapsed."""
    proposal = before["alteration"]
    if proposal["expires_at"].replace(tzinfo=dt.UTC) <= now:
        raise ConflictError("The proposal has lapsed.", code="ALTERATION_LAPSED")
    stay = stay_of({**proposal, "listing_id": before["listing_id"]})
    return applied(before, Wanted(stay, proposal["lines"], proposal["prep_nights"]), now=now)


def alteration_preview(
    *, booking_id: ObjectId, actor: Actor, changes: Mapping[str, Any], now: dt.datetime
) -> tuple[dict[str, Any], Wanted, bool, list[dt.date]]:
    """The booking, the stay that it would become, whether the host is asked, and the nights in the
    way. Raises as `alteration_prepare`, but for nights and payment."""
    booking = booking_stored(booking_id)
    terms = listing_terms(booking["listing_id"])
    action = action_for(booking, terms)
    target_of(booking, action, actor)
    wanted = stay_wanted(booking, terms, changes, action=action, now=now)
    taken = nights_in_the_way(booking, wanted, now=now)
    return booking, wanted, action is Action.PROPOSE, taken


def _news(before: Mapping[str, Any], stay: Stay, special_requests: str) -> list[str]:
    """What changed, as the host is told."""
    old, parts = stay_of(before), []
    if (stay.check_in, stay.check_out) != (old.check_in, old.check_out):
        parts.append(
            f"dates {old.check_in:%-d %b %Y} to {old.check_out:%-d %b %Y}"
            f" -> {stay.check_in:%-d %b %Y} to {stay.check_out:%-d %b %Y}"
        )
    if stay.guest_count != old.guest_count:
        parts.append(f"guests {old.guest_count} -> {stay.guest_count}")
    if special_requests != before["special_requests"]:
        parts.append("special requests")
    return parts


def _told(before: Mapping[str, Any], stay: Stay, special_requests: str) -> str:
    return f"Changed: {', '.join(_news(before, stay, special_requests))}"
