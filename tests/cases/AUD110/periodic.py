"""Coroutines that a library calls again and again in one task."""

import asyncio

from discord.ext import commands, tasks


class Sweeper(commands.Cog):
    @tasks.loop(minutes=5)
    async def sweep(self):
        try:
            await self.bot.sweep()
        except BaseException:  # AUD110
            print("failed")

    @tasks.loop(minutes=5)
    async def sweep_again(self):
        try:
            await self.bot.sweep()
        except asyncio.CancelledError:
            print("cancelled")
            raise

    @tasks.loop(minutes=5)
    async def sweep_once(self):
        try:
            await self.bot.sweep()
        except BaseException:
            print("failed for good")
            self.sweep_once.stop()

    @tasks.loop(minutes=5)
    async def count(self):
        try:
            await self.bot.count()
        except Exception as error:
            print("failed", error)

    @commands.command()
    async def once(self, context):
        try:
            await self.bot.sweep()
        except asyncio.CancelledError:
            print("cancelled")
