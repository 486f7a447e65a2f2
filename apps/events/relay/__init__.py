"""From the outbox to Kafka: `pending` chooses what is next, `loop` publishes it, `wake_up` ends its
waits early."""
