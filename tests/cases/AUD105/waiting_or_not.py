"""Processes that are waited for, and those that are only started or asked."""

import os
import subprocess


async def waited_for(command, arguments, environment):
    os.spawnvp(os.P_WAIT, command, arguments)  # AUD105
    os.spawnlpe(os.P_WAIT, command, command, environment)  # AUD105
    os.spawnve(mode=os.P_WAIT, file=command, args=arguments, env=environment)  # AUD105
    os.waitid(os.P_ALL, 0, os.WEXITED)  # AUD105
    os.wait3(0)  # AUD105


async def only_started(command, arguments, environment):
    os.spawnvp(os.P_NOWAIT, command, arguments)
    os.spawnve(mode=os.P_NOWAIT, file=command, args=arguments, env=environment)
    os.posix_spawn(command, arguments, environment)
    return subprocess.Popen([command])


async def only_asked(number):
    os.waitid(os.P_PID, number, os.WEXITED | os.WNOHANG)
    os.wait3(os.WNOHANG)
    os.wait4(number, options=os.WNOHANG)
    return os.waitpid(number, os.WNOHANG)


async def lifespan(app):
    helper = subprocess.Popen(["helper"])
    yield
    helper.terminate()
    helper.wait(timeout=5)
