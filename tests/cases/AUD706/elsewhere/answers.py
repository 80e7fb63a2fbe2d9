from schemas import Ask


def answer(ask: Ask):
    return ask.temperature or 0.7  # AUD706


def sure(ask: Ask):
    return ask.threshold or 0.5


def seeded(ask: Ask):
    return ask.seed or 1


def compared(ask: Ask):
    return 0.7 if ask.temperature is None else ask.temperature
