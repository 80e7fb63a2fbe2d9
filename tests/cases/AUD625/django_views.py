"""Texts of a Django view's request that are read as numbers."""

from django.http import JsonResponse
from django.views import View


class Orders(View):
    def get(self, request):
        page = int(request.GET.get("page", 1))  # AUD625
        return JsonResponse({"page": page})

    def post(self, request):
        try:
            count = int(request.POST["count"])
        except (KeyError, ValueError):
            return JsonResponse({"error": "count"}, status=400)
        return JsonResponse({"count": count})


class Forms(View):
    def post(self, request):
        form = self.form_class(request.POST)
        if not form.is_valid():
            return JsonResponse({"error": "form"}, status=400)
        return JsonResponse({"count": int(request.POST["count"])})
