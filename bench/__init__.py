"""`make bench`: requests a second of the hot paths beside a bare WSGI application, in one run."""
