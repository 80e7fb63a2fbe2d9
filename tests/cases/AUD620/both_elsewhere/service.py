from schemas import Reading


def shown(reading: Reading):
    return reading.dict()
