from django.db import models


class Dated(models.Model):
    made = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["made"]


class Note(models.Model):
    text = models.TextField()

    class Meta:
        verbose_name = "note"


class Entry(Dated):
    text = models.TextField()


class Letter(Dated):
    class Meta(Dated.Meta):
        verbose_name = "letter"


class Sorted(models.Manager):
    def get_queryset(self):
        return super().get_queryset().order_by("pk")


class Task(models.Model):
    objects = Sorted()


class Plain(models.Model):
    objects = models.Manager()
