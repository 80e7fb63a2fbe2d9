from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from models import Session


def answer(request, number):
    session = get_object_or_404(Session, pk=number)
    if session.state != "pending":
        return HttpResponse(status=409)
    if not request.GET.get("code"):
        session.state = "failed"  # AUD416
        session.save(update_fields=["state"])
        return HttpResponse(status=400)
    try:
        session.state = "processing"  # AUD416
        session.save(update_fields=["state"])
        session.token = exchange(request.GET["code"])
        session.state = "completed"
        session.save()
    except ValueError:
        session.state = "failed"
        session.save(update_fields=["state"])
    return HttpResponse()


def exchange(code):
    raise NotImplementedError
