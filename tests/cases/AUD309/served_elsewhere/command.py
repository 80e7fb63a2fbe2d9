import argparse

from prices import price_of


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("number")
    print(price_of(parser.parse_args().number))


if __name__ == "__main__":
    main()
