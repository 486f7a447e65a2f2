"""Fills days with activities: what the traveler likes, near each other within a day, indoors when
it is wet, never one twice."""

from collections.abc import Iterable, Mapping, Sequence

from apps.accounts.enums import Pace
from apps.ai.enums import Category, PartOfDay
from apps.ai.planner.interests import liking
from apps.ai.planner.port import ActivityOption, Brief, Day, PlannedActivity, PlannedDay
from apps.common.geo import LngLat, distance_km
from apps.common.text import folded

MORNING, AFTERNOON, EVENING = PartOfDay.MORNING, PartOfDay.AFTERNOON, PartOfDay.EVENING
SLOTS: Mapping[Pace, tuple[PartOfDay, ...]] = {
    Pace.RELAXED: (AFTERNOON, EVENING),
    Pace.BALANCED: (MORNING, AFTERNOON, EVENING),
    Pace.PACKED: (MORNING, MORNING, AFTERNOON, AFTERNOON, EVENING),
}
OF_THE_EVENING = frozenset(
    {Category.FOOD, Category.ARTS, Category.VIEWPOINT, Category.NEIGHBOURHOOD, Category.MARKET}
)
LIKED, NEAR_HOME, NEAR_OTHERS, INDOORS, NEW_KIND = 1.0, 0.6, 1.2, 1.0, 0.35
FAR_FROM_HOME_KM, FAR_FROM_OTHERS_KM = 15.0, 4.0


def days_filled(brief: Brief, home: LngLat) -> tuple[PlannedDay, ...]:
    left = list(_without_duplicates(brief.activities))
    return tuple(_day(day, brief, home, left) for day in brief.days)


def _without_duplicates(options: Iterable[ActivityOption]) -> Iterable[ActivityOption]:
    """Keeps one of a name: sources list a place twice now and then."""
    return {folded(option.name): option for option in reversed(list(options))}.values()


def _day(day: Day, brief: Brief, home: LngLat, left: list[ActivityOption]) -> PlannedDay:
    """Removes what it chooses from `left`."""
    chosen: list[tuple[PartOfDay, ActivityOption]] = []
    for part in SLOTS[brief.pace]:
        fitting = [option for option in left if _fits(option, part)]
        if not fitting:
            continue
        others = [option for _, option in chosen]
        best = max(
            fitting, key=lambda option: (_score(option, day, brief, home, others), option.id)
        )
        left.remove(best)
        chosen.append((part, best))
    activities = tuple(PlannedActivity(option.id, part) for part, option in chosen)
    return PlannedDay(day.date, activities, _note(day, [option for _, option in chosen]))


def _fits(option: ActivityOption, part: PartOfDay) -> bool:
    """Keeps evenings for supper and what is still open; other meals need no plan."""
    if part is EVENING:
        return option.category in OF_THE_EVENING
    return option.category is not Category.FOOD


def _score(
    option: ActivityOption,
    day: Day,
    brief: Brief,
    home: LngLat,
    others: Sequence[ActivityOption],
) -> float:
    score = LIKED * liking(option, brief.interests)
    score += NEAR_HOME * max(0.0, 1 - distance_km(option.point, home) / FAR_FROM_HOME_KM)
    if others:
        away = min(distance_km(option.point, other.point) for other in others)
        score += NEAR_OTHERS * max(0.0, 1 - away / FAR_FROM_OTHERS_KM)
        score += NEW_KIND * (option.category not in {other.category for other in others})
    if day.is_wet:
        score += INDOORS * option.indoors
    return score


def _note(day: Day, chosen: Sequence[ActivityOption]) -> str:
    if not chosen:
        return "No more activities are listed for this day: keep it free to explore."
    if day.is_wet and any(option.indoors for option in chosen):
        return "Rain is likely, so indoor activities come first."
    if day.is_wet:
        return "Rain is likely: take an umbrella."
    return ""
