from apps.common.tests.plans import execution


def execution_of_list(filters, side, person_id):
    """As `booking_page` reads the bookings of a person; `side` is host or guest."""
    query = {f"{side}_id": person_id, **filters.query()}
    return execution({"find": "bookings", "filter": query, "hint": filters.index(side)})
