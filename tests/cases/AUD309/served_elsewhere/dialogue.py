def agreed(number):
    print("asking")
    return input(f"sell {number}? ") == "y"
