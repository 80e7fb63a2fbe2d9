"""Loads of processors, measured over an interval or since the last call."""

import psutil


async def over_a_second():
    return psutil.cpu_percent(interval=1), psutil.cpu_times_percent(0.5)  # AUD101  # AUD101


async def since_the_last_call(process: psutil.Process):
    return psutil.cpu_percent(), psutil.cpu_percent(interval=None), process.cpu_percent()
