"""Rows for whose prices another module asks."""

from shop.models import Book
from shop.prices import counted, kept_price, price_of, prices_of, tell


def listed(request):
    return [(book.title, price_of(book.id)) for book in Book.objects.filter(sold=False)]  # AUD408


def in_groups(groups):
    return [prices_of(group) for group in groups]


def tell_all(books):
    for book in books:
        tell(book.id)


def listed_with_kept(request):
    return [(book.title, kept_price(book.id)) for book in Book.objects.filter(sold=False)]  # AUD408


def count_all(request):
    return [counted(book.id) for book in Book.objects.filter(sold=False)]
