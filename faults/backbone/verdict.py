"""What a section reports at its end."""

from dataclasses import dataclass, field

SHOWN = 5


@dataclass
class Verdict:
    """`said` is what was done and measured, `findings` are breaches by what is wrong."""

    said: list[str] = field(default_factory=list)
    findings: dict[str, list[str]] = field(default_factory=dict)

    @property
    def problems(self) -> list[str]:
        return [
            f"{what}: {len(found)}, {found[0]}" for what, found in self.findings.items() if found
        ]

    @property
    def holds(self) -> bool:
        return bool(self.findings) and not self.problems

    def lines(self) -> list[str]:
        good = [f"0 {what}" for what, found in self.findings.items() if not found]
        return [*self.said, f"good: {', '.join(good)}", *(f"BREACH {one}" for one in self.problems)]
