"""`make bench ARGS=search`: searches over 1,000, 10,000 and 100,000 listings."""
