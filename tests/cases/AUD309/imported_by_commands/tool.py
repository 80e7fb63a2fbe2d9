import asyncio
import argparse

from bus import emit

parser = argparse.ArgumentParser()
parser.add_argument("event")
asyncio.run(emit([], parser.parse_args().event))
