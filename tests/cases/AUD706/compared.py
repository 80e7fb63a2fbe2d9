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


class Part:
    index: int | None = None

    def merged(self, other: "Part"):
        if self.index != other.index:
            raise ValueError("not the same part")
        return self.index or other.index


def counted_from_one(tasks, question_idx: Optional[int] = None):
    if question_idx:
        return tasks.filter(question_index=question_idx)
    return tasks


def position(tasks, question_idx: Optional[int] = None):
    if question_idx:  # AUD706
        return tasks[question_idx]
    return tasks


def is_anything_held(amount: float | None = None, reserved: float | None = None) -> bool:
    return bool(amount or reserved)
