from django.db import models


class Wallet(models.Model):
    def spend(self, amount, ticker):
        currency = self.currencies.get(ticker=ticker)
        currency.amount -= amount  # AUD416
        currency.save()

    def spend_first(self, amount, ticker):
        currency = self.currencies.filter(ticker=ticker).first()
        currency.amount -= amount  # AUD416
        currency.save()

    def spend_locked(self, amount, ticker):
        currency = self.currencies.select_for_update().get(ticker=ticker)
        currency.amount -= amount
        currency.save()

    def of_a_dict(self, amount, ticker):
        currency = self.known.get(ticker)
        currency.amount -= amount
        currency.save()


class Purse:
    def spend(self, amount, ticker):
        currency = self.currencies.get(ticker=ticker)
        currency.amount -= amount
        currency.save()
