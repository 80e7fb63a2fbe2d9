import requests
from schemas import Reading
from tables import Plain, Row


def shown(reading: Reading, plain: Plain):
    given = dict(a=1)
    answer = requests.get("https://example.org", timeout=5)
    return reading.dict(), plain.dict(), given.copy(), answer.json()  # AUD620


def row_of(text: str):
    return Row.parse_raw(text)  # AUD620
