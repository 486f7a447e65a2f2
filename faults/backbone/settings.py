"""The settings of the processes under test: their handlers write down what they applied."""

from airbnb.settings import *  # noqa: F403
from airbnb.settings import env

CONSUMER_GROUPS = {
    "owners": "faults.backbone.recorder.OWNERS",
    "travelers": "faults.backbone.recorder.TRAVELERS",
    "notifications": "faults.backbone.recorder.NOTIFICATIONS",
    "probe": "faults.backbone.recorder.PROBE",
}
# How the harness calls this process.
FAULTS_NAME: str = env.str("FAULTS_NAME", default="")
# How long each effect takes, so that a process can be met in the middle of a batch.
FAULTS_EFFECT_SECONDS: float = env.float("FAULTS_EFFECT_SECONDS", default=0.0)
