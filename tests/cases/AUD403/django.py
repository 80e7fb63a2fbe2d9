"""Writes of Django that fail in an `atomic` block, and queries after that."""

from django.db import DatabaseError, IntegrityError, transaction
from shop.models import Order, Row


def keep(number):
    with transaction.atomic():
        order = Order(number=number)
        try:
            order.save()
        except IntegrityError:
            order = Order.objects.get(number=number)  # AUD403
        return order


@transaction.atomic
def keep_decorated(number):
    try:
        return Order.objects.create(number=number)
    except IntegrityError:
        return Order.objects.get(number=number)  # AUD403


class Sync:
    def run(self, rows):
        for row in rows:
            with transaction.atomic():
                self.store(row)

    def store(self, row):
        found = Row(key=row)
        try:
            found.save()
        except IntegrityError as failure:
            try:
                found = Row.objects.get(key=row)  # AUD403
            except Row.DoesNotExist:
                raise failure from None
            found.save()

    def alone(self, row):
        found = Row(key=row)
        try:
            found.save()
        except IntegrityError:
            found = Row.objects.get(key=row)
        return found


def keep_in_a_savepoint(number):
    with transaction.atomic():
        order = Order(number=number)
        try:
            with transaction.atomic():
                order.save()
        except IntegrityError:
            order = Order.objects.get(number=number)
        return order


def keep_outside(number):
    try:
        with transaction.atomic():
            return Order.objects.create(number=number)
    except IntegrityError:
        return Order.objects.get(number=number)


def keep_by_hand(number):
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            return Order.objects.create(number=number)
        except IntegrityError:
            transaction.savepoint_rollback(point)
            return Order.objects.get(number=number)


def has_a_savepoint_itself(number):
    with transaction.atomic():
        try:
            return Order.objects.get_or_create(number=number)
        except IntegrityError:
            return Order.objects.get(number=number)


def only_tells(number, report):
    with transaction.atomic():
        try:
            Order.objects.create(number=number)
        except DatabaseError as failure:
            report(failure)
            raise


def tries(number, report):
    with transaction.atomic():
        try:
            Order.objects.create(number=number)
        except IntegrityError:
            try:
                return Order.objects.get(number=number)
            except Exception as failure:
                report(failure)
                raise
