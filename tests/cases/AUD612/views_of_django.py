"""A dict that a view of Django gives is no answer: whoever calls it with `api=True` makes one of it."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import View


def report(request, checksum, api=False):
    if len(checksum) != 32:
        if api:
            return {"error": "invalid hash"}
        return HttpResponse("invalid hash", status=400)
    return render(request, "report.html", {"checksum": checksum})


def stored(request, name):
    if not name:
        return JsonResponse({"error": "no name"})  # AUD612
    return JsonResponse({"name": name})


class ConnectionValidateView(View):
    def post(self, request):
        if not request.POST:
            return JsonResponse({"success": False, "error": "invalid form"})
        return JsonResponse({"success": True})


class ConnectionView(View):
    def post(self, request):
        if not request.POST:
            return JsonResponse({"success": False, "error": "invalid form"})  # AUD612
        return JsonResponse({"success": True})
