import re


def shown(error, fallback):
    text = str(error).strip() or fallback
    text = re.sub(r"password=\S+", "password=***", text)
    return text if len(text) < 200 else text[:200]


def shortened(error, fallback):
    text = str(error).strip() or fallback
    return text if len(text) < 200 else text[:200]
