"""The container images, built and run without Docker."""
