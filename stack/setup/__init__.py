"""What is downloaded, built and loaded before a process starts."""
