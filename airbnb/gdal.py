"""Keeps the search for GDAL out of every start of a process.

Django's backend for MongoDB asks for it three times, and each time `ctypes` starts a dozen
compilers and linkers: half a second of processor time. No field of ours needs GDAL: places
are GeoJSON.
"""

import ctypes.util
from functools import wraps


def skip_gdal() -> None:
    """Lets `ctypes.util.find_library` say at once that there is no GDAL, before Django asks."""
    find_library = ctypes.util.find_library

    @wraps(find_library)
    def without_gdal(name: str) -> str | None:
        return None if name.lower().startswith("gdal") else find_library(name)

    ctypes.util.find_library = without_gdal
