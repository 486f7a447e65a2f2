"""`make faults`: what may go wrong on purpose, and the proof that no night is sold twice by it."""
