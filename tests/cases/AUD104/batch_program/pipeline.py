"""A program that goes through its documents one after the other: nobody else waits for the loop."""

from pathlib import Path


async def summarise(model, document: Path) -> None:
    answer = await model.complete(document.read_text())
    document.with_suffix(".summary").write_text(answer)
