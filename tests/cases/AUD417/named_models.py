"""Models named through their module, and queries of Flask-SQLAlchemy."""

from app import db, models
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.exc import IntegrityError


def create(name, company_id):
    existing = db.Project.query.filter(db.Project.name == name, db.Project.company_id == company_id).first()
    if existing is not None:
        raise ValueError("Project already exists", name)
    record = db.Project(name=name, company_id=company_id)
    db.session.add(record)  # AUD417
    db.session.commit()


async def ensure_label(session: AsyncSession, name: str):
    label = await session.scalar(select(models.Label).where(models.Label.name == name))
    if label is None:
        label = models.Label(name=name)
        session.add(label)  # AUD417
        await session.commit()
    return label


async def another_key(session: AsyncSession, name: str):
    label = await session.scalar(select(models.Label).where(models.Label.id == 1))
    if label is None:
        session.add(models.Label(name=name))
        await session.commit()


def guarded(name):
    if db.Project.query.filter_by(name=name).first() is None:
        db.session.add(db.Project(name=name))
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
