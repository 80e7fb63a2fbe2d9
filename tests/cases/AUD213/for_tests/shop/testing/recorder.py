"""What an application under test hands to the test that started it."""

import os
import pickle
import tempfile


class Recorder:
    storage = os.path.join(tempfile.gettempdir(), "result.testio")

    @classmethod
    def save(cls, messages):
        with open(cls.storage, "wb") as file:
            pickle.dump(messages, file)

    @classmethod
    def load(cls):
        with open(cls.storage, "rb") as file:
            return pickle.load(file)
