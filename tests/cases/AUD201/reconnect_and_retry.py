import time

import httpx
import redis


def listen():
    while True:
        with httpx.Client() as client:
            for line in client.stream("GET", "https://example.org/feed"):
                print(line)
        time.sleep(1)


def first_that_answers(urls):
    for url in urls:
        with httpx.Client() as client:
            answer = client.get(url)
            if answer.is_success:
                return answer


def retried(url):
    for _ in range(3):
        try:
            with httpx.Client() as client:
                answer = client.get(url)
            return answer
        except httpx.HTTPError:
            continue


def a_client_for_each_host(hosts):
    for host in hosts:
        with httpx.Client(base_url=host) as client:
            client.get("/health")


def kept(hosts):
    clients = []
    for _ in hosts:
        clients.append(httpx.Client())
    return clients


def made_before(urls):
    with httpx.Client() as client:
        for url in urls:
            client.get(url)


def pool(names):
    return {name: redis.Redis() for name in names}


def wait_for_server(url):
    while True:
        server = redis.from_url(url)
        try:
            answer = server.ping()
        except redis.exceptions.ConnectionError:
            time.sleep(0.1)
        else:
            if answer:
                break


def watch_server(url):
    while True:
        server = redis.from_url(url)  # AUD201
        print(server.ping())
        time.sleep(60)
