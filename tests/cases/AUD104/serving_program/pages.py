"""The same calls in a program that answers requests."""

from pathlib import Path


async def summarise(model, document: Path) -> None:
    answer = await model.complete(document.read_text())  # AUD104
    document.with_suffix(".summary").write_text(answer)  # AUD104
