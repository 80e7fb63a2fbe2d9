import enum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .models import Task


class Status(enum.Enum):
    FAILED = "failed"
    PENDING = "pending"


async def get_task(session: AsyncSession, number: int) -> Task | None:
    result = await session.execute(select(Task).where(Task.id == number))
    return result.scalar_one_or_none()


async def update_task_status(session: AsyncSession, number: int, status: Status) -> None:
    task = await get_task(session, number)
    if task is None:
        return
    task.status = status
    await session.commit()


async def set_state(session: AsyncSession, task: Task, status: Status) -> None:
    task.status = status.value
    await session.commit()


async def change_status(session: AsyncSession, number: int, status: Status) -> None:
    task = await get_task(session, number)
    if task.status == Status.FAILED:
        task.status = status
        await session.commit()


async def set_locked_status(session: AsyncSession, number: int, status: Status) -> None:
    task = await session.get(Task, number, with_for_update=True)
    task.status = status
    await session.commit()
