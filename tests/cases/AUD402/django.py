from django.db import IntegrityError, transaction
from shop.models import Order


def store(numbers, report):
    with transaction.atomic():
        for number in numbers:
            try:
                Order.objects.create(number=number)
            except IntegrityError:  # AUD402
                report(number)


def store_each(numbers, report):
    for number in numbers:
        try:
            with transaction.atomic():
                Order.objects.create(number=number)
        except IntegrityError:
            report(number)


def store_with_savepoints(numbers, report):
    with transaction.atomic():
        for number in numbers:
            try:
                with transaction.atomic():
                    Order.objects.create(number=number)
            except IntegrityError:
                report(number)


def store_in_turns(numbers, report):
    for number in numbers:
        with transaction.atomic():
            try:
                Order.objects.create(number=number)
            except IntegrityError:
                report(number)


def store_until(numbers, report):
    with transaction.atomic():
        for number in numbers:
            try:
                Order.objects.create(number=number)
            except IntegrityError:
                report(number)
                break
