"""What a name with one or two typing errors has in common with the right one."""

LONG, SHORT = 8, 4


def most_typos(key: str) -> int:
    """Two in a long word, one in a short one, none where nothing would be left of it."""
    return 2 if len(key) >= LONG else 1 if len(key) >= SHORT else 0


def grams_of(key: str) -> list[str]:
    """The runs of three letters, with its ends; each once."""
    padded = f"  {key} "
    return sorted({padded[at : at + 3] for at in range(len(padded) - 2)})


def signs_of(key: str) -> list[str]:
    """What a name shares with one that resembles it: short ones what is left without a letter, long
    ones some runs of letters."""
    left = [f"-{word}" for word in shortened(key)] if len(key) <= LONG else []
    return left + (grams_of(key) if len(key) >= LONG - 1 else [])


def shortened(key: str) -> list[str]:
    """The word, and what is left of it without one of its letters. Two words have one of these in
    common if one letter is missing, too many, wrong, or exchanged with the next."""
    if len(key) < SHORT:
        return [key]
    return sorted({key, *(key[:at] + key[at + 1 :] for at in range(len(key)))})


def distance(one: str, other: str) -> int:
    """How many letters are missing, too many, wrong or exchanged with the next (optimal string
    alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        row = [at]
        for to, wanted in enumerate(other, start=1):
            best = min(last[to] + 1, row[-1] + 1, last[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                best = min(best, before[to - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
