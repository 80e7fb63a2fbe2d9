"""Queries of Django that are ordered by what a request says."""

from django.core.exceptions import FieldError
from django.http import JsonResponse
from django.views import View
from django.views.generic import ListView

from shop.models import Goods

SORTS = {"name": "name", "newest": "-created_at"}


class Listing(ListView):
    model = Goods

    def get_queryset(self):
        return self.sorted(super().get_queryset())

    def sorted(self, rows):
        sort = self.request.GET.get("sort", "-created_at")
        if sort:
            rows = rows.order_by(sort)  # AUD618
        return rows


class Plain(View):
    def get(self, request):
        rows = Goods.objects.order_by(request.GET["sort"])  # AUD618
        return JsonResponse({"ids": [row.pk for row in rows[:10]]})


class Chosen(ListView):
    model = Goods

    def get_queryset(self):
        sort = self.request.GET.get("sort", "name")
        if sort not in SORTS:
            sort = "name"
        return super().get_queryset().order_by(sort)


class Mapped(ListView):
    model = Goods

    def get_queryset(self):
        return super().get_queryset().order_by(SORTS.get(self.request.GET.get("sort"), "name"))


class Fixed(ListView):
    model = Goods

    def get_queryset(self):
        return super().get_queryset().order_by("name")


class Caught(ListView):
    model = Goods

    def get_queryset(self):
        try:
            return list(super().get_queryset().order_by(self.request.GET["sort"]))
        except FieldError:
            return []


class Rows:
    """No view: its `request` is anything."""

    def listed(self):
        return Goods.objects.order_by(self.request.GET["sort"])
