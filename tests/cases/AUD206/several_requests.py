"""One name for several responses, and what is asked of something else than the body."""

import base64
import json

import requests
from bs4 import BeautifulSoup


def two_after_another(base):
    response = requests.get(f"{base}/token", timeout=5)
    response.raise_for_status()
    token = response.json()["token"]
    response = requests.get(f"{base}/rates", headers={"authorization": token}, timeout=5)
    return response.json()["rates"]  # AUD206


def both_checked(base):
    response = requests.get(f"{base}/token", timeout=5)
    response.raise_for_status()
    token = response.json()["token"]
    response = requests.get(f"{base}/rates", headers={"authorization": token}, timeout=5)
    response.raise_for_status()
    return response.json()["rates"]


def one_of_two(base, is_post):
    if is_post:
        response = requests.post(f"{base}/rates", timeout=5)
    else:
        response = requests.get(f"{base}/rates", timeout=5)
    return response.json()["rates"]  # AUD206


def one_of_two_checked(base, is_post):
    if is_post:
        response = requests.post(f"{base}/rates", timeout=5)
    else:
        response = requests.get(f"{base}/rates", timeout=5)
    response.raise_for_status()
    return response.json()["rates"]


def tried_again(base):
    response = requests.get(f"{base}/rates", timeout=5)
    if response.status_code == 429:
        response = requests.get(f"{base}/rates", timeout=5)
    return response.json()["rates"]


def kept_or_asked(base, kept):
    response = kept.get(base)
    if response is None:
        response = requests.get(f"{base}/rates", timeout=5)
    return response.json()["rates"]


def turn_by_turn(base):
    response = requests.get(f"{base}/first", timeout=5)
    while response.ok:
        yield response.json()["rates"]
        response = requests.get(f"{base}/next", timeout=5)


class Router:
    def get(self, path):
        return lambda function: function


router = Router()


@router.get("/code")
def code(base, message):
    if message == "code":
        return {}
    response = requests.get(f"{base}/rates", timeout=5)
    return response.json()["rates"]  # AUD206


def found_in_page(url):
    page = BeautifulSoup(requests.get(url, timeout=5).text, "html.parser")  # AUD206
    return [link["href"] for link in page.find_all("a")]


def found_in_checked_page(url):
    response = requests.get(url, timeout=5)
    if not response.ok:
        return []
    return [link["href"] for link in BeautifulSoup(response.text, "html.parser").find_all("a")]


def kinds_of_parts(base):
    data = requests.get(f"{base}/rates", timeout=5).json()  # AUD206
    return [json.dumps(part) for part in data["parts"] if isinstance(part, dict)]


def kind_of_body(base):
    data = requests.get(f"{base}/rates", timeout=5).json()
    return data["parts"] if isinstance(data, dict) else []


def picture(url):
    content = requests.get(url, timeout=5).content  # AUD206
    return base64.b64encode(content).decode()


def kept_in_a_store(store, url):
    response = requests.get(url, timeout=5)
    store.put_object(Bucket="pictures", Key=url, Body=response.content)  # AUD206


def checked_picture(url):
    response = requests.get(url, timeout=5)
    if response.headers["content-type"] != "image/png":
        return None
    return base64.b64encode(response.content).decode()


def made_a_model(base):
    response = requests.get(f"{base}/rates", timeout=5)
    return Rates(**response.json())


def answered_without(base):
    content = requests.get(f"{base}/token", timeout=5).json()
    if token := content.get("token"):
        return token
    raise LookupError(base)


def other_form_is_handled(base):
    found = requests.get(f"{base}/names", timeout=5).json()
    try:
        return [part["name"] for part in found]
    except TypeError:
        return []


def token_is_asked_for(base):
    answer = requests.post(f"{base}/token", timeout=5).json()
    if answer is None or answer.get("token") is None:
        raise LookupError(base)
    return answer["token"]


def token_may_be_missing(base):
    token = None
    answer = requests.post(f"{base}/token", timeout=5).json()
    token = answer.get("token")
    if token is not None:
        return requests.get(f"{base}/rates", headers={"authorization": token}, timeout=5).ok
    return False


def key_is_asked_for(base):
    answer = requests.post(f"{base}/mails", timeout=5).json()
    if "mails" in answer.keys():
        return answer["mails"]
    return []
