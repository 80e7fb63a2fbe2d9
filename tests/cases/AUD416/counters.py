from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.models import Account, Post


async def withdraw(session: AsyncSession, identifier, amount):
    result = await session.execute(select(Account).where(Account.id == identifier))
    account = result.scalar_one()
    account.balance = account.balance - amount  # AUD416
    await session.commit()


def counts_all(session: Session):
    for post in session.scalars(select(Post)):
        post.view_count = (post.view_count or 0) + 1  # AUD416
    session.commit()


async def withdraw_with_a_lock(session: AsyncSession, identifier, amount):
    result = await session.execute(select(Account).where(Account.id == identifier).with_for_update())
    account = result.scalar_one()
    account.balance -= amount
    await session.commit()


def in_the_database(session: Session, identifier):
    session.execute(update(Post).where(Post.id == identifier).values(likes=Post.likes + 1))
    session.commit()


def by_the_class(session: Session, identifier):
    post = session.get(Post, identifier)
    post.likes = Post.likes + 1
    session.commit()


def made_here(session: Session):
    post = Post(likes=0)
    post.likes += 1
    session.add(post)
    session.commit()


def is_given(session: Session, post):
    post.likes += 1
    session.commit()


def adds_text(session: Session, identifier, line):
    post = session.get(Post, identifier)
    post.text += line
    session.commit()


async def under_a_lock(session: AsyncSession, identifier, lock):
    async with lock:
        post = await session.get(Post, identifier)
        post.likes += 1
        await session.commit()


def never_commits(session: Session, identifier):
    post = session.get(Post, identifier)
    post.likes += 1
    return post


def made_for_another(session: Session, identifier):
    account = session.get(Account, identifier)
    post = Post(account_id=account.id, likes=0)
    session.add(post)
    post.likes += 1
    session.commit()


def made_where_there_is_none(session: Session, identifier):
    post = session.get(Post, identifier)
    if post is None:
        post = Post(id=identifier, likes=0)
        session.add(post)
    post.likes += 1  # AUD416
    session.commit()
