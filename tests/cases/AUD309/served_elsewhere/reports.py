def total(numbers):
    print("adding up")  # AUD309
    try:
        return sum(numbers)
    except TypeError as error:
        print(f"not added up: {error}")  # AUD309
        return 0
