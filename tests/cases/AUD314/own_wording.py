import requests


def reads(session, path):
    answer = session.get(path)
    if answer.status_code == 404:
        raise requests.exceptions.RequestException(f"Folder not found: {path}")
    return answer


def goes_through(session, path):
    try:
        return reads(session, path)
    except requests.exceptions.RequestException as error:
        if "Folder not found" in str(error):
            return None
        raise


def asks(session, path):
    try:
        return session.get(path)
    except requests.exceptions.RequestException as error:
        if "404" in str(error):  # AUD314
            return None
        raise
