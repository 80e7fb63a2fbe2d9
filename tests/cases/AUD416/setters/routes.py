from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy.ext.asyncio import AsyncSession

from .service import Status, change_status, get_task, set_locked_status, set_state, update_task_status
from .sessions import get_session

router = APIRouter()


@router.post("/tasks/{number}/retry")
async def retry_task(number: int, db: AsyncSession = Depends(get_session)):
    task = await get_task(db, number)
    if task.status not in {Status.FAILED}:
        raise HTTPException(409)
    await update_task_status(db, number, Status.PENDING)  # AUD416


@router.post("/tasks/{number}/again")
async def again(number: int, db: AsyncSession = Depends(get_session)):
    task = await get_task(db, number)
    if task.status == Status.FAILED:
        await set_state(db, task, Status.PENDING)  # AUD416


@router.post("/tasks/{number}/asked_there")
async def asked_there(number: int, db: AsyncSession = Depends(get_session)):
    task = await get_task(db, number)
    if task.status == Status.FAILED:
        await change_status(db, number, Status.PENDING)


@router.post("/tasks/{number}/locked")
async def locked(number: int, db: AsyncSession = Depends(get_session)):
    task = await get_task(db, number)
    if task.status == Status.FAILED:
        await set_locked_status(db, number, Status.PENDING)


@router.post("/tasks/{number}/others")
async def others(number: int, other: int, db: AsyncSession = Depends(get_session)):
    task = await get_task(db, number)
    if task.status == Status.FAILED:
        await update_task_status(db, other, Status.PENDING)


@router.post("/tasks/{number}/untested")
async def untested(number: int, db: AsyncSession = Depends(get_session)):
    task = await get_task(db, number)
    if task is None:
        raise HTTPException(404)
    await update_task_status(db, number, Status.PENDING)


async def work(number: int, db: AsyncSession):
    task = await get_task(db, number)
    if task.status == Status.FAILED:
        await update_task_status(db, number, Status.PENDING)
