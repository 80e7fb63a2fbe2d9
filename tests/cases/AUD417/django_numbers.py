"""Rows of Django's that get the next number."""

from django.db import IntegrityError, models
from django.db.models import Max
from shop.models import Book, Chapter, Revision


def revise(book, text):
    last = book.revisions.first()
    number = (last.number + 1) if last else 1
    return Revision.objects.create(book=book, number=number, text=text)  # AUD417


def revise_by_highest(book, text):
    highest = Revision.objects.filter(book=book).aggregate(Max("number"))["number__max"] or 0
    return Revision.objects.create(book=book, number=highest + 1, text=text)  # AUD417


def revise_by_order(book, text):
    last = Revision.objects.filter(book=book).order_by("-version").first()
    return Revision.objects.create(book=book, version=last.version + 1 if last else 1)  # AUD417


def revise_under_a_lock(key, text):
    book = Book.objects.select_for_update().get(pk=key)
    last = book.revisions.first()
    return Revision.objects.create(book=book, number=last.number + 1, text=text)


def revise_once_more(book, text):
    last = book.revisions.first()
    try:
        return Revision.objects.create(book=book, number=last.number + 1, text=text)
    except IntegrityError:
        return None


def locked(key, text):
    book = Book.objects.select_for_update().get(pk=key)
    return revise_for_locked(book, text)


def revise_for_locked(book, text):
    last = book.revisions.first()
    return Revision.objects.create(book=book, number=last.number + 1, text=text)


def place_last(book, title):
    last = book.chapters.last()
    return Chapter.objects.create(book=book, position=last.position + 1, title=title)


def of_another(book, text):
    last = book.revisions.first()
    return Revision.objects.create(book=book, number=last.size + 1, text=text)


class Note(models.Model):
    number = models.IntegerField()
