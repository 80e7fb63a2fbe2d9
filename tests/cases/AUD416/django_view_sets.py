"""View sets of REST framework: rows that the framework loads, helpers that are given them, documents of rows."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from shop.checks import checked
from shop.models import Order, Page, Site
from shop.work import run


class OrderViewSet(viewsets.ModelViewSet):
    queryset = Order.objects.all()

    def _queue(self, order):
        if order.status == "running":
            return Response({}, status=409)
        order.status = "queued"  # AUD416
        order.save()
        run.delay(order.pk)
        return Response({})

    @action(detail=True, methods=["post"])
    def execute(self, request, pk=None):
        return self._queue(self.get_object())

    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        order = self.get_object()
        if order.status != "open":
            return Response({}, status=409)
        order.status = "withdrawn"  # AUD416
        order.save(update_fields=["status"])
        return Response({})

    @action(detail=True, methods=["post"])
    def seen(self, request, pk=None):
        order = self.get_object()
        order.views += 1  # AUD416
        order.save()
        return Response({})

    @action(detail=True, methods=["post"])
    def reject(self, request, pk=None):
        order = get_object_or_404(Order, pk=pk, status="open")
        order.status = "rejected"  # AUD416
        order.save()
        return Response({})

    @action(detail=True, methods=["post"])
    def take(self, request, pk=None):
        order = self.get_object()
        product = order.product
        product.stock -= 1  # AUD416
        product.save()
        return Response({})


class LockedViewSet(viewsets.ModelViewSet):
    def get_queryset(self):
        return Order.objects.select_for_update()

    @action(detail=True, methods=["post"])
    @transaction.atomic
    def withdraw(self, request, pk=None):
        order = self.get_object()
        if order.status != "open":
            return Response({}, status=409)
        order.status = "withdrawn"
        order.save()
        return Response({})


class SiteViewSet(viewsets.ModelViewSet):
    @action(detail=True, methods=["patch"])
    def change(self, request, pk=None):
        site = get_object_or_404(Site, pk=pk)
        merged = dict(site.settings or {})
        for key, value in request.data.items():
            merged[key] = value
        merged = checked(merged)
        site.settings = merged  # AUD416
        site.save()
        return Response({})

    @action(detail=True, methods=["patch"])
    def change_one(self, request, pk=None):
        site = self.get_object()
        site.settings["colour"] = request.data["colour"]  # AUD416
        site.save()
        return Response({})

    @action(detail=True, methods=["patch"])
    def spread(self, request, pk=None):
        site = self.get_object()
        site.settings = {**site.settings, "colour": request.data["colour"]}  # AUD416
        site.save()
        return Response({})

    @action(detail=True, methods=["patch"])
    def replace(self, request, pk=None):
        site = self.get_object()
        settings = request.data.get("settings")
        if not isinstance(settings, dict):
            settings = site.settings
        site.settings = settings
        site.save()
        return Response({})

    @action(detail=True, methods=["patch"])
    def of_a_template(self, request, pk=None):
        site = self.get_object()
        site.settings = dict(site.template.settings)
        site.settings["colour"] = "red"
        site.save()
        return Response({})

    @action(detail=False, methods=["patch"])
    def own(self, request):
        user = request.user
        user.preferences["colour"] = request.data["colour"]
        user.save()
        return Response({})


def visit(request, slug):
    page = get_object_or_404(Page, slug=slug)
    Page.objects.filter(pk=page.pk).update(hits=page.hits + 1)  # AUD416
    return Response({})


def visit_once(request, slug):
    page = get_object_or_404(Page, slug=slug)
    Page.objects.filter(pk=page.pk, hits=page.hits).update(hits=page.hits + 1)
    return Response({})


def count(page):
    Page.objects.filter(pk=page.pk).update(hits=page.hits + 1)


def count_by_name(name):
    page, created = Page.objects.get_or_create(name=name)
    page.hits += 1  # AUD416
    page.save()


def check_all():
    for page in Page.objects.all():
        _check(page)


def _check(page):
    page.failures += 1
    page.save()
