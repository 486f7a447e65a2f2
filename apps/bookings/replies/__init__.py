"""Replies by subject: a booking and its parts, prices before it, changes of it."""
