import history.models
from shop.models import Book, Filed, Order
from shop.prices import price_of, publish_price


class Logged(history.models.Model):
    pass


def sell(day):
    for book in Book.objects.filter(day__lte=day):
        book.sold = True
        book.save(update_fields=["sold"])  # AUD408


def sell_some(day):
    books = Book.objects.exclude(day__in=day)
    for book in books:
        if not book.sold:
            book.sold = True
            book.save()  # AUD408


def clear(titles):
    for book in Book.objects.exclude(title__in=titles):
        book.delete()  # AUD408


def clear_some(titles):
    for book in Book.objects.all():
        if book.title.lower() not in titles:
            book.delete()


def take_over(rows):
    count = 0
    for row in rows:
        Order.objects.create(title=row["title"], price=price_of(row))  # AUD408
        count += 1
    return count


def parts_of(rows):
    for row in rows:
        Book.objects.create(title=row["title"], price=price_of(row))


def of_one_shelf(shelf):
    for book in Book.objects.filter(shelf=shelf):
        book.sold = True
        book.save()


def take_over_again(rows):
    for row in rows:
        Book.objects.update_or_create(title=row["title"], defaults={"sold": row["sold"]})  # AUD408


def kept_for_later(rows):
    return [Book.objects.create(title=row["title"]) for row in rows]


def used_for_others(rows):
    for row in rows:
        book = Book.objects.create(title=row["title"])
        book.tags.add(row["tag"])


def of_files():
    for filed in Filed.objects.all():
        filed.name = filed.name.lower()
        filed.save()


def files_away():
    for filed in Filed.objects.filter(name=""):
        filed.delete()


def with_history():
    for row in Logged.objects.all():
        row.name = ""
        row.save()


def by_somebody(user):
    for book in Book.objects.all():
        book.sold = True
        book.save(user=user)


def told(day):
    for book in Book.objects.filter(day=day):
        book.sold = True
        book.save()
        publish_price(book)


def each_alone(rows, log):
    for row in rows:
        try:
            Book.objects.create(title=row["title"])
        except ValueError:
            log.exception("row %s", row)


def the_first(rows):
    for row in rows:
        if row["title"]:
            Book.objects.create(title=row["title"])
            break


def the_built_in():
    for title in ("Emma", "Persuasion"):
        Book.objects.get_or_create(title=title)


def seed_books(rows):
    for row in rows:
        Book.objects.get_or_create(title=row["title"])


def of_given(books):
    for book in books:
        book.sold = True
        book.save()


def into_groups(rows):
    for row in rows:
        row.shelf.books.add(row.book)
        Book.objects.create(title=row.title)


def copied(shelf):
    for book in Book.objects.filter(shelf=shelf):
        book.pk = None
        book.save()
