from fastapi import APIRouter

from .kinds import KINDS
from .store import Store


router = APIRouter()


@router.post("/authors")
def authors(body: dict, store: Store):
    # As many as the client lists in one request.
    found = []
    for key in sorted(body.author_ids):
        found.append(store.get_author(key))
    return found


class Service:
    def __init__(self, store: Store) -> None:
        self.store = store

    def named(self, author_ids=()):
        return [self.store.get_author(one) for one in author_ids]  # AUD408

    def of_request(self, body):
        found = []
        for key in sorted(body.author_ids):
            found.append(self.store.get_author(key))  # AUD408
        return found

    def with_authors(self):
        # As many as there are rows.
        return [self.store.get_author(book["author"]) for book in self.store.books()]  # AUD408

    def keys_of_rows(self):
        author_ids = [row["author"] for row in self.store.books()]
        return [self.store.get_author(one) for one in author_ids]  # AUD408

    def of_books(self, books):
        return [self.store.get_author(book.author) for book in books]  # AUD408

    def first_of_each(self):
        # The first few of each: no one statement gives them.
        return [self.store.latest(book["author"], limit=3) for book in self.store.books()]

    def of_document(self, root):
        return [self.store.get_author(node.text) for node in root.iter("author")]

    def are_there(self, app_configs, **kwargs):
        # A check of Django's at the start.
        missing = []
        for book in self.store.books():
            missing.append(self.store.get_author(book["author"]))
        return missing

    def of_text(self, text, pattern, registry):
        # As many as a message names, or the program has made known.
        keys = list(dict.fromkeys(pattern.findall(text)))
        found = {key: self.store.get_author(key) for key in keys}
        return found, [self.store.get_author(one.key) for one in registry.get_all()]

    def of_constant(self):
        return [self.store.get_author(one) for one in sorted(KINDS.keys())]

    def of_rows(self, row_ids):
        # A caller takes them from rows.
        return [self.store.get_author(one) for one in row_ids]  # AUD408

    def of_all(self):
        return self.of_rows([book["author"] for book in self.store.books()])
