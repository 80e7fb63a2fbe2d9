"""Django: a row is created where none was found."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from shop.models import Book, Shelf


def exists_then_create(name):
    if not Book.objects.filter(name=name).exists():
        Book.objects.create(name=name, pages=0)  # AUD417


def found_and_gone(name):
    if Book.objects.filter(name=name).exists():
        raise ValueError(name)
    return Book.objects.create(name=name)  # AUD417


def got_or_missed(name, shelf):
    try:
        book = Book.objects.get(name=name, shelf=shelf)
    except Book.DoesNotExist:
        book = Book.objects.create(name=name, shelf=shelf)  # AUD417
    return book


def first_of_all(name):
    book = Book.objects.filter(name=name).first()
    if book is None:
        book = Book.objects.create(name=name)  # AUD417
    return book


def counted(name):
    if Book.objects.filter(name=name).count() == 0:
        Book.objects.create(name=name)  # AUD417


def of_the_other_branch(name):
    if Book.objects.filter(name=name).exists():
        return None
    else:
        return Book.objects.create(name=name)  # AUD417


def caught(name):
    try:
        return Book.objects.get(name=name)
    except Book.DoesNotExist:
        pass
    try:
        return Book.objects.create(name=name)
    except IntegrityError:
        return Book.objects.get(name=name)


def locked(shelf_id, name):
    with transaction.atomic():
        shelf = Shelf.objects.select_for_update().get(pk=shelf_id)
        if not Book.objects.filter(name=name).exists():
            Book.objects.create(name=name, shelf=shelf)


def another_key(name, number):
    if not Book.objects.filter(number=number).exists():
        Book.objects.create(name=name)


def another_value(name, twin):
    if not Book.objects.filter(name=twin).exists():
        Book.objects.create(name=name)


def another_model(name):
    if not Shelf.objects.filter(name=name).exists():
        Book.objects.create(name=name)


def what_is_always_there():
    if not Shelf.objects.filter(name="all").exists():
        Shelf.objects.create(name="all")


def one_of_a_few(groups):
    group = groups["Users"]
    if not Shelf.objects.filter(group=group).exists():
        Shelf.objects.create(group=group)
    group = groups["Viewers"]
    if not Shelf.objects.filter(group=group).exists():
        Shelf.objects.create(group=group)


def where_it_is_there(name):
    if Book.objects.filter(name=name).exists():
        Book.objects.create(name=name)


def a_wider_question(name):
    if not Book.objects.filter(name__iexact=name).exists():
        Book.objects.create(name=name)


def asked_for_something_else(name):
    count = Book.objects.filter(name=name).count()
    Book.objects.create(name=name, count=count)


def seed_books(names):
    for name in names:
        if not Book.objects.filter(name=name).exists():
            Book.objects.create(name=name)


def both(name):
    book, _ = Book.objects.get_or_create(name=name)
    return book


def saved_by_hand(name):
    if Book.objects.filter(name=name).exists():
        raise ValueError(name)
    book = Book(name=name, pages=0)
    book.save()  # AUD417
    return book


def saved_under_the_same_name(name):
    book = Book.objects.filter(name=name).first()
    if book is None:
        book = Book(name=name)
        book.save()  # AUD417
    return book


def changed_and_saved(name, pages):
    book = Book.objects.filter(name=name).first()
    if book is None:
        raise LookupError(name)
    book.pages = pages
    book.save()


def saved_in_a_handler(name):
    if not Book.objects.filter(name=name).exists():
        book = Book(name=name)
        try:
            book.save()
        except IntegrityError:
            return None
    return name


def saved_with_another_name(name, other):
    if not Book.objects.filter(name=name).exists():
        Book(name=other).save()


def of_a_request(request):
    name = request.data["name"]
    if Book.objects.filter(name=name).exists():
        raise ValueError(name)
    return Book.objects.create(name=name)  # AUD417


def of_a_user(email):
    if User.objects.filter(email=email).exists():
        raise ValueError(email)
    return User.objects.create_user(email=email, password=None)  # AUD417
