"""Searches against an oracle that looks at every home and every night, and knows none of the code
that it judges: `homes` are the data, `asked` what is searched for, `oracle` what is right, `judge`
compares."""
