"""The processes of an instance: their programs, their supervisor, and whether they are ready."""
