from django.core.cache import cache
from django.db import connection
from django.http import JsonResponse


def check_database():
    try:
        connection.ensure_connection()
        return {"status": "up"}
    except Exception as error:
        return {"status": "down", "error": str(error)}  # AUD308


def check_mail(server):
    try:
        server.connect()
        return {"status": "up"}
    except Exception as error:
        return {"status": "down", "error": str(error)}


def _check_cache():
    try:
        cache.get("ping")
    except Exception as error:
        return False, str(error)  # AUD308
    return True, None


def health(request):
    is_up, text = _check_cache()
    return JsonResponse({"database": check_database(), "cache": {"up": is_up, "error": text}})


def test_mail(request):
    return JsonResponse(check_mail(request.server))
