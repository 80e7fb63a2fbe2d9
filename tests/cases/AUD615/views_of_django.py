"""Django's views read numbers themselves."""

from django.http import JsonResponse
from django.views import View
from rest_framework.views import APIView

from shop.models import Book


def newest(request):
    count = int(request.GET.get("count", 10))  # AUD615
    return JsonResponse({"books": list(Book.objects.order_by("-id").values()[:count])})


class Newest(View):
    def get(self, request):
        limit = int(self.request.GET.get("limit", 10))  # AUD615
        return JsonResponse({"books": list(Book.objects.order_by("-id")[:limit])})


class Oldest(APIView):
    def get(self, request):
        limit = int(request.query_params.get("limit", 10))
        if limit > 100:
            limit = 100
        return JsonResponse({"books": list(Book.objects.order_by("id")[:limit])})
