import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent.parent))  # AUD707
import bridge


def shown():
    st.title(bridge.text())
