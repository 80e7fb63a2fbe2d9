"""One row by its key for each of as many as a function is given."""

from django.contrib.auth import get_user_model

from shop.models import Order


class Renderer:
    model_class = Order

    def render(self, data):
        rows = []
        for record in data:
            rows.append(self.model_class.objects.get(pk=record["id"]))  # AUD408
        return rows


def owners(keys_given):
    found = []
    for key in keys_given:
        try:
            found.append(Order.objects.get(pk=key))  # AUD408
        except Order.DoesNotExist:
            continue
    return found


def path(text):
    parent = None
    for part in text.split("/"):
        parent = Order.objects.get(name=part, parent=parent)
    return parent


def several(documents):
    found = []
    for document in documents:
        found.append(document.content_type.model_class().objects.get(pk=document.key))
    return found


def few():
    return [get_user_model().objects.get(pk=key) for key in (1, 2)]
