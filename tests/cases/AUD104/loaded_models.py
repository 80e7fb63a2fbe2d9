"""Models that are read into memory, and files behind any protocol."""

import asyncio
import io

import docx
import fsspec
import openpyxl
import polars
from llama_cpp import Llama
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


async def of_documents(path):
    book = openpyxl.load_workbook(path)  # AUD104
    book.save(path)  # AUD104
    letter = docx.Document()
    letter.save("letter.docx")  # AUD104
    return polars.read_csv(path)  # AUD104


async def of_documents_in_memory(data):
    target = io.BytesIO()
    letter = docx.Document()
    letter.save(target)
    return polars.read_csv(io.BytesIO(data))


class Answers:
    def __init__(self, path):
        self.model = Llama(path)

    async def answer(self, question):
        return self.model(question)


async def listed(address):
    files = fsspec.filesystem("s3")
    return files.ls(address)  # AUD104


async def opened(address):
    with fsspec.open(address) as file:  # AUD104
        return file.read()
