from django.conf import settings
from django.db import models
from django.db.models import Count, Sum


class BookQuerySet(models.QuerySet):
    def sold(self):
        return self.filter(is_sold=True)


class BookManager(models.Manager.from_queryset(BookQuerySet)):
    def get_queryset(self):
        return super().get_queryset().annotate(number=Count("reviews")).select_related("shelf")


class OtherManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().with_all_that_belongs_to_it()


class Author(models.Model):
    name = models.CharField(max_length=80)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    def __str__(self):
        return f"{self.name} ({self.agent.email})"

    @property
    def number(self):
        return self.books.count()

    @property
    def sold(self):
        return self.books.filter(is_sold=True).aggregate(Sum("price"))["price__sum"]

    @property
    def shouted(self):
        return self.name.upper()

    @property
    def known(self):
        if hasattr(self, "_known"):
            return self._known
        return self.books.count()

    def last_book(self):
        return self.books.order_by("-pk").first()


class Shelf(models.Model):
    name = models.CharField(max_length=80)


class Book(models.Model):
    title = models.CharField(max_length=80)
    author = models.ForeignKey("shop.Author", on_delete=models.CASCADE, related_name="books")
    editor = models.ForeignKey(Author, null=True, on_delete=models.SET_NULL, related_name="edited")
    shelf = models.ForeignKey(Shelf, null=True, on_delete=models.SET_NULL)

    objects = BookManager()

    @property
    def author_name(self):
        return self.author.name


class OtherBook(models.Model):
    author = models.ForeignKey(Author, null=True, on_delete=models.CASCADE, related_name="other_books")

    objects = OtherManager()
