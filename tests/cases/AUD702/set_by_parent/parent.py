import os
import subprocess


def start(generation, port, level):
    env = dict(os.environ, HOST_GENERATION=str(generation), HOST_LEVEL=level)
    env["HOST_PORT"] = str(port)
    return subprocess.Popen(["host"], env={**env, "HOST_RANK": str(level)})
