from django.db import models


class Stamped(models.Model):
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Book(Stamped):
    title = models.CharField(max_length=80)
    sold = models.BooleanField(default=False)


class Filed(models.Model):
    name = models.CharField(max_length=80)

    def save(self, *args, **kwargs):
        self.name = self.name.strip()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.file.delete()
        return super().delete(*args, **kwargs)
