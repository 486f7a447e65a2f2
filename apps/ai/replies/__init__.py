"""Replies by subject; `trips` holds the plans."""
