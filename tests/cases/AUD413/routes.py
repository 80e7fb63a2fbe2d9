from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.models import ProxyPool, Row, Team

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


@router.get("/rows/of-owner")
async def rows_of_owner(session: AsyncSession, owner: int | None = None):
    statement = select(Row)
    if owner is not None:
        statement = statement.where(Row.owner == owner)
    result = await session.execute(statement)
    return result.scalars().all()  # AUD413


@router.get("/rows/of-page")
async def rows_of_page(session: AsyncSession, owner: int | None = None, limit: int | None = None):
    statement = select(Row)
    if owner is not None:
        statement = statement.where(Row.owner == owner)
    if limit is not None:
        statement = statement.limit(limit)
    return (await session.execute(statement)).scalars().all()


@router.get("/rows/of-required")
async def rows_of_required(session: AsyncSession, owner: int):
    statement = select(Row)
    if owner:
        statement = statement.where(Row.owner == owner)
    return (await session.execute(statement)).scalars().all()


@router.get("/rows/of-everybody")
async def rows_of_everybody(session: AsyncSession, everybody: bool = False):
    statement = select(Row)
    if not everybody:
        statement = statement.where(Row.owner == 1)
    return (await session.execute(statement)).scalars().all()


@router.get("/rows/two-queries")
async def two_queries(session: AsyncSession, owner: int):
    result = await session.execute(select(Row).where(Row.owner == owner))
    mine = result.scalars().all()
    result = await session.execute(select(Row))
    return [mine, result.scalars().all()]  # AUD413


@router.get("/rows.csv")
def export_rows(session: Session):
    return session.query(Row).all()


@router.get("/pools")
def pools(session: Session):
    return [session.query(ProxyPool).all(), session.query(Team).all()]  # AUD413


@router.get("/exporters")
def exporters(session: Session):
    return session.query(Row).all()  # AUD413
