def find(number):
    try:
        return {"number": int(number)}
    except ValueError as error:
        print(f"not found: {error}")  # AUD309
        return None


def start_store():
    try:
        return find(0)
    except Exception as error:
        print(f"no store: {error}")
        return None


def never_called(number):
    try:
        return int(number)
    except ValueError as error:
        print(f"no number: {error}")  # AUD309
        return None
