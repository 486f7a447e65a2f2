"""Pictures that need no network: scenes drawn as SVG from a seed and a city's colours."""
