"""What an object has kept is not asked for again."""

from versions import Versions, others, versions


async def compare(other):
    current = versions.is_current(other)  # AUD103
    return current, versions.get()


async def compare_both(other):
    current = versions.is_current(other)  # AUD103
    return current, others.is_current(other)  # AUD103


async def ask_twice():
    first = versions.latest()  # AUD103
    second = versions.latest()  # AUD103
    return first, second


async def ask_new_ones(other):
    first = Versions().is_current(other)  # AUD103
    second = Versions().is_current(other)  # AUD103
    return first, second
