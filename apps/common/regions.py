"""Names and codes of one country or state, as keys of `text.name_key`: people type either."""

from collections.abc import Mapping, Sequence

_COUNTRIES = (
    ("united states", "usa", "us", "united states of america", "america"),
    ("united kingdom", "uk", "gb", "great britain"),
    ("united arab emirates", "uae"),
    ("czechia", "czech republic"),
    ("netherlands", "the netherlands", "holland"),
    ("turkey", "turkiye"),
)
_US_STATES = """
al alabama, ak alaska, az arizona, ar arkansas, ca california, co colorado, ct connecticut,
de delaware, dc district of columbia, fl florida, ga georgia, hi hawaii, id idaho, il illinois,
in indiana, ia iowa, ks kansas, ky kentucky, la louisiana, me maine, md maryland, ma massachusetts,
mi michigan, mn minnesota, ms mississippi, mo missouri, mt montana, ne nebraska, nv nevada,
nh new hampshire, nj new jersey, nm new mexico, ny new york, nc north carolina, nd north dakota,
oh ohio, ok oklahoma, or oregon, pa pennsylvania, ri rhode island, sc south carolina,
sd south dakota, tn tennessee, tx texas, ut utah, vt vermont, va virginia, wa washington,
wv west virginia, wi wisconsin, wy wyoming
"""


def _by_name(groups: Sequence[tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return {name: group for group in groups for name in group}


COUNTRIES = _by_name(_COUNTRIES)
US_STATES = _by_name(
    [tuple(pair.strip().split(" ", 1)) for pair in _US_STATES.replace("\n", " ").split(",")]
)


def aliases(*, state: str, country: str) -> list[str]:
    """Every name of the country, and of the state where its codes are known."""
    countries = COUNTRIES.get(country, (country,))
    is_us = "usa" in countries
    return [*(US_STATES.get(state, (state,)) if is_us else (state,)), *countries]
