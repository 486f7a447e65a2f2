"""How much one person may write, so that nobody writes to everybody."""

# First questions to hosts within a day; an account that is younger than `NEW_GUEST` has fewer.
QUESTIONS_A_DAY = 20
QUESTIONS_OF_A_NEW_GUEST = 5
REPORTS_A_DAY = 20
