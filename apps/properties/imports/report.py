import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

SHOWN = 20


class Report:
    """What became of every row. Those that could not be used go in full to `path` (JSON lines),
    which is made with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts: Counter[tuple[str, str]] = Counter()
        self.shown: list[str] = []
        self.notes: Counter[str] = Counter()
        self.formats: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()

    def count(self, kind: str, outcome: str, rows: int = 1) -> None:
        self.counts[kind, outcome] += rows

    def add(self, kind: str, outcomes: Mapping[str, int]) -> None:
        for outcome, rows in outcomes.items():
            self.count(kind, outcome, rows)

    def reject(self, kind: str, *, file: str, line: int, reason: str, rows: int = 1) -> None:
        self.count(kind, "rejected", rows)
        said = f"{file}, line {line}: {reason}"
        self._first.setdefault(kind, said)
        if len(self.shown) < SHOWN:
            self.shown.append(said)
        entry = {"file": file, "line": line, "reason": reason, "rows": rows}
        print(json.dumps(entry, ensure_ascii=False), file=self._open())

    def note(self, sentence: str) -> None:
        """Counts what is stored otherwise than the dump has it."""
        self.notes[sentence] += 1

    def noted(self) -> list[str]:
        """Lists the most frequent notes."""
        most = self.notes.most_common(SHOWN)
        said = [
            f"{sentence} ({times:,} times)" if times > 1 else sentence for sentence, times in most
        ]
        more = len(self.notes) - len(said)
        return [*said, f"and {more:,} other notes"] if more else said

    def first(self, kind: str) -> str:
        """Returns the first rejection of such rows as a sentence, empty without one."""
        said = self._first.get(kind)
        return f"The first: {said}." if said else ""

    def _open(self) -> TextIO:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8")
        return self._file

    @property
    def rejected(self) -> int:
        return sum(rows for (_, outcome), rows in self.counts.items() if outcome == "rejected")

    def summary(self) -> str:
        kinds = dict.fromkeys(kind for (kind, _), rows in self.counts.items() if rows)
        return "; ".join(f"{kind}: {self._outcomes(kind)}" for kind in kinds)

    def _outcomes(self, kind: str) -> str:
        found = {outcome: rows for (name, outcome), rows in self.counts.items() if name == kind}
        return ", ".join(f"{rows:,} {outcome}" for outcome, rows in found.items() if rows)
