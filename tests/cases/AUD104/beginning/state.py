"""What is loaded when the server begins, and saved while it serves."""

from pathlib import Path

STATE = Path("state.json")


async def load_state():
    return STATE.read_text()


async def save_state(state):
    STATE.write_text(state)  # AUD104
