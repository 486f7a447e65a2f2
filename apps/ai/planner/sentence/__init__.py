"""Reads an English sentence: the same words on the same day always give the same filters."""
