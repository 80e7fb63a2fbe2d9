import asyncio
import time

import httpx
import requests
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

from app.models import Order

SessionLocal = sessionmaker()


def locks_rows(session: Session, identifier):
    order = session.execute(select(Order).where(Order.id == identifier).with_for_update()).scalar_one()
    requests.post("https://pay.example.com/charges", json={"order": order.id}, timeout=5)  # AUD414
    session.commit()


async def changes_rows(session: AsyncSession, identifier):
    await session.execute(update(Order).where(Order.id == identifier).values(status="charging"))
    await asyncio.sleep(1)  # AUD414
    await session.commit()


def in_a_block(order):
    with SessionLocal.begin() as session:
        session.execute(text("UPDATE orders SET status = 'charging'"))
        httpx.post("https://pay.example.com/charges", timeout=5)  # AUD414


def only_adds_before(session: Session, order):
    session.add(order)
    requests.post("https://pay.example.com/charges", timeout=5)
    session.commit()


def only_reads_before(session: Session, identifier):
    order = session.get(Order, identifier)
    requests.post("https://pay.example.com/charges", json={"order": order.id}, timeout=5)
    session.commit()


def commits_before(session: Session, order):
    session.add(order)
    session.flush()
    session.commit()
    requests.post("https://pay.example.com/charges", timeout=5)
    order.status = "charged"
    session.commit()


def commit_is_the_callers(session: Session, order):
    session.add(order)
    session.flush()
    requests.post("https://pay.example.com/charges", timeout=5)


def lets_others_run(session: Session, orders):
    for order in orders:
        session.add(order)
        session.commit()
        time.sleep(0.1)


async def yields_to_the_loop(session: AsyncSession, orders):
    for order in orders:
        session.add(order)
        await session.flush()
        await asyncio.sleep(0)
    await session.commit()


def asks_a_dictionary(session: Session, order, found):
    session.flush()
    order.status = found.get("status")
    session.commit()
