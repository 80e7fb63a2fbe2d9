"""What a shop asks Django for."""

from shop.models import Price


def price_of(book_id):
    found = Price.objects.filter(book_id=book_id).first()
    return found.amount if found is not None else None


def prices_of(book_ids):
    return list(Price.objects.filter(book_id__in=book_ids))


def tell(book_id):
    Price.objects.filter(book_id=book_id).update(told=True)


def kept_price(book_id):
    found = Price.objects.filter(book_id=book_id)
    return found.first().amount if found.exists() else None


def counted(book_id):
    found = Price.objects.filter(book_id=book_id).first()
    Price.objects.update_or_create(book_id=book_id, defaults={"seen": True})
    return found
