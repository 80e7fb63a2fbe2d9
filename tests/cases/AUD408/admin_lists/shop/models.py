from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=80)


class Book(models.Model):
    title = models.CharField(max_length=80)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    editor = models.ForeignKey(Author, null=True, on_delete=models.SET_NULL, related_name="edited")


class Review(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    reader = models.ForeignKey(Author, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_by = models.ForeignKey(Author, null=True, on_delete=models.SET_NULL, related_name="+")
    stars = models.IntegerField()

    def __str__(self):
        return f"{self.stars} for {self.book}"

    @property
    def of_book(self):
        return self.book.title

    def book_key(self):
        return self.book.pk


class Shelf(models.Model):
    owner = models.ForeignKey(Author, on_delete=models.CASCADE)

    def __str__(self):
        return f"Shelf of {self.owner}"


class ReviewState(models.Model):
    name = models.CharField(max_length=80)
    reader = models.ForeignKey(Author, null=True, on_delete=models.SET_NULL)
