"""Clients connect when they are asked something."""

import smtplib
import socket

import httpx
import paramiko
import requests
import sqlalchemy


def warm_up():
    httpx.AsyncClient()


def download(url, proxies_of):
    session = requests.Session()
    proxies = proxies_of(url)
    try:
        return session.get(url, proxies=proxies, timeout=5).content
    finally:
        session.close()


def download_twice(url, proxies_of):
    session = requests.Session()  # AUD204
    session.get(url, timeout=5)
    proxies = proxies_of(url)
    try:
        return session.get(url, proxies=proxies, timeout=5).content
    finally:
        session.close()


def emitters(endpoints, emitter):
    session = requests.Session()
    session.mount("https://", requests.adapters.HTTPAdapter(max_retries=3))
    found = []
    for endpoint in endpoints:
        found.append(emitter(endpoint, session=session))
    return found


def free_port(first, last):
    for port in range(first, last):
        probe = socket.socket()
        try:
            probe.bind(("", port))
        except OSError:
            probe.close()
            continue
        probe.close()
        return port


def busy_port(port):
    probe = socket.socket()  # AUD204
    try:
        probe.bind(("", port))
    except OSError:
        return True
    probe.close()
    return False


def left_before_asked(url, name):
    session = requests.Session()
    session.headers.update({"accept": "text/plain"})
    if not name:
        return None
    try:
        return session.get(url, timeout=5).text
    finally:
        session.close()


def never_come_to(address):
    return None
    connection = socket.create_connection(address, timeout=2)
    connection.sendall(b"ping")


def reached_by_ssh(host):
    shell = paramiko.SSHClient()
    shell.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    user = look_up(host)
    with shell:
        shell.connect(host, username=user)


def named_where_it_fails(host, job):
    try:
        server = smtplib.SMTP(host, timeout=5)  # AUD204
        server.sendmail(job.name, job.name, job.text)
        server.quit()
    except Exception:
        print("not sent")
    look_up(job)


def main():
    engine = sqlalchemy.create_engine("sqlite://")
    print(engine.connect().scalar(sqlalchemy.text("select 1")))


if __name__ == "__main__":
    main()


def checked_before_it_is_sent(url, allowed):
    session = requests.Session()
    prepared = session.prepare_request(requests.Request("GET", url))
    if not is_allowed(prepared.url, allowed):
        raise ValueError(prepared.url)
    with session:
        return session.send(prepared, timeout=5).text


def entered_later(urls, retries):
    """A session that has asked nothing holds nothing, whatever fails before it is entered."""
    session = requests.Session()
    policy = make_policy(retries)
    session.mount("https://", policy)
    with session as opened:
        return [opened.get(url, timeout=5).text for url in urls]
