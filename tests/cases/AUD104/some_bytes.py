# Reads and writes of some bytes take no longer than asking whether the file is there.
import json
import os
import secrets
import time
from pathlib import Path

KEY_FILE = Path("/var/lib/acme/key")
MARK = Path("/tmp/acme/licensed")


async def is_licensed():
    if MARK.exists():
        return MARK.read_bytes().strip() == b"1"
    return False


async def note(result):
    if result:
        MARK.write_bytes(b"1")
    else:
        MARK.write_bytes(b"0")


async def note_process(path: Path):
    path.write_text(str(os.getpid()))


async def note_time(path: Path):
    now = time.time()
    path.write_text(f"{now}\n")


async def last_seen(path: Path):
    return float(path.read_text())


async def process_of(path):
    with open(path) as file:
        return int(file.read().strip())


async def note_port(path, port):
    with open(path, "w") as file:
        file.write(str(port))


async def note_all(path, numbers):
    with open(path, "w") as file:  # AUD104
        for number in numbers:
            file.write(str(number))


async def magic(path):
    with open(path, "rb") as file:
        return file.read(16)


async def contents(path):
    with open(path) as file:  # AUD104
        return file.read().strip()


async def keep(path: Path, state):
    path.write_text(json.dumps(state))  # AUD104


async def keep_text(path: Path, text):
    path.write_text(text)  # AUD104


def key():
    file = KEY_FILE
    if file.exists():
        return file.read_bytes().strip() == b"none"
    made = secrets.token_bytes(32) + os.environb[b"SALT"]
    file.write_bytes(made)
    return made


async def sign(text):
    return key(), text


def overwritten():
    made = os.environb[b"SALT"]
    KEY_FILE.write_bytes(made)
    return made


async def overwrite(text):
    return overwritten(), text  # AUD104
