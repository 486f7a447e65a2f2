"""From the outbox to Kafka: `loop` publishes, `wake_up` ends its waits early."""
