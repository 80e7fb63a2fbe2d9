"""Rows of Django's that another row refers to, those that a receiver is told of, and those made where none was."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from shop.models import Account, Order, Visit


def sell(request: HttpRequest, number):
    order = get_object_or_404(Order, number=number)
    for item in order.items.all():
        item.product.stock -= item.quantity  # AUD416
        item.product.save()
    order.customer.points = order.customer.points + 5  # AUD416
    order.customer.save(update_fields=["points"])
    return JsonResponse({})


def sell_locked(request: HttpRequest, number):
    order = Order.objects.select_for_update().get(number=number)
    order.customer.points += 5
    order.customer.save()
    return JsonResponse({})


def not_saved(request: HttpRequest, number):
    order = get_object_or_404(Order, number=number)
    order.customer.points += 5
    order.save()
    return JsonResponse({})


@receiver(post_save, sender=Order)
def count_orders(sender, instance, created, **kwargs):
    account = instance.customer.account
    account.balance -= instance.total  # AUD416
    account.save()
    instance.product.stock -= 1  # AUD416
    instance.product.save()


@receiver(post_save, sender=Order)
def count_itself(sender, instance, created, **kwargs):
    instance.number += 1
    instance.save()


def told(instance):
    instance.product.stock -= 1
    instance.product.save()


def visited(request: HttpRequest, day):
    try:
        visit = Visit.objects.get(day=day)
    except Visit.DoesNotExist:
        visit = Visit.objects.create(day=day, hits=0)
    visit.hits += 1  # AUD416
    visit.save()
    return JsonResponse({})


def made(request: HttpRequest, day):
    visit = Visit.objects.create(day=day, hits=0)
    visit.hits += 1
    visit.save()
    return JsonResponse({})


def refuse_login(request: HttpRequest, name):
    account = Account.objects.get(name=name)
    if account.is_locked:
        return JsonResponse({}, status=403)
    account.failures += 1  # AUD416
    account.save()
    return JsonResponse({})


def refuse_login_alone(request: HttpRequest, name, lock):
    with lock:
        account = Account.objects.get(name=name)
        account.failures += 1
        account.save()
    return JsonResponse({})
