from shop.models import State


def note(order):
    state = State.objects.get(order=order)
    state.conflicts += 1
    state.save()


def note_at_once(order):
    state = State.objects.get(order=order)
    state.conflicts += 1  # AUD416
    state.save()
