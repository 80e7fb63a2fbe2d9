import logging

logger = logging.getLogger(__name__)


def progress(done, total):
    logger.info("working")
    print(f"{done}/{total}", end="\r")


def safe_print(value):
    print(value)


def show(order):
    print("order", order)


def charge(order):
    logger.info("charging %s", order)
    print("charged", order)


def settle(order):
    try:
        order.settle()
    except ValueError as error:
        print("not settled:", error)  # AUD309
        print("next")


def analyse(order):
    print("analysing", order)
    try:
        order.settle()
    except ValueError as error:
        print("not settled:", error)


def configure(order, prompt):
    while True:
        try:
            return order.configure(prompt)
        except ValueError as error:
            print(error)


def colours(order):
    try:
        order.settle()
    except ValueError as error:
        print(error)
        with pretty_output("red") as out:
            out.write("aborted")


def coloured(order, colours):
    try:
        order.settle()
    except ValueError as error:
        print(f"{colours.RED}not settled: {error}")


def shrinks(images, tqdm):
    for image in tqdm(images):
        try:
            image.shrink()
        except Exception as error:
            print("not shrunk", error)
