"""Messages that a consumer could not handle: `records` stores them, `replay` and `edits` are what a
person does about them, `redelivery` is the consumer's side of a replay, `page` their page."""
