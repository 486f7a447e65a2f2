"""The live stream of a feed: docs/decisions/0022. `broadcaster` reads what is new, `subscription`
is one open stream, `serving` sends it in the loop of an ASGI server, `threads` in one of WSGI."""
