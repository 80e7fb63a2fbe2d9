"""Models that are loaded by the import, and some that are not."""

import time

import torch
from sentence_transformers import SentenceTransformer
from transformers import AutoModel, AutoTokenizer, pipeline

ENCODER = SentenceTransformer("all-MiniLM-L6-v2")  # AUD916
MODEL = AutoModel.from_pretrained("bert-base-uncased")  # AUD916
TOKENIZER = AutoTokenizer.from_pretrained("bert-base-uncased")
time.sleep(1)  # AUD916
if torch.cuda.is_available():
    LARGE = pipeline("summarization")


class Summaries:
    weights = torch.load("weights.pt")  # AUD916

    def reload(self):
        self.weights = torch.load("weights.pt")


def encode(text):
    return ENCODER.encode(text)
