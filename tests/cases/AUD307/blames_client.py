from images import Image, ServiceError, unsupported


def detected(data):
    try:
        with Image.open(data) as image:
            image.verify()
    except Exception:
        raise unsupported("the image is damaged") from None


def stored(store, data):
    try:
        store.save(data)
    except Exception:
        raise ServiceError("the image is not stored") from None  # AUD307
