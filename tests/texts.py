"""The hostile and the merely foreign texts of tests/corpora/texts.json."""

import json
from pathlib import Path
from typing import Any

CORPUS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "corpora" / "texts.json").read_text()
)
STORED: dict[str, str] = CORPUS["stored"]
LINES: dict[str, str] = CORPUS["lines"]
REFUSED: dict[str, tuple[str, int, str]] = {
    name: (text, place, named) for name, (text, place, named) in CORPUS["refused"].items()
}
# What a file cannot show: how long a text is. To sort the first takes long.
FLOODS = {
    "a flood of marks to sort": "a" + "\u0316\u0301" * 6_000,
    "a text after many spaces": " " * 10_000 + "x" * 20_000,
}
