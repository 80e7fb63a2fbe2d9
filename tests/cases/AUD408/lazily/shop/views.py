"""Loops that read what Django loads when it is first read."""

from shop.models import Book, Shelf


def names():
    found = []
    for book in Book.objects.filter(title="Emma"):
        found.append(book.author.name)  # AUD408
        found.append(book.publisher.name)
    return found


def inherited():
    books = Book.objects.order_by("title")
    return [book.publisher.name for book in books]  # AUD408


def counted():
    return {book.title: book.readers.count() for book in Book.objects.all()}  # AUD408


def keys():
    return [book.author_id for book in Book.objects.all()]


def loaded():
    return [book.author.name for book in Book.objects.select_related("author")]


def loaded_before():
    books = Book.objects.all()
    if books:
        books = books.select_related("author")
    return [book.author.name for book in books]


def narrowed():
    return [book.readers.filter(name="Anne").exists() for book in Book.objects.all()]  # AUD408


def values():
    return [book.author for book in Book.objects.values_list("author", named=True)]


def of_their_own_manager():
    return [shelf.owner.name for shelf in Shelf.objects.all()]


def sometimes():
    return [book.author.name if book.title == "" else "" for book in Book.objects.all()]


def given(author):
    for book in Book.objects.all():
        book.author = author
        yield book.author.name


def saved():
    for book in Book.objects.all():
        book.title = book.author.name
        book.save()  # AUD408


def twice():
    books = Book.objects.all()
    names = [book.author.name for book in books]  # AUD408
    for book in books:
        names.append(book.author.name)
    return names


def worked_on_first():
    books = Book.objects.all()
    for book in books:
        book.title = book.author.name
        book.save()  # AUD408
    return [book.author.name for book in books]


def worked_on_others():
    for book in Book.objects.all():
        book.title = book.author.name
        book.save()  # AUD408
    return [book.author.name for book in Book.objects.all()]  # AUD408
