from django.shortcuts import get_object_or_404

from shop.models import Coupon


def redeem(code):
    coupon = Coupon.objects.get(code=code)
    coupon.used_count += 1  # AUD416
    coupon.save()


def redeem_or_404(request, code):
    coupon = get_object_or_404(Coupon, code=code)
    coupon.used_count = coupon.used_count + 1  # AUD416
    coupon.save(update_fields=["used_count"])


def redeem_all():
    for coupon in Coupon.objects.filter(shared=True):
        coupon.used_count += 1  # AUD416
        coupon.save()


def under_a_lock(code):
    coupon = Coupon.objects.select_for_update().get(code=code)
    coupon.used_count += 1
    coupon.save()


def given(coupon):
    coupon.used_count += 1
    coupon.save()


def not_saved(code):
    coupon = Coupon.objects.get(code=code)
    coupon.used_count += 1
    return coupon


def no_number(code):
    coupon = Coupon.objects.get(code=code)
    coupon.description += "!"
    coupon.save()
