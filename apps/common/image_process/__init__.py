"""Decodes one photo in a process of its own, which has no settings, no database and no secrets:
`apps.common.image_runner` starts it. Nothing here may import Django."""
