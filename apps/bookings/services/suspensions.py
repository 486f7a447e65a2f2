"""What follows for bookings when a person or a listing is suspended. That nothing more is sold is
true from the suspension's commit on; the rest is done here by a timer. Each item is a transaction
that sees whether the suspension still stands. A process that is killed leaves nothing half done,
and the next run goes on behind the cursor."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Any

from bson import ObjectId
from pymongo import ReturnDocument

from apps.bookings.enums import Choice, Stage
from apps.bookings.rows import SuspensionRow, bookings, suspensions
from apps.bookings.services.suspended_stays import WORK, item_next, stays_ahead
from apps.common import mongo
from apps.common.errors import AppError, ConflictError, NotFoundError
from apps.common.parts import Subject, Withdrawal

logger = logging.getLogger(__name__)
Clock = Callable[[], dt.datetime]
AT_MOST = dt.timedelta(seconds=8)
WORKING = {"$in": [str(stage) for stage in WORK]}
# At the end of each stage comes the next one; after GUESTS the choice, if there is one to make.
NEXT: Mapping[str, Stage] = {
    Stage.REQUESTS: Stage.PROPOSALS,
    Stage.PROPOSALS: Stage.HOLDS,
    Stage.HOLDS: Stage.GUESTS,
    Stage.GUESTS: Stage.CHOICE,
    Stage.CANCEL: Stage.DONE,
    Stage.KEEP: Stage.DONE,
}
CHOOSABLE = [Stage.CHOICE.value, Stage.DONE.value]


class SuspensionUnknownError(NotFoundError):
    sentence = "There is no such suspension."


class SuspensionBusyError(ConflictError):
    code = "SUSPENSION_BUSY"
    sentence = "There is nothing to choose now: the work goes on, or the suspension has ended."


class ItemError(Exception):
    """One booking or hold for which the work of a stage was refused."""

    def __init__(self, item_id: ObjectId, problem: str) -> None:
        self.item_id, self.problem = item_id, problem
        super().__init__(problem)


def suspension_begin(withdrawal: Withdrawal) -> None:
    """Belongs in the transaction of the suspension."""
    row: SuspensionRow = {
        "_id": ObjectId(),
        "subject_kind": withdrawal.subject.kind,
        "subject_id": withdrawal.subject.id,
        "reason": withdrawal.reason[:500],
        "staff_id": withdrawal.staff_id,
        "stage": Stage.REQUESTS.value,
        "cursor": None,
        "closed": 0,
        "refused": 0,
        "released": 0,
        "notified": 0,
        "cancelled": 0,
        "kept": 0,
        "failed": 0,
        "problem": "",
        "choice": "",
        "chosen_by": None,
        "chosen_at": None,
        "created_at": withdrawal.now,
        "updated_at": withdrawal.now,
    }
    suspensions.insert_one(row)


def suspension_end(subject: Subject, *, now: dt.datetime) -> None:
    """Belongs in the transaction of the restoring. What runs conflicts with it: from its commit on
    nothing more is declined or cancelled."""
    stands = {"subject_kind": subject.kind, "subject_id": subject.id}
    suspensions.update_many(
        {**stands, "stage": {"$ne": Stage.RESTORED.value}},
        {"$set": {"stage": Stage.RESTORED.value, "updated_at": now}},
    )


def suspension_choose(
    *, suspension_id: ObjectId, choice: Choice, staff_id: ObjectId, now: dt.datetime
) -> None:
    """Has the stays ahead kept, or those that have not begun cancelled with a full refund. What was
    kept can be cancelled later. Raises `SuspensionUnknownError` and `SuspensionBusyError`."""
    values = {
        "stage": Stage(choice.value).value,
        "cursor": None,
        "choice": choice.value,
        "chosen_by": staff_id,
        "chosen_at": now,
        "kept": 0,
        "updated_at": now,
    }
    query = {"_id": suspension_id, "stage": {"$in": CHOOSABLE}}
    if suspensions.update_one(query, {"$set": values}).matched_count:
        return
    if not suspensions.exists({"_id": suspension_id}):
        raise SuspensionUnknownError
    raise SuspensionBusyError


def suspension_stored(suspension_id: ObjectId) -> SuspensionRow:
    """Raises `SuspensionUnknownError`."""
    found = suspensions.find_one({"_id": suspension_id})
    if found is None:
        raise SuspensionUnknownError
    return found


def suspensions_follow(*, clock: Clock) -> int:
    """Goes on with all suspensions for some seconds; returns how many items were done. Several may
    run at once: they conflict on the row and take turns."""
    until, done = clock() + AT_MOST, 0
    for row in suspensions.find({"stage": WORKING}, {"_id": 1}).sort("_id", 1):
        try:
            while clock() < until and suspension_step(row["_id"], now=clock()):
                done += 1
        except Exception:
            logger.exception("suspensions.stuck", extra={"suspension_id": str(row["_id"])})
    return done


def suspension_step(suspension_id: ObjectId, *, now: dt.datetime) -> bool:
    """Does one item, or goes to the next stage; returns whether there may be more. An item for
    which it is refused is counted and left behind."""
    try:
        return mongo.run_in_transaction(lambda: _step(suspension_id, now))
    except ItemError as error:
        values = {"cursor": error.item_id, "problem": error.problem[:300], "updated_at": now}
        suspensions.update_one(
            {"_id": suspension_id, "stage": WORKING}, {"$set": values, "$inc": {"failed": 1}}
        )
        return True


def _step(suspension_id: ObjectId, now: dt.datetime) -> bool:
    """The first write is to the suspension's own row: what ends it meanwhile conflicts."""
    case = suspensions.find_one_and_update(
        {"_id": suspension_id, "stage": WORKING},
        {"$set": {"updated_at": now}},
        return_document=ReturnDocument.AFTER,
    )
    if case is None:
        return False
    item = item_next(case, now)
    if item is None:
        _write(case, {"stage": _after(case, now).value, "cursor": None})
        return True
    try:
        counted = WORK[case["stage"]].act(case, item, now)
    except AppError as error:
        raise ItemError(item["_id"], f"{item['_id']}: {error.message}") from error
    _write(case, {"cursor": item["_id"]}, counted)
    return True


def _after(case: SuspensionRow, now: dt.datetime) -> Stage:
    if case["stage"] == Stage.GUESTS and not bookings.exists(stays_ahead(case, now)):
        return Stage.DONE
    return NEXT[case["stage"]]


def _write(case: SuspensionRow, values: Mapping[str, Any], counted: str = "") -> None:
    added = {"$inc": {counted: 1}} if counted else {}
    suspensions.update_one({"_id": case["_id"]}, {"$set": values, **added})
