from app.models import Author, Book
from app.repository import AuthorRepository, books_of


class Catalogue:
    def __init__(self, authors: AuthorRepository) -> None:
        self._authors = authors

    def author_of(self, book: Book) -> Author | None:
        return self._authors.by_id(book.author_id)

    def authors(self, books: list[Book]) -> list[Author | None]:
        return [self._authors.by_id(book.author_id) for book in books]  # AUD408

    def names(self, books: list[Book]) -> dict[int, str]:
        found = {}
        for book in books:
            author = self.author_of(book)  # AUD408
            found[book.id] = author.name if author is not None else ""
        return found

    def all_at_once(self, books: list[Book]) -> list[Author]:
        return self._authors.by_ids([book.author_id for book in books])

    def in_groups(self, groups: list[list[int]]) -> list[Author]:
        return [author for group in groups for author in self._authors.by_ids(group)]

    def from_cache(self, books: list[Book]) -> list[Author | None]:
        return [self._authors.cached(book.author_id) for book in books]

    def from_memory(self, books: list[Book]) -> list[Author | None]:
        return [self._authors.remembered(book.author_id) for book in books]

    def renamed(self, names: dict[int, str]) -> None:
        for identifier, name in names.items():
            self._authors.rename(identifier, name)

    def labels(self, authors: list[Author]) -> list[str]:
        return [self._authors.label(author) for author in authors]

    def of_a_few(self) -> list[Author | None]:
        return [self._authors.by_id(identifier) for identifier in (1, 2, 3)]

    def on_demand(self, books: list[Book]) -> list[Author | None]:
        return [self._authors.on_demand(book.author_id, book.id > 3) for book in books]

    def of_a_setting(self, settings) -> list[Author | None]:
        return [self._authors.by_id(identifier) for identifier in settings.authors]

    def first_known(self, books: list[Book]) -> Author | None:
        for book in books:
            author = self._authors.by_id(book.author_id)
            if author is not None:
                return author
        return None


async def shelves(session, authors):
    found = {}
    for author in authors:
        found[author.id] = await books_of(session, author.id)  # AUD408
    return found
