"""Events from the outbox to the handlers of other apps, which use `outbox`, `notify`, `schemas`,
`topics` and `consumer.Handlers`. Nothing outside of this app speaks to Kafka."""
