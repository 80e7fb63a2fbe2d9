"""Coroutines whose callers name the package that passes them on."""

import subprocess


async def open_editor(path):
    return subprocess.run(["editor", path], check=False)


async def edit_shared(path):
    return subprocess.run(["editor", path], check=False)  # AUD105


async def main():
    await edit_shared("notes")
