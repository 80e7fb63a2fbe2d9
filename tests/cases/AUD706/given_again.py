def falls_back(temperature: float | None = None):
    temperature = temperature or 0.7  # AUD706
    return temperature


def set_before(temperature: float | None = None):
    if temperature is None:
        temperature = 1.0
    return temperature or 0.7


def in_a_loop(rows, threshold: float | None = None):
    for row in rows:
        print(row, threshold or 0.5)
        threshold = row.threshold
