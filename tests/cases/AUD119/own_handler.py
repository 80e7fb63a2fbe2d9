"""A handler of SIGINT of its own: `asyncio.run` leaves Ctrl-C alone."""

import asyncio
import signal


def main(run, tidy):
    signal.signal(signal.SIGINT, signal.default_int_handler)

    async def run_and_tidy():
        try:
            await run()
        except KeyboardInterrupt:
            tidy()

    asyncio.run(run_and_tidy())
