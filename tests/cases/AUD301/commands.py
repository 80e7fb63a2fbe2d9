import traceback
from argparse import ArgumentParser


def run():
    parser = ArgumentParser()
    parser.add_argument("file")
    args = parser.parse_args()
    try:
        text = open(args.file).read()
    except:
        print("the file cannot be read")
        traceback.print_exc()
        return
    for line in text.splitlines():
        try:
            print(int(line))
        except:  # AUD301
            print("no number")


def read(file):
    try:
        return open(file).read()
    except:  # AUD301
        print("the file cannot be read")
        return
