class DumpError(Exception):
    """The dump cannot be read at all. The message is one sentence that helps."""


class RowError(ValueError):
    """One row cannot be used; the message is the reason."""
