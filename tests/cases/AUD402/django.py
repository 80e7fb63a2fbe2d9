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


def store_what_may_be(numbers, log):
    with transaction.atomic():
        for number in numbers:
            try:
                Order.objects.create(number=number)
            except Exception:  # AUD402
                log.exception("order %s", number)


@transaction.atomic
def store_decorated(rows, log):
    for row in rows:
        try:
            Order(number=row["number"]).save()
        except Exception as error:  # AUD402
            log.warning("row %s: %s", row, error)
            continue


def store_all_or_none(numbers, log):
    with transaction.atomic():
        for number in numbers:
            try:
                Order.objects.create(number=number)
            except Exception:
                log.exception("order %s", number)
                raise


def parse_all(texts, log):
    with transaction.atomic():
        for text in texts:
            try:
                number = int(text)
            except Exception:
                log.exception("text %s", text)
                continue
            Order.objects.create(number=number)
