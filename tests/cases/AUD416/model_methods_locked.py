from django.db import models, transaction


class Article(models.Model):
    views = models.IntegerField(default=0)

    def viewed(self) -> None:
        self.views += 1
        self.save(update_fields=["views"])


def view(identifier: int) -> None:
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=identifier).viewed()
