from django.db import models


class Order(models.Model):
    pass


class State(models.Model):
    order = models.OneToOneField(Order, on_delete=models.CASCADE)
    conflicts = models.IntegerField(default=0)
