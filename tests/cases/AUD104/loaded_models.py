"""Models that are read into memory, and files behind any protocol."""

import asyncio

import fsspec
from sentence_transformers import SentenceTransformer
from transformers import AutoModelForImageTextToText, BertConfig

MODEL = SentenceTransformer("one")


async def embedded(text, name):
    model = SentenceTransformer(name)  # AUD104
    return model.encode(text)


async def embedded_by_the_one(text):
    return MODEL.encode(text)


async def loaded(name):
    config = BertConfig(hidden_size=3)
    return AutoModelForImageTextToText.from_pretrained(name, config=config)  # AUD104


async def loaded_by_another_thread(name):
    return await asyncio.to_thread(AutoModelForImageTextToText.from_pretrained, name)


async def listed(address):
    files = fsspec.filesystem("s3")
    return files.ls(address)  # AUD104


async def opened(address):
    with fsspec.open(address) as file:  # AUD104
        return file.read()
