import os


def least():
    try:
        return max(2, int(os.getenv("LEAST", "5")))
    except ValueError:
        return 5


def own():
    return 5


def repeated(calls, threshold: int | None = None):
    return [call for call in calls if call.count >= (threshold or least())]


def lifted(calls, threshold: int | None = None):
    return [call for call in calls if call.count >= (threshold or max(1, len(calls)))]


def kept(calls, threshold: int | None = None):
    return [call for call in calls if call.count >= (threshold or own())]  # AUD706
