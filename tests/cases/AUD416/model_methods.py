from django.db import models
from django.db.models import F


class Article(models.Model):
    views = models.IntegerField(default=0)
    balance = models.DecimalField(max_digits=10, decimal_places=2)
    attempts = models.IntegerField(default=0)
    retry_count = models.IntegerField(default=0)

    def viewed(self) -> None:
        self.views += 1  # AUD416
        self.save(update_fields=["views"])

    def pay(self, amount) -> None:
        self.balance = self.balance - amount  # AUD416
        self.save()

    def failed(self) -> None:
        self.attempts += 1  # AUD416
        self.save()

    def again(self) -> None:
        self.retry_count += 1
        self.save()

    def viewed_at_once(self) -> None:
        type(self).objects.filter(pk=self.pk).update(views=F("views") + 1)

    def count_only(self) -> None:
        self.views += 1


class ImportJob(models.Model):
    done = models.IntegerField(default=0)
    failures = models.IntegerField(default=0)

    def one_failed(self) -> None:
        self.failures += 1
        self.save()


class Basket:
    def __init__(self) -> None:
        self.total = 0

    def add(self, price: int) -> None:
        self.total += price
        self.save()

    def save(self) -> None:
        print(self.total)
