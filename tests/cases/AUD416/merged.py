"""Lists and dicts of rows that are read, changed and written back, and moves between states that are looked up."""

from fastapi import APIRouter, HTTPException
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from shop.models import Order, User

router = APIRouter()
MOVES = {"new": {"paid"}, "paid": {"sent"}}


@router.post("/unpacked")
async def unpacked(number: int, db: AsyncSession):
    user = await db.get(User, number)
    user.settings = {**user.settings, "dark": True}  # AUD416
    await db.commit()


@router.post("/copied")
async def copied(number: int, db: AsyncSession):
    user = await db.get(User, number)
    settings = dict(user.settings or {})
    settings["dark"] = True
    user.settings = settings  # AUD416
    await db.commit()


@router.post("/added")
def added(number: int, tag: str, db: Session):
    user = db.get(User, number)
    user.tags = (user.tags or []) + [tag]  # AUD416
    db.commit()


@router.post("/starred")
def starred(number: int, tag: str, db: Session):
    user = db.get(User, number)
    user.tags = [*user.tags, tag]  # AUD416
    db.commit()


@router.post("/locked")
def locked(number: int, tag: str, db: Session):
    user = db.get(User, number, with_for_update=True)
    user.tags = [*user.tags, tag]
    db.commit()


@router.post("/anew")
def anew(number: int, tags: list[str], db: Session):
    user = db.get(User, number)
    user.tags = [*tags, "new"]
    db.commit()


def by_a_script(number, db: Session):
    user = User(settings={})
    user.settings = {**user.settings, "dark": True}
    db.add(user)
    db.commit()


@router.post("/through-a-name")
def through_a_name(number: int, amount: int, db: Session):
    user = db.get(User, number)
    balance = user.balance - amount
    if balance < 0:
        raise HTTPException(400)
    user.balance = balance  # AUD416
    db.commit()


@router.post("/bounded")
def bounded(number: int, db: Session):
    user = db.get(User, number)
    user.balance = max(0, user.balance - 5)  # AUD416
    db.commit()


@router.post("/of-another")
def of_another(number: int, db: Session):
    user = db.get(User, number)
    balance = user.limit - 5
    user.balance = balance
    db.commit()


@router.post("/block")
async def in_a_block(number: int, session: AsyncSession):
    async with session.begin():
        user = await session.get(User, number)
        user.balance -= 10  # AUD416


@router.post("/never-written")
async def never_written(number: int, session: AsyncSession):
    user = await session.get(User, number)
    user.balance -= 10
    return user


@router.post("/moved")
def moved(number: int, new: str, db: Session):
    order = db.get(Order, number)
    if new not in MOVES[order.status]:
        raise HTTPException(409)
    order.status = new  # AUD416
    db.commit()


@router.post("/looked-up")
def looked_up(number: int, new: str, db: Session):
    order = db.get(Order, number)
    allowed = MOVES.get(order.status, set())
    if new not in allowed:
        raise HTTPException(409)
    order.status = new  # AUD416
    db.commit()


@router.post("/same")
def the_same(number: int, new: str, db: Session):
    order = db.get(Order, number)
    if new == order.status:
        return order
    order.status = new
    db.commit()


@router.post("/remembered")
def remembered(number: int, new: str, db: Session):
    order = db.get(Order, number)
    old = order.status
    if old == new:
        return order
    order.status = new
    db.commit()


@router.post("/plain")
def plain(number: int, new: str, db: Session):
    order = db.get(Order, number)
    if new not in MOVES:
        raise HTTPException(400)
    order.status = new
    db.commit()


class TagService:
    def __init__(self, db: Session):
        self.db = db

    def prepare(self, number):
        user = self.db.get(User, number)
        user.tags = [*user.tags, "new"]
        self.db.commit()
