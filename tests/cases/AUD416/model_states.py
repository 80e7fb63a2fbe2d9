"""Methods of models that refuse other states, set one and save."""

from django.db import models


class Order(models.Model):
    status = models.CharField(max_length=20)

    def confirm(self) -> None:
        if self.status != "open":
            raise ValueError("too late")
        self.status = "confirmed"  # AUD416
        self.save()

    def confirm_with_all(self) -> None:
        if self.status == "open":
            self.status = "confirmed"
        self.save()

    def close(self) -> None:
        if self.status == "closed":
            return
        self.status = "closed"
        self.save()


class OrderJob(models.Model):
    status = models.CharField(max_length=20)

    def finish(self) -> None:
        if self.status != "running":
            raise ValueError("not running")
        self.status = "done"
        self.save()
