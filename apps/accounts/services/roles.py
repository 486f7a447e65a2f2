"""One person can be guest and host: one account, one address, two roles."""

import datetime as dt

from bson import ObjectId

from apps.accounts.enums import UserType
from apps.accounts.replies import roles_of
from apps.accounts.rows import users
from apps.accounts.selectors import UserUnknownError
from apps.common import mongo


def role_add(*, user_id: ObjectId, role: UserType, now: dt.datetime) -> None:
    """Does nothing where the person has it already. Raises `UserUnknownError`."""

    def transaction() -> None:
        user = users.find_one({"_id": user_id}, {"roles": 1, "user_type": 1})
        if user is None:
            raise UserUnknownError
        roles = sorted(roles_of(user) | {role.value})
        users.update_one({"_id": user_id}, {"$set": {"roles": roles, "updated_at": now}})

    mongo.run_in_transaction(transaction)
