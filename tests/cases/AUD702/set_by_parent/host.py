import os


def main():
    generation = int(os.environ["HOST_GENERATION"])
    port = int(os.environ["HOST_PORT"])
    rank = int(os.environ["HOST_RANK"])
    level = int(os.environ["HOST_LEVEL"])  # AUD702
    return generation, port, rank, level
