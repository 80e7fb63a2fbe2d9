"""States that are tested, set and committed."""

import datetime

from fastapi import APIRouter, Depends, HTTPException
from shop.models import Invite, Order, Status, Ticket
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

router = APIRouter()
make_session = sessionmaker()


@router.post("/orders/{number}/cancel")
async def cancel(number: int, session: AsyncSession = Depends()):
    result = await session.execute(select(Order).where(Order.number == number))
    order = result.scalar_one_or_none()
    if not order:
        raise HTTPException(404)
    if order.status not in ("open", "paid"):
        raise HTTPException(400, "too late")
    order.status = "cancelled"  # AUD416
    await session.commit()


def _by_code(session: Session, code: str):
    return session.scalars(select(Ticket).where(Ticket.code == code)).first()


def approve(session: Session, code: str) -> bool:
    ticket = _by_code(session, code)
    if ticket is None or ticket.status != Status.PENDING:
        return False
    ticket.status = Status.APPROVED  # AUD416
    session.commit()
    return True


def redeem(session: Session, code: str, user):
    invite = session.scalar(select(Invite).where(Invite.code == code))
    if invite.used_at is not None:
        raise ValueError(code)
    invite.used_at = datetime.datetime.now(datetime.timezone.utc)  # AUD416
    user.team = invite.team
    session.commit()


def join(session: Session, code: str, user):
    invite = session.scalar(select(Invite).where(Invite.code == code, Invite.used == False))  # noqa: E712
    if invite is None:
        raise ValueError(code)
    invite.used = True  # AUD416
    user.team = invite.team
    session.commit()


class OrderStore:
    def pay(self, number):
        with make_session() as session:
            order = session.get(Order, number)
            if order.status != "open":
                raise ValueError(number)
            order.status = "paid"  # AUD416
            session.commit()


def approve_under_a_lock(session: Session, number):
    ticket = session.get(Ticket, number, with_for_update=True)
    if ticket.status != "pending":
        return
    ticket.status = "approved"
    session.commit()


def _locked(session: Session, number):
    return session.get(Ticket, number, with_for_update=True)


def approve_what_is_locked(session: Session, number):
    ticket = _locked(session, number)
    if ticket.status != "pending":
        return
    ticket.status = "approved"
    session.commit()


def close_once_or_twice(session: Session, number):
    ticket = session.get(Ticket, number)
    if ticket.status != "closed":
        ticket.status = "closed"
    session.commit()


def find_out_that_it_is_over(session: Session, number, now):
    ticket = session.get(Ticket, number)
    if ticket.status == "closed":
        return None
    if ticket.until < now:
        ticket.status = "expired"
        session.commit()
        return None
    return ticket


def refuse(session: Session, code, now):
    invite = session.scalar(select(Invite).where(Invite.code == code, Invite.used == False))  # noqa: E712
    if invite.until < now:
        invite.used = True
        session.commit()
        raise ValueError(code)


def set_whatever_it_was(session: Session, number):
    ticket = session.get(Ticket, number)
    ticket.status = "approved"
    session.commit()


def set_as_asked(session: Session, number, status):
    ticket = session.get(Ticket, number)
    if ticket.status == "closed":
        raise ValueError(number)
    ticket.status = status
    session.commit()


def of_a_given_row(session: Session, ticket):
    if ticket.status != "pending":
        return
    ticket.status = "approved"
    session.commit()


def one_job(number):
    with make_session() as session:
        ticket = session.get(Ticket, number)
        if ticket.status != "pending":
            return
        ticket.status = "running"
        session.commit()


def run_job(session: Session, number):
    ticket = session.get(Ticket, number)
    if ticket.status != "pending":
        return
    ticket.status = "running"
    session.commit()


def all_of_them(session: Session):
    for ticket in session.scalars(select(Ticket)):
        if ticket.status == "pending":
            ticket.status = "late"
    session.commit()


def under_a_lease(session: Session, number, lease):
    ticket = session.get(Ticket, number)
    if ticket.status != "pending" or ticket.lease != lease:
        return
    ticket.status = "done"
    session.commit()


@router.post("/users/login")
async def taken_back(session: AsyncSession, name):
    result = await session.execute(select(Token).where(Token.name == name))
    token = result.scalar_one()
    if token.is_revoked:
        token.is_revoked = False
        await session.commit()
    return create_token(name)
