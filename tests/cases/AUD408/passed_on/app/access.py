from app.db import AsyncSession
from app.models import Task


async def task_or_fail(task_id: int, db: AsyncSession) -> Task:
    task = await db.get(Task, task_id)
    if task is None:
        raise LookupError(task_id)
    return task


async def readable_task(task_id: int, user: str, db: AsyncSession) -> Task:
    task = await task_or_fail(task_id, db)
    if user == "guest":
        raise PermissionError(user)
    return task


async def check_group(group_id: int, db: AsyncSession) -> None:
    await task_or_fail(group_id, db)
