import importlib.metadata
import os
import socket
import subprocess
from contextlib import suppress

import dns.resolver
import yaml

from search import embed_order, price_of, settings_of, words_of


class Tags:
    pass


def add_order(db, order):
    db.add(order)
    try:
        embed_order(order.id)
    except Exception:  # AUD302
        pass
    return order


def add_beside(order):
    with suppress(Exception):  # AUD302
        embed_order(order.id)


def prices(order):
    try:
        return price_of(order)
    except Exception:
        return None


def greeting(order):
    try:
        text = words_of(order)
    except Exception:
        text = ""
    return f"hello {text}"


def shop_settings(shop):
    settings = {}
    try:
        settings = settings_of(shop)
    except Exception:  # AUD302
        pass
    return {"settings": settings}


def plugins():
    found = []
    try:
        found = list(importlib.metadata.entry_points(group="shop"))
    except Exception:  # AUD302
        pass
    return {"plugins": found}


def version():
    try:
        return importlib.metadata.version("shop")
    except Exception:
        return ""


def installed(name):
    text = None
    try:
        text = importlib.metadata.distribution(name).read_text("direct_url.json")
    except Exception:
        pass
    return text


def keep_secret(path, text):
    path.write_text(text)
    try:
        os.chmod(path, 0o600)
    except Exception:  # AUD302
        pass


def make_readable(path):
    try:
        os.chmod(path, 0o644)
    except Exception:
        pass


def replaces(old, new):
    try:
        os.replace(old, new)
    except Exception:  # AUD302
        pass


def trust(folder, known):
    try:
        subprocess.run(["git", "config", "--add", "safe.directory", folder], timeout=5)
        known.add(folder)
    except Exception:  # AUD302
        pass


def start(record, folder):
    branch = None
    try:
        branch = subprocess.run(["git", "branch"], cwd=folder, capture_output=True, timeout=2).stdout
    except Exception:
        pass
    record(branch)


def records_of(domain):
    try:
        return [str(one) for one in dns.resolver.resolve(domain, "TXT")]
    except Exception:  # AUD302
        return []


def tags_of(path) -> Tags:
    if not path:
        return Tags()
    try:
        answer = subprocess.check_output(["tags", path])
        return parse_tags(answer)
    except Exception:  # AUD302
        return Tags()


def preferred(fast) -> object:
    if not fast:
        return Tags()
    try:
        return open(fast)
    except Exception:
        return Tags()


class Shop:
    def load(self, path):
        with open(path) as file:
            try:
                self.orders = self.read_orders(file)
            except Exception:  # AUD302
                self.orders = []

    def connect(self, path):
        try:
            self.file = open(path)
        except Exception:
            self.file = None
        return self.file

    def read_orders(self, file):
        return [line for line in file]


def options(text):
    try:
        known = yaml.safe_load(text)
    except Exception:
        known = {}
    return known.items()


def parse_orders(folder):
    orders = {}
    for name in os.listdir(folder):
        try:
            with open(name) as file:
                orders[name] = file.read()
        except Exception:  # AUD302
            continue
    return orders


def parse_tags(text):
    try:
        return text.order()
    except Exception:
        return None


def check_orders(folder):
    orders = {}
    for name in os.listdir(folder):
        try:
            orders[name] = open(name).read()
        except Exception:
            continue
    return orders


def check_host(host):
    try:
        return socket.gethostbyname(host)
    except Exception:
        return None


def end(closers):
    for close in closers:
        try:
            close()
        except Exception:
            pass


def _load_key(path):
    try:
        return path.read_text()
    except Exception:
        return None


def sign(path):
    key = _load_key(path)
    if key is None:
        raise RuntimeError("no key")
    return key


def _load_lock(path):
    try:
        return path.read_text()
    except Exception:  # AUD302
        return None


def open_lock(path):
    lock = _load_lock(path)
    if lock is None:
        return "open"
    return lock


def send_report(host, text):
    try:
        with socket.create_connection((host, 25)) as connection:
            connection.sendall(text)
        return True
    except Exception:  # AUD302
        return False


def report(text):
    send_report("mail.example.com", text)


def send_note(host, text):
    try:
        with socket.create_connection((host, 25)) as connection:
            connection.sendall(text)
        return True
    except Exception:
        return False


def note(text):
    if not send_note("mail.example.com", text):
        raise RuntimeError("no note")


def etag_of(path, quick, slow):
    etag = None
    try:
        etag = quick.get_etag(path)
    except Exception:
        pass
    if etag is None:
        etag = slow.take(path)
    return etag


def inputs(store, names):
    found = {}
    for name in names:
        try:
            found[name] = store.get_input(f"{name}-last")
            continue
        except Exception:
            pass
        found[name] = name
    return found


def folders(path):
    try:
        return os.listdir(path)
    except Exception:
        return []


def crushed(path):
    try:
        answer = subprocess.run(["crush", path], capture_output=True)
        if b"error" in answer.stdout:
            raise ValueError("nothing to crush")
        os.replace(path + ".new", path)
    except Exception:
        pass


def trims(redis, name):
    try:  # keeps it small; best-effort
        redis.xtrim(name, 100)
        redis.set(name, "trimmed")
    except Exception:
        pass


def not_critical(redis, name):
    try:
        redis.set(name, "trimmed")
    except Exception:
        pass  # not critical


def gathers(store, names):
    found = []
    for name in names:
        # What can't be read is taken from the one before.
        try:
            found.append(store.get_state(name))
        except Exception:
            continue
    return found


def words_used(path):
    try:
        with open(path) as file:
            text = file.read()
        name = text.strip()
        return name.split()
    except Exception:  # AUD302
        return ""


def host_name(path):
    try:
        name = path.read_text()
    except Exception:
        name = ""
    return {"name": name}
