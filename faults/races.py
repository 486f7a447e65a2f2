"""The races, by name."""

from faults.entry_races import OneSearchEntry
from faults.night_races import (
    AlterationAgainstBooking,
    BlockAgainstBooking,
    HoldAgainstBooking,
    HoldAgainstHold,
    ImportAgainstBooking,
    LapsedHold,
    NightsToPrepare,
    OverlappingRanges,
    ProposalAgainstBooking,
    SameNights,
)
from faults.rounds import Race
from faults.state_races import AcceptCancelExpire, AnswersToAProposal

RACES: dict[str, Race] = {
    kind.name: kind()
    for kind in (
        SameNights,
        OverlappingRanges,
        NightsToPrepare,
        HoldAgainstHold,
        HoldAgainstBooking,
        LapsedHold,
        AcceptCancelExpire,
        AnswersToAProposal,
        AlterationAgainstBooking,
        ProposalAgainstBooking,
        BlockAgainstBooking,
        ImportAgainstBooking,
        OneSearchEntry,
    )
}
