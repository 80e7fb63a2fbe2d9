def find(number):
    print("looking for", number)
    return {"number": number}
