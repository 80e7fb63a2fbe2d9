from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Optional, Union

from pydantic import Field


@dataclass
class Options:
    temperature: Optional[float] = None
    seed: "int | None" = None
    count: int | None = None

    def merged(self, other: "Options"):
        return self.temperature or other.temperature  # AUD706


def uses(options: Options, unknown):
    if options.seed:  # AUD706
        return options.seed
    if options.count or unknown.seed:
        return unknown.temperature or 1
    return options.temperature or 0


def given(
    price: Decimal | None,
    index: Optional[int],
    score: float,
    lat: Union[float, None],
    seed: Annotated[int | None, Field(gt=0)],
    threshold: float | None,
    limit: int | None,
    min_score: int | None,
    amount: int | str | None,
):
    if index:  # AUD706
        return index
    if not lat:  # AUD706
        return lat
    if not price:
        return price
    if score or seed or amount:
        return 1
    if threshold is not None and threshold:  # AUD706
        return 2
    cut = min_score if min_score else 5  # AUD706
    return (limit or 10), cut, (threshold or 0.0), (price or None)


def bound_anew(index: int | None):
    index = index or 3  # AUD706
    return index


def of_time(staleness_threshold: float | None):
    return staleness_threshold or 60
