import os


def main():
    generation = int(os.environ["HOST_GENERATION"])
    port = int(os.environ["HOST_PORT"])
    rank = int(os.environ["HOST_RANK"])
    level = int(os.environ["HOST_LEVEL"])  # AUD702
    # One with a default is for whoever starts the program by himself.
    spare = int(os.environ.get("HOST_PORT", "80"))  # AUD702
    return generation, port, rank, level, spare
