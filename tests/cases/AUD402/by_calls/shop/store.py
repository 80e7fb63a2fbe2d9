from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from shop.models import Item


def create(session: Session, name):
    item = Item(name=name)
    session.add(item)
    session.commit()
    return item


def create_safely(session: Session, name):
    try:
        session.add(Item(name=name))
        session.commit()
    except Exception:
        session.rollback()
        raise


class Items:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def create(self, name):
        item = Item(name=name)
        self.session.add(item)
        await self.session.commit()
        return item
