from typing import Any


def plan_stages(explained: Any) -> set[str]:
    """The names of all stages of the winning plan."""
    return _stages(explained["queryPlanner"]["winningPlan"])


def _stages(plan: Any) -> set[str]:
    inner = [plan.get("inputStage"), *plan.get("inputStages", [])]
    return {plan["stage"]}.union(*(_stages(stage) for stage in inner if stage))
