# file: shop/__init__.py

# file: shop/models.py
from django.db import models


class Order(models.Model):
    name = models.TextField()

# file: shop/tasks.py
from celery import Celery, shared_task

from .models import Order

app = Celery("shop", broker="memory://")


class OrderTasks:
    @staticmethod
    @shared_task(name="shop.pack")
    def pack(pk):
        return pk

    @staticmethod
    @shared_task(name="shop.pack_all")
    def pack_all():
        for order in Order.objects.exclude(name="").order_by("name"):
            OrderTasks.pack.delay(order)  # AUD516
            OrderTasks.pack.delay(order.pk)
        for pk in Order.objects.values_list("pk", flat=True):
            OrderTasks.pack.delay(pk)


@shared_task
def greet(user):
    return user

# file: shop/views.py
from django.http import HttpResponse

from .tasks import OrderTasks, greet


def pack(request, pk):
    OrderTasks.pack.delay(pk)
    greet.delay(request.user)  # AUD516
    greet.delay(request.user.pk)
    return HttpResponse("packed")
