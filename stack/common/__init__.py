"""What every part of the local stack stands on: paths, instances, ports, steps, errors."""
