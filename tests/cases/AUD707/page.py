import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent.parent))
import bridge

st.set_page_config(page_title="Compiler")


def shown():
    return bridge.text()
