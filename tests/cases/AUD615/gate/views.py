from checks import check_access
from django.http import JsonResponse
from django.views import View
from models import Order


class Gate:
    def dispatch(self, request, *args, **kwargs):
        check_access(request)
        return super().dispatch(request, *args, **kwargs)


class Orders(Gate, View):
    def get(self, request):
        limit = int(request.GET.get("limit", 50))
        return JsonResponse({"rows": list(Order.objects.all()[:limit])})


class OpenOrders(View):
    def get(self, request):
        limit = int(request.GET.get("limit", 50))  # AUD615
        return JsonResponse({"rows": list(Order.objects.all()[:limit])})
