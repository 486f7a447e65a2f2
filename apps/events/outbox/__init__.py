"""Events on their way to Kafka: `messages` stores and reads them, `rejected` has those that Kafka
rejects."""

from apps.events.outbox.messages import add, add_copy

__all__ = ["add", "add_copy"]
