from urllib.error import URLError
from urllib.request import urlopen


def main():
    try:
        print(urlopen("https://example.org").read())
    except URLError:
        print("not to be reached")


if __name__ == "__main__":
    main()
