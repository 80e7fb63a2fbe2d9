import logging

logger = logging.getLogger(__name__)


def run():
    logger.info("started")
    print("started")


if __name__ == "__main__":
    run()
    print("done")
