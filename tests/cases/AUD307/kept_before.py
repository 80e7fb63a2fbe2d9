class BrokenError(Exception):
    pass


def settles(task, cancellation):
    try:
        return task.result()
    except Exception:
        if cancellation is not None:
            raise cancellation from None
        raise


def answers(load):
    try:
        return load()
    except Exception:
        raise BrokenError("broken") from None  # AUD307
