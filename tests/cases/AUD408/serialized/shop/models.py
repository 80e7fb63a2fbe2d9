from django.db import models


class FullManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("author")


class SoldManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(sold=True)


class Author(models.Model):
    name = models.CharField(max_length=80)


class Tag(models.Model):
    name = models.CharField(max_length=80)


class Book(models.Model):
    title = models.CharField(max_length=80)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    tags = models.ManyToManyField(Tag)

    @property
    def pages(self):
        return []


class SoldBook(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")

    objects = SoldManager()


class FullBook(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")

    objects = FullManager()


class BookKind(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")
