"""The seed's load test: the plan, its runner, its targets and the check of the data behind it."""
