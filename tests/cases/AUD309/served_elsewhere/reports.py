def total(numbers):
    print("adding up")
    try:
        return sum(numbers)
    except TypeError as error:
        print(f"not added up: {error}")
        return 0
