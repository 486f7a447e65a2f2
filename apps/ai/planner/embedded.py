"""Plans by rules of our own, the default: no network, the same answer to the same brief."""

import datetime as dt

from apps.ai.enums import PlannerName
from apps.ai.planner.days import days_filled
from apps.ai.planner.port import Brief, Interpretation, Plan, Vocabulary
from apps.ai.planner.sentence.interpret import interpret
from apps.ai.planner.stays import stays_ranked


class EmbeddedPlanner:
    name = PlannerName.EMBEDDED.value

    def plan(self, brief: Brief) -> Plan:
        ranked = stays_ranked(brief)
        points = {stay.id: stay.point for stay in brief.stays}
        home = points[ranked[0]] if ranked else brief.centre
        return Plan(stay_ids=ranked, days=days_filled(brief, home))

    def interpret(self, query: str, *, vocabulary: Vocabulary, today: dt.date) -> Interpretation:
        return interpret(query, vocabulary=vocabulary, today=today)
