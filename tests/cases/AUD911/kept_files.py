"""Loops that load files, and what they ask before."""

import tempfile
from pathlib import Path

import httpx
import requests


def songs(session: requests.Session, songs, folder):
    for song in songs:
        address = f"https://example.org/songs/{song.number}"
        with session.get(address, timeout=10, stream=True) as response:  # AUD911
            response.raise_for_status()
            with open(folder / f"{song.number}.mp3", "wb") as file:
                for chunk in response.iter_content(8192):
                    file.write(chunk)


async def reports(client: httpx.AsyncClient, numbers):
    for number in numbers:
        response = await client.get(f"https://example.org/reports/{number}")  # AUD911
        response.raise_for_status()
        Path(f"{number}.pdf").write_bytes(response.content)


def tried_again(folder):
    for _ in range(3):
        response = requests.get("https://example.org/logo.png", timeout=10)
        if response.ok:
            (folder / "logo.png").write_bytes(response.content)
            return


def by_etag(numbers, folder, etags):
    for number in numbers:
        response = requests.get(
            f"https://example.org/{number}", headers={"If-None-Match": etags.get(number, "")}, timeout=10
        )
        if response.status_code != 304:
            etags[number] = response.headers.get("ETag", "")
            (folder / f"{number}.jpg").write_bytes(response.content)


def only_what_is_missing(missing, folder):
    for number in missing:
        response = requests.get(f"https://example.org/{number}", timeout=10)
        response.raise_for_status()
        (folder / f"{number}.jpg").write_bytes(response.content)


def for_a_while(numbers, show):
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            response = requests.get(f"https://example.org/{number}", timeout=10)
            response.raise_for_status()
            Path(folder, f"{number}.jpg").write_bytes(response.content)
        show(folder)


def not_kept(numbers, play):
    for number in numbers:
        response = requests.get(f"https://example.org/{number}", timeout=10)
        response.raise_for_status()
        play(response.content)


def sent(numbers, folder):
    for number in numbers:
        response = requests.post(f"https://example.org/{number}/rendering", timeout=10)
        response.raise_for_status()
        (folder / f"{number}.pdf").write_bytes(response.content)


def one(number, folder):
    response = requests.get(f"https://example.org/{number}", timeout=10)
    response.raise_for_status()
    (folder / f"{number}.jpg").write_bytes(response.content)
