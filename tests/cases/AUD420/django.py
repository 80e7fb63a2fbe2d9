from django.db import IntegrityError, transaction
from shop.models import Order, Sum


def store(number, report):
    with transaction.atomic():
        try:
            Order.objects.create(number=number)
        except IntegrityError:  # AUD420
            report(number)
        Sum.objects.filter(kind="order").update(last=number)


@transaction.atomic()
def store_decorated(number, report):
    try:
        Order.objects.create(number=number)
    except IntegrityError:  # AUD420
        report(number)
    return Order.objects.get(number=number)


def store_and_leave(number, report):
    with transaction.atomic():
        try:
            Order.objects.create(number=number)
        except IntegrityError:
            report(number)
    Sum.objects.filter(kind="order").update(last=number)


def store_or_raise(number, report):
    with transaction.atomic():
        try:
            Order.objects.create(number=number)
        except IntegrityError as failure:
            raise ValueError(number) from failure
        Sum.objects.filter(kind="order").update(last=number)
