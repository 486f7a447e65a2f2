from apps.common import mongo


def execution(find):
    """`executionStats` of a find command."""
    plan = mongo.database().command("explain", find, verbosity="executionStats")
    return plan["executionStats"]


def execution_of_list(filters, side, person_id):
    """As `booking_page` reads the bookings of a person; `side` is host or guest."""
    query = {f"{side}_id": person_id, **filters.query()}
    return execution({"find": "bookings", "filter": query, "hint": filters.index(side)})
