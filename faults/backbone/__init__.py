"""The event backbone as real processes, what is done to them, and how the outcome is judged."""
