import argparse

import uvicorn


def run():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8000)
    uvicorn.run("routes:router", port=parser.parse_args().port)
