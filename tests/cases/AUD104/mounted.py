"""A token that the platform mounts from memory is a few bytes and no disk is read."""

from pathlib import Path

_PRESSURE = "/proc/pressure/cpu"
_MEMORY = Path("/proc/meminfo")
_HISTORY = Path("/var/lib/acme/history")


async def token():
    return Path("/var/run/secrets/kubernetes.io/serviceaccount/token").read_text()


async def opened_token():
    with open("/session/token") as file:
        return file.read()


async def orders():
    return Path("/var/lib/shop/orders.json").read_text()  # AUD104


async def orders_of(folder):
    return Path(f"{folder}/orders").read_text()  # AUD104


async def device():
    return open("/dev/net/tun", "r+b", buffering=0)


async def pressure():
    with open(_PRESSURE) as file:
        return file.read(), _MEMORY.read_text()


async def history_of_the_machine():
    return _HISTORY.read_text()  # AUD104
