"""Libraries of file formats."""

import io
import xml.etree.ElementTree as ET

import numpy as np


async def write_tree(root, path, values):
    tree = ET.ElementTree(root)
    tree.write(path)  # AUD104
    np.savez_compressed(path, values=values)  # AUD104


async def read_tree(path, text):
    tree = ET.parse(path)  # AUD104
    return tree, ET.parse(io.StringIO(text)), ET.fromstring(text)


async def write_to_memory(root):
    buffer = io.BytesIO()
    ET.ElementTree(root).write(buffer)
    return buffer.getvalue()


async def write_to_open_file(root, path):
    with open(path, "wb") as file:  # AUD104
        ET.ElementTree(root).write(file)
