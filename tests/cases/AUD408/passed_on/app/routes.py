from sqlalchemy import select

from app.access import check_group, readable_task
from app.db import AsyncSession
from app.models import Run, Step, Task


async def statuses(db: AsyncSession, steps: list[Step]) -> dict[int, str]:
    found = {}
    for step in steps:
        result = await db.execute(  # AUD408
            select(Run)
            .where(Run.step_id == step.id)
            .where(Run.status != "new")
            .where(Run.status != "old")
            .where(Run.id > 0)
            .order_by(Run.id)
            .limit(1)
        )
        found[step.id] = result.scalar_one().status
    return found


async def readable(db: AsyncSession, steps: list[Step], user: str) -> list[Task]:
    return [await readable_task(step.task_id, user, db) for step in steps]  # AUD408


async def readable_from(db: AsyncSession, steps: list[Step], user: str, first: int) -> list[Task]:
    found = []
    for step in steps[first:]:
        found.append(await readable_task(step.task_id, user, db))  # AUD408
    return found


async def change(db: AsyncSession, step: Step, changes: dict[str, int]) -> None:
    for name, value in changes.items():
        if (name == "group_id") and (value is not None):
            await check_group(value, db)
        if name == "task_id":
            await db.get(Task, value)
        setattr(step, name, value)


async def of_kinds(db: AsyncSession, sources: list[tuple[str, int]]) -> list[Task]:
    found = []
    for kind, identifier in sources:
        if kind == "task":
            found.append(await db.get(Task, identifier))  # AUD408
    return found
