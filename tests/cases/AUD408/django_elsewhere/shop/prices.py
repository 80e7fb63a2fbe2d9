"""What a shop asks Django for."""

from shop.models import Price


def price_of(book_id):
    found = Price.objects.filter(book_id=book_id).first()
    return found.amount if found is not None else None


def prices_of(book_ids):
    return list(Price.objects.filter(book_id__in=book_ids))


def tell(book_id):
    Price.objects.filter(book_id=book_id).update(told=True)
