"""Models whose rows refer to others."""

from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)


class Printed(models.Model):
    publisher = models.ForeignKey("Publisher", on_delete=models.CASCADE)

    class Meta:
        abstract = True


class Book(Printed):
    title = models.CharField(max_length=100)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    readers = models.ManyToManyField("Reader")


class Reader(models.Model):
    name = models.CharField(max_length=100)


class ShelfManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("owner")


class Shelf(models.Model):
    owner = models.ForeignKey(Reader, on_delete=models.CASCADE)

    objects = ShelfManager()
