"""Chooses the planner, and falls back to the embedded one, which can always answer."""

import datetime as dt
import logging

from django.conf import settings

from apps.ai.planner.embedded import EmbeddedPlanner
from apps.ai.planner.port import (
    Brief,
    Interpretation,
    Plan,
    Planner,
    PlannerError,
    Vocabulary,
)
from apps.ai.planner.remote import OpenAIPlanner

logger = logging.getLogger(__name__)
EMBEDDED = EmbeddedPlanner()


def planner_configured() -> Planner:
    return OpenAIPlanner() if settings.OPENAI_API_KEY else EMBEDDED


def plan_made(brief: Brief) -> tuple[Plan, str]:
    """Returns the plan and the name of the planner that made it."""
    planner = planner_configured()
    try:
        return planner.plan(brief), planner.name
    except PlannerError as error:
        logger.warning("ai.planner_fallback", extra={"task": "plan", "error": str(error)})
        return EMBEDDED.plan(brief), EMBEDDED.name


def query_interpreted(
    query: str, *, vocabulary: Vocabulary, today: dt.date
) -> tuple[Interpretation, str]:
    planner = planner_configured()
    try:
        return planner.interpret(query, vocabulary=vocabulary, today=today), planner.name
    except PlannerError as error:
        logger.warning("ai.planner_fallback", extra={"task": "search", "error": str(error)})
        found = EMBEDDED.interpret(query, vocabulary=vocabulary, today=today)
        return found, EMBEDDED.name
