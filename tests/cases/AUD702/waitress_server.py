import argparse
import os

from waitress import serve


def main(app, config):
    arguments = argparse.ArgumentParser().parse_args()
    port = int(os.environ.get("SHOP_PORT", 0)) or config.get("port")  # AUD702
    serve(app, port=arguments.port or port)
