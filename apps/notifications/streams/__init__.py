"""The live stream of a feed: docs/decisions/0022. `hub` hears of what is new, `subscription` is one
open stream, `serving` carries it in the loop of an ASGI server, `threads` in one of WSGI."""
