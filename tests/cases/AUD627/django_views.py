"""Redirects of Django's views."""

from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View


class Login(View):
    def post(self, request):
        target = request.POST.get("next", "/")
        return redirect(target)

    def get(self, request):
        target = request.GET.get("next", "/")
        if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
            target = "/"
        return redirect(target)


def leave(request):
    return HttpResponseRedirect(request.GET["url"])  # AUD627


def home(request):
    return redirect("home")


def after(request):
    following = request.GET.get("next")
    if following:
        return redirect(following)  # AUD627
    return redirect("home")


def after_either(request):
    following = request.GET.get("next", request.POST.get("next"))
    return redirect(following)  # AUD627
