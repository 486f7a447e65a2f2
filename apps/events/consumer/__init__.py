"""From Kafka to the handlers of a group: `loop` reads and commits, `delivery` finds a handler and
runs it once, `retries` and `membership` keep the loop going, `history` reads a topic anew."""

from apps.events.consumer.delivery import Handlers

__all__ = ["Handlers"]
