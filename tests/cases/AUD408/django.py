from django.http import Http404
from django.shortcuts import get_object_or_404
from shop.models import Author, Book, Order


def authors():
    found = []
    for book in Book.objects.filter(sold=True):
        found.append(Author.objects.get(pk=book.author_id))  # AUD408
    return found


def of_keys(book_ids):
    if not book_ids:
        raise Http404
    return [Book.objects.get(pk=pk) for pk in book_ids]  # AUD408


def of_keys_or_not_found(book_ids):
    return [get_object_or_404(Book, pk=pk) for pk in book_ids]  # AUD408


def counts():
    authors = Author.objects.order_by("name")
    return {author.pk: Book.objects.filter(author=author).count() for author in authors}  # AUD408


def nested():
    found = {}
    for author in Author.objects.all():
        found[author.pk] = [book.title for book in Book.objects.filter(author=author)]  # AUD408
    return found


def known():
    authors = Author.objects.in_bulk([book.author_id for book in Book.objects.all()])
    return [authors[book.author_id] for book in Book.objects.all()]


def not_of_the_item(shop):
    found = []
    for book in Book.objects.all():
        found.append((book, Order.objects.filter(shop=shop).count()))
    return found


def units_of_work():
    for book in Book.objects.all():
        author = Author.objects.get(pk=book.author_id)
        author.sold += 1
        author.save()


def made_where_missing(book_ids):
    for pk in book_ids:
        book = Book.objects.get(pk=pk)
        Order.objects.get_or_create(book=book)


def in_groups(groups_of_ids):
    for ids in groups_of_ids:
        yield from Book.objects.filter(pk__in=ids)


def of_addresses(addresses):
    found = []
    for address in addresses:
        found.append(Author.objects.filter(address=address).first())  # AUD408
    return found


def of_a_document(document):
    found = []
    for step in document.get("steps", []):
        if step.get("author"):
            author = Author.objects.filter(name=step["author"]).first()  # AUD408
            found.append(author)
    for rule in document.get("rules") or []:
        found.append(Book.objects.filter(title=rule["title"]).count())  # AUD408
    return found


def missing(titles):
    return sorted(title for title in titles if not Book.objects.filter(title=title).exists())  # AUD408


def of_settings(settings):
    return [Book.objects.filter(title=title).exists() for title in settings.get("titles")]


def lazily():
    return [Book.objects.filter(author=author) for author in Author.objects.all()]


def of_related_rows(shop):
    return [Author.objects.get(pk=book.author_id) for book in shop.books.all()]  # AUD408


def belonging_to_rows():
    found = {}
    for author in Author.objects.all():
        found[author.pk] = author.books.filter(sold=True).count()  # AUD408
    return found


def loaded_along():
    return {author.pk: author.books.count() for author in Author.objects.prefetch_related("books")}


def loaded_out_of_sight(shop):
    authors = shop.known_authors().order_by("name")
    return {author.pk: author.books.count() for author in authors}


def of_texts(names):
    return [name.title.count("a") for name in Author.objects.all()]


def add_missing(rows):
    for row in rows:
        if not Book.objects.filter(title=row["title"]).exists():  # AUD408
            Book.objects.create(title=row["title"])


def of_a_text(text):
    return [Author.objects.filter(name=name).first() for name in text.split(",")]


def of_arguments(*names):
    return [Author.objects.filter(name=name).first() for name in names]


def of_a_list_in_a_document(request):
    cart = request.session.get("cart", [])
    return [Book.objects.get(pk=item["id"]) for item in cart]  # AUD408


def of_a_setting_of_a_document(request):
    names = request.session.get("names", "")
    return [Book.objects.get(name=name) for name in names]
