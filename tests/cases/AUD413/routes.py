from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.models import Row

router = APIRouter()


@router.get("/rows")
async def rows(session: AsyncSession):
    result = await session.execute(select(Row).order_by(Row.id))
    return result.scalars().all()  # AUD413


@router.get("/old")
def old(session: Session):
    return session.query(Row).all()  # AUD413


@router.get("/some")
def some(session: Session, kind: str):
    statement = select(Row)
    statement = statement.where(Row.kind == kind)
    return session.scalars(statement).all()


@router.get("/page")
def page(session: Session, limit: int):
    return session.query(Row).limit(limit).all()


def job(session: Session):
    return session.query(Row).all()


@router.get("/names")
def names(session: Session):
    return session.execute(select(Row.id, Row.name)).all()
