"""Numbers whose test says what becomes of zero."""

from typing import Optional


def shown(score: Optional[float] = None) -> str:
    if score and score > 0:
        return f"{score:.2f}"
    return "-"


def taken(score: Optional[float] = None, other: float = 0.0) -> str:
    if score and other > 0:  # AUD706
        return f"{score:.2f}"
    return "-"
