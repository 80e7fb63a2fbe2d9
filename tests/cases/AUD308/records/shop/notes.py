"""What handlers write into records, of which routes send one field or another."""


def handle(record, payload):
    try:
        record.apply(payload)
    except Exception as error:
        record.message = str(error)
    return record


def handle_and_tell(record, payload):
    try:
        record.apply(payload)
    except Exception as error:
        record.message = str(error)  # AUD308
    return record
