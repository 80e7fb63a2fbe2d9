"""Names that a function has found free before `create(...)` gives them to a row."""

from django.http import HttpResponse

from app.models import Project


def unique_slug(name):
    slug, number = name, 1
    while Project.objects.filter(slug=slug).exists():
        slug = f"{name}-{number}"
        number += 1
    return slug


def create(request):
    Project.objects.create(name=request.POST["name"], slug=unique_slug(request.POST["name"]))  # AUD417
    return HttpResponse()


def create_with_title(request):
    Project.objects.create(title=unique_slug(request.POST["name"]))
    return HttpResponse()
