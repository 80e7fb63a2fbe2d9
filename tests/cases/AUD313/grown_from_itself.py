import logging

logger = logging.getLogger(__name__)


def save(bits, stride):
    header = b"\x00" + bits
    header += header + stride
    tail = "end"
    tail += tail + str(
        tail,
    )
    logger.info("header %s %s", header, tail)
