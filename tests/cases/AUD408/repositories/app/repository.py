import functools

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.models import Author, Book


class AuthorRepository:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._cache: dict[int, Author] = {}

    def by_id(self, identifier: int) -> Author | None:
        if not identifier:
            return None
        return self._session.get(Author, identifier)

    def by_ids(self, identifiers: list[int]) -> list[Author]:
        return list(self._session.scalars(select(Author).where(Author.id.in_(identifiers))))

    def cached(self, identifier: int) -> Author | None:
        if identifier not in self._cache:
            self._cache[identifier] = self._session.get(Author, identifier)
        return self._cache[identifier]

    @functools.lru_cache
    def remembered(self, identifier: int) -> Author | None:
        return self._session.get(Author, identifier)

    def all(self, order: str) -> list[Author]:
        return list(self._session.scalars(select(Author).order_by(order)))

    def rename(self, identifier: int, name: str) -> None:
        author = self._session.get(Author, identifier)
        author.name = name
        self._session.commit()

    def label(self, author: Author) -> str:
        return author.name.title()

    def on_demand(self, identifier: int, wanted: bool) -> Author | None:
        if wanted:
            return self._session.get(Author, identifier)
        return None


async def books_of(session: AsyncSession, author_id: int) -> list[Book]:
    statement = select(Book).where(Book.author_id == author_id)
    return list((await session.scalars(statement)).all())
