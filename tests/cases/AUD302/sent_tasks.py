from multiprocessing import Pool

from shop.tasks import app, import_orders, send_receipt, warm_cache


def renew(shop):
    try:
        import_orders.delay(shop)
    except Exception:  # AUD302
        pass
    return shop


def renew_later(shops):
    for shop in shops:
        try:
            import_orders.apply_async(args=[shop], countdown=10)
        except Exception:  # AUD302
            continue


def renew_by_name(shop):
    try:
        app.send_task("shop.import_orders", args=[shop])
    except Exception:  # AUD302
        pass
    return shop


def tells(shop):
    try:
        send_receipt.delay(shop)
    except Exception:
        pass
    return shop


def warms(shop):
    try:
        warm_cache.delay(shop)
    except Exception:
        pass
    return shop


def renew_in_pool(shop):
    pool = Pool()
    try:
        pool.apply_async(import_orders, (shop,))
    except Exception:
        pass
    return shop


def looks_at_result(shop):
    try:
        import_orders.delay(shop)
    except ConnectionError:
        pass
    return shop
