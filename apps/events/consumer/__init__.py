"""From Kafka to the handlers of a group: `loop` reads and commits, `delivery` finds a handler and
runs it once, `partitions` remembers what waits, `history` reads a topic anew."""

from apps.events.consumer.delivery import Handlers

__all__ = ["Handlers"]
