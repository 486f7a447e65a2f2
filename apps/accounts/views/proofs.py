"""Who is asked once more who they are."""

from rest_framework.request import Request

from apps.accounts.serializers import ProofSerializer
from apps.accounts.services import ChallengesUnavailableError, Proof
from apps.accounts.services.code_tries import CodeTriesError
from apps.accounts.services.identity import CodeNeededError

# What every operation that asks for it may answer.
PROOF = (CodeNeededError, CodeTriesError, ChallengesUnavailableError)


def proof_of(request: Request) -> Proof:
    serializer = ProofSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    return Proof(**serializer.validated_data)
