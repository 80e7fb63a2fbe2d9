import celery
from celery.signals import worker_ready


class Application(celery.Celery):
    def task(self, *arguments, **options):
        return super().task(*arguments, **options)


app = Application("shop", broker="memory://")


@worker_ready.connect
def begin(sender, **arguments):
    sender.app.send_task("shop.tidy_up")
    sender.app.send_task("shop.tidi_up")  # AUD511


def send(box):
    app.send_task("shop.pack_box", args=[box])
    app.send_task("shop.pack_boxx", args=[box])  # AUD511
