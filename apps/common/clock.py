import datetime as dt


def utc_now() -> dt.datetime:
    """The clock, read at the edges (views, commands, tasks) and passed in.

    Whole milliseconds: MongoDB keeps no finer ones.
    """
    now = dt.datetime.now(dt.UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def instant(moment: dt.datetime) -> str:
    """ISO 8601 with Z, as events carry it."""
    return moment.isoformat().replace("+00:00", "Z")
