"""How the outbox, the relay and the consumers stand: `report` for a shell, `backlog` as metrics."""
