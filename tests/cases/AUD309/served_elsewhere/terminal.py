def clean(number):
    print("cleaned up", number)
    print("")
