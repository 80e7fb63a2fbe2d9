"""Django: query sets that are read for a number alone."""

from collections import Counter

from shop.models import Book, Sale


def counted():
    return len(Book.objects.filter(sold=True))  # AUD418


def summed(day):
    return sum(sale.amount for sale in Sale.objects.filter(day=day))  # AUD418


def summed_values(day):
    return sum(Sale.objects.filter(day=day).values_list("amount", flat=True))  # AUD418


def by_kind():
    books = Book.objects.all()  # AUD418
    return Counter(book.kind for book in books)


def counted_in_a_loop(day):
    totals = {}
    for sale in Sale.objects.filter(day=day):  # AUD418
        totals[sale.shop_id] = totals.get(sale.shop_id, 0) + sale.amount
    return totals


def of_known_keys(keys):
    return len(Book.objects.filter(pk__in=keys))


def counted_and_shown():
    books = Book.objects.filter(sold=True)
    return len(books), list(books)


def counted_by_the_database():
    return Book.objects.filter(sold=True).count()


def of_a_part():
    return len(Book.objects.order_by("name")[:10])


def of_properties():
    return sum(book.price() for book in Book.objects.all())
