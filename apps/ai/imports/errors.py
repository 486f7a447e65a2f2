class ImportFileError(Exception):
    """A file that cannot be used at all; the message says which and why."""


class RowError(Exception):
    """A row that cannot be used; the message says why."""
