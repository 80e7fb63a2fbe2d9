import logging

logger = logging.getLogger(__name__)


def counts(lines):
    logger.info("%d lines", len(lines))


def keeps_lines(lines, keep):
    for line in lines:
        try:
            keep(line)
        except Exception:
            print("not kept:", line)  # AUD309


def keeps_numbers(lines, keep):
    for line in lines:
        try:
            keep(int(line))
        except ValueError:
            print("not a number:", line)


def keeps_settings(lines, keep):
    try:
        keep(lines)
    except Exception as error:
        print(f"\033[91mnot kept: {error}\033[0m")
