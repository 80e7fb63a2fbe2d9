from django.http import JsonResponse

from addresses import client_ip, shown_ip


def check_login_attempts(request, cache):
    return cache.get(client_ip(request), 0) < 5


def show(request):
    return JsonResponse({"address": shown_ip(request)})
