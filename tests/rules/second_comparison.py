"""A second comparison of results with limits, by whole numbers only: written from GB/T 8170-2008 and not from the
program, to be held against it."""

PLACES = 8


def scaled(text: str) -> int:
    """A written number in units of its eighth place."""
    sign = -1 if text.startswith("-") else 1
    whole, _, rest = text.lstrip("-").partition(".")
    return sign * int(whole + rest.ljust(PLACES, "0"))


def beside(text: str, mark: str) -> int:
    """On which side of a reported number the true one lies; a mark speaks of the amount."""
    side = {"": 0, "+": 1, "-": -1}[mark]
    return -side if text.startswith("-") and scaled(text) else side


def rounded(text: str, mark: str, interval: str) -> int:
    """Rounded to the interval by amount, as the standard does it, in units of the eighth place."""
    number, step = scaled(text), scaled(interval)
    amount = abs(number)
    times, rest = amount // step, amount % step
    if rest * 2 > step or (rest * 2 == step and (mark == "+" or (mark == "" and times % 2 == 1))):
        times += 1
    return times * step if number >= 0 else -times * step


def verdict(limit: dict[str, object], text: str, mark: str) -> str:
    """Pass or fail of a number that is not below a detection limit."""
    number, side = scaled(text), beside(text, mark)
    if limit.get("comparison") == "rounded":
        number, side = rounded(text, mark, str(limit["interval"])), 0
    # Twice as fine a scale, on which the side is a step of its own.
    place = number * 2 + side
    low, high = limit.get("low"), limit.get("high")
    if low is not None:
        least = scaled(str(low)) * 2 + (0 if limit.get("low_inclusive", True) else 1)
        if place < least:
            return "fail"
    if high is not None:
        most = scaled(str(high)) * 2 - (0 if limit.get("high_inclusive", True) else 1)
        if place > most:
            return "fail"
    return "pass"
