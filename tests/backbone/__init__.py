"""The event backbone loses nothing, repeats nothing and keeps each booking's order while its
processes, its database and its brokers are killed and stopped. `make faults` does it for longer."""

SEED = 20261128
