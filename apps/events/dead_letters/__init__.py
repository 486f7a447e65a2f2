"""Messages that a consumer could not handle: `records` stores them, `replay` and `edits` are what
staff do about them, `redelivery` is the consumer's side of a replay, `page` their page."""
