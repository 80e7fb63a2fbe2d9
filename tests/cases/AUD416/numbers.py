"""What is a number is told by what is added to it, too."""

from decimal import Decimal

from shop.models import Account, Job, Page
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

make_session = sessionmaker()


def by_a_constant(session: Session, number):
    page = session.get(Page, number)
    page.revision += 1  # AUD416
    session.commit()


def by_a_conversion(session: Session, number, text):
    account = session.get(Account, number)
    account.saldo += Decimal(text)  # AUD416
    session.commit()


def of_money(session: Session, number, voucher):
    account = session.get(Account, number)
    account.funds_in_euro = account.funds_in_euro + voucher  # AUD416
    session.commit()


def by_a_number(session: Session, number, more: int):
    account = session.get(Account, number)
    account.saldo = account.saldo + more  # AUD416
    session.commit()


class UsageStore:
    def record(self, number):
        with make_session() as session:
            page = session.get(Page, number)
            if page is None:
                page = Page(number=number, packages=1)
                session.add(page)
            else:
                page.packages += 1  # AUD416
            session.commit()


def made_in_this_branch(session: Session, number):
    page = session.get(Page, number)
    if page is None:
        page = Page(number=number, packages=0)
        session.add(page)
        page.packages += 1
    session.commit()


def with_text(session: Session, number, line):
    page = session.get(Page, number)
    page.remark += line
    session.commit()


def with_a_list(session: Session, number, item):
    page = session.get(Page, number)
    page.items = page.items + [item]
    session.commit()


def in_a_switch(session: Session, number):
    page = session.get(Page, number)
    page.flags += True
    session.commit()


async def append_log(session: AsyncSession, number, line):
    job = await session.get(Job, number)
    job.log += f"{line}\n"  # AUD416
    await session.commit()


async def append_remark(session: AsyncSession, number, text):
    job = await session.get(Job, number)
    job.remarks = (job.remarks or "") + "\n" + text  # AUD416
    await session.commit()


async def append_under_lock(session: AsyncSession, number, line):
    job = await session.get(Job, number, with_for_update=True)
    job.log += f"{line}\n"
    await session.commit()


async def write_on(session: AsyncSession, number, line):
    job = await session.get(Job, number)
    job.log = f"{job.log}{line}"  # AUD416
    await session.commit()


async def write_anew(session: AsyncSession, number, line):
    job = await session.get(Job, number)
    job.log = f"{line} {job.name}"
    job.title = "New " + job.title
    await session.commit()
