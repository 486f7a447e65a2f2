"""A bank of our own with test cards, for development and tests. Its book is `sandbox_charges`,
which nothing else reads; a charge's `_id` is the key that it was authorised with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pymongo.errors import DuplicateKeyError

from apps.common.money import money_text
from apps.payments.clients.port import (
    ActionRequired,
    Authorised,
    Declined,
    Method,
    MethodUnknownError,
    Notice,
    NoticeInvalidError,
    Outcome,
    ProviderTimeoutError,
    RefusedError,
)
from apps.payments.rows import SandboxChargeRow, sandbox_charges

PREFIX = "sandbox_"
DEFAULT = "pm_card_visa"


@dataclass(frozen=True)
class Card:
    label: str
    outcome: str
    status: str = "authorised"
    code: str = ""
    sentence: str = ""
    is_silent: bool = False


CARDS = {
    "pm_card_visa": Card("Visa ending in 4242", "succeeds"),
    "pm_card_authentication_required": Card(
        "Card that asks its holder", "needs confirmation", "action_required"
    ),
    "pm_card_declined": Card(
        "Card that is declined", "declines", "declined", "card_declined", "The card was declined."
    ),
    "pm_card_insufficient_funds": Card(
        "Card without funds",
        "declines",
        "declined",
        "insufficient_funds",
        "The card has insufficient funds.",
    ),
    "pm_card_timeout": Card("Card whose bank never answers", "times out", is_silent=True),
}
NOT_APPROVED = ("authentication_failed", "The holder of the card did not approve the payment.")


class Sandbox:
    name = "sandbox"
    is_local = True

    def methods(self) -> list[Method]:
        return [Method(name, card.label, card.outcome) for name, card in CARDS.items()]

    def method(self, chosen: str | None) -> str:
        if chosen and chosen not in CARDS:
            raise MethodUnknownError(f"The sandbox has no such card. It has: {', '.join(CARDS)}.")
        return chosen or DEFAULT

    def authorise(self, *, key: str, amount: int, currency: str, method: str) -> Outcome:
        card = CARDS[self.method(method)]
        charge: SandboxChargeRow = {
            "_id": key,
            "method": method,
            "amount": amount,
            "currency": currency,
            "status": card.status,
            "problem": [card.code, card.sentence],
            "captured": 0,
            "refunded": 0,
            "keys": [],
        }
        try:
            sandbox_charges.insert_one(charge)
        except DuplicateKeyError:
            charge = _charge(key)
        if card.is_silent:
            raise ProviderTimeoutError("The bank does not answer.")
        return _outcome(charge)

    def confirm(self, ref: str, *, approve: bool) -> Outcome:
        values = (
            {"status": "authorised"}
            if approve
            else {"status": "declined", "problem": list(NOT_APPROVED)}
        )
        key = ref.removeprefix(PREFIX)
        waiting = {"_id": key, "status": "action_required"}
        sandbox_charges.update_one(waiting, {"$set": values})
        return _outcome(_charge(key))

    def find(self, key: str) -> str | None:
        found = sandbox_charges.find_one({"_id": key}, {"_id": 1})
        return f"{PREFIX}{key}" if found else None

    def capture(self, ref: str, *, amount: int, currency: str, key: str) -> None:
        changes = {"$set": {"status": "captured", "captured": amount}}
        where = {"status": "authorised", "amount": {"$gte": amount}}
        what = f"capture {money_text(amount, currency)} of"
        self._once(ref, key, where, changes, what)

    def void(self, ref: str, *, key: str) -> None:
        where = {"status": {"$in": ["authorised", "action_required", "declined"]}}
        self._once(ref, key, where, {"$set": {"status": "voided"}}, "void")

    def refund(self, ref: str, *, amount: int, currency: str, key: str) -> None:
        left = {"$subtract": ["$captured", "$refunded"]}
        where = {"status": "captured", "$expr": {"$gte": [left, amount]}}
        self._once(
            ref,
            key,
            where,
            {"$inc": {"refunded": amount}},
            f"refund {money_text(amount, currency)} of",
        )

    def notice(self, body: bytes, signature: str) -> Notice | None:
        raise NoticeInvalidError("The sandbox sends no messages.")

    def _once(
        self,
        ref: str,
        key: str,
        where: Mapping[str, Any],
        changes: Mapping[str, Any],
        what: str,
    ) -> None:
        """The effect and its key in one write."""
        charge_id = ref.removeprefix(PREFIX)
        done = sandbox_charges.update_one(
            {"_id": charge_id, "keys": {"$ne": key}, **where}, {**changes, "$push": {"keys": key}}
        )
        if done.matched_count:
            return
        charge = _charge(charge_id)
        if key not in charge["keys"]:
            raise RefusedError(f"The bank cannot {what} a charge that is {_described(charge)}.")


def _charge(key: str) -> SandboxChargeRow:
    found = sandbox_charges.find_one({"_id": key})
    if found is None:
        raise RefusedError("The bank has no such charge.")
    return found


def _described(charge: SandboxChargeRow) -> str:
    left = money_text(charge["captured"] - charge["refunded"], charge["currency"])
    return f"{charge['status']} ({left} captured)"


def _outcome(charge: SandboxChargeRow) -> Outcome:
    ref = f"{PREFIX}{charge['_id']}"
    if charge["status"] == "action_required":
        return ActionRequired(ref)
    if charge["status"] == "declined":
        code, sentence = charge["problem"]
        return Declined(code, sentence, ref)
    if charge["status"] == "voided":
        return Declined("voided", "The payment was voided.", ref)
    return Authorised(ref)
