from django.db import models
from shop.files import move_file


class Stamped(models.Model):
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Book(Stamped):
    title = models.CharField(max_length=80)
    sold = models.BooleanField(default=False)

    def close(self):
        """A column of its own is set and saved."""
        if self.sold:
            return self
        self.sold = True
        self.save(update_fields=["sold"])
        return self

    def archive(self):
        self.sold = True
        self.save()
        move_file(self.title)


class Order(Stamped):
    title = models.CharField(max_length=80)


class Filed(models.Model):
    name = models.CharField(max_length=80)

    def save(self, *args, **kwargs):
        self.name = self.name.strip()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.file.delete()
        return super().delete(*args, **kwargs)
