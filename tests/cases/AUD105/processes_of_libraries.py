"""Libraries that run another program."""

import asyncio

import ffmpeg
import git
import pytesseract
from pydub import AudioSegment


async def pulled(folder):
    repository = git.Repo(folder)
    repository.remote("origin").pull()  # AUD105
    repository.git.rebase("main")  # AUD105
    return repository.active_branch


async def pulled_by_another_thread(folder):
    repository = git.Repo(folder)
    await asyncio.to_thread(repository.git.rebase, "main")


async def cut(source, target):
    stream = ffmpeg.input(source).filter("fps", fps=3)
    stream.output(target).run()  # AUD105
    return stream.output(target).run_async()


async def read(image):
    return pytesseract.image_to_string(image)  # AUD105


async def converted(path):
    sound = AudioSegment.from_wav(path)  # AUD105
    return sound.duration_seconds
