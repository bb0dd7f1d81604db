"""Wiring: builds the Application from the registry, starts and stops everything in order. It decides nothing itself."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from telegram import Bot
from telegram.ext import Application
from telegram.request import BaseRequest

from bot import transport
from bot.alarms import listening
from bot.by_chat import ByChat
from bot.collector import Collector, add_named, limits, rules
from bot.config import Config, Webhook
from bot.delivery import Deliverer, at_once
from bot.local.people import ADMIN_ID
from bot.local.server import LocalServer
from bot.logs import logged
from bot.pacing import FREE, PAID, Pace
from bot.polling import Outage, Pause, patiently, poll
from bot.precedence import Noting
from bot.schedule import ALARMS, COLLECT, DELIVER, HOUSEKEEPING, Job, Worker, scheduler
from bot.setting_values import DAYS
from bot.webhook import receive
from handlers import digests
from handlers.access import Invitation
from handlers.front import KEY
from handlers.house import House
from handlers.rates import UNHURRIED, Rates
from handlers.registry import install, publish_menus
from summaries.desk import Desk, open_desk
from summaries.errors import ConfigError
from summaries.memory import settle
from summaries.scout import scouting

logger = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]


def build(
    config: Config,
    desk: Desk,
    *,
    token: str,
    request: BaseRequest | None = None,
    updates_request: BaseRequest | None = None,
    admins: Iterable[int] = (),
    invitation: Invitation | None = None,
    rates: Rates | None = None,
    pace: Pace | None = None,
) -> App:
    """The bot, not yet started: the same for `run`, the terminal and the tests, which differ in their requests.

    Its answers are noted in `pace`, which is kept by what goes to many.
    """
    telegram = config.telegram
    desk.digesting.most = config.digest.max_items
    builder = Application.builder().token(token).job_queue(None).concurrent_updates(ByChat())
    builder = builder.base_url(telegram.base_url).base_file_url(telegram.base_file_url)
    answers = request or transport.answers_request(telegram.proxy)
    builder = builder.request(answers if pace is None else Noting(answers, pace))
    builder = builder.get_updates_request(updates_request or transport.updates_request(telegram.proxy))
    known = frozenset(admins)

    async def menus(application: App) -> None:
        await publish_menus(application.bot, desk, admins=known)

    application: App = builder.post_init(menus).build()
    install(application, desk, admins=known, invitation=invitation, house=house(config), rates=rates)
    return application


def house(config: Config) -> House:
    """What the configuration decides of how the bot meets people."""
    hours, minutes = config.digest.time.split(":")
    return House(
        mode=config.access.mode,
        look=config.telegram.look,
        on_the_spot=config.access.on_the_spot,
        digest_at=int(hours) * 60 + int(minutes),
        digest_days=sum(1 << DAYS.index(day) for day in config.digest.days),
        zone=config.digest.timezone,
        most=config.digest.max_items,
        sentences=config.summaries.sentences,
    )


def build_local(config: Config, desk: Desk, server: LocalServer) -> App:
    """The same bot against a Telegram inside this process, whose admin is the one at the terminal."""
    server.speaker("admin")  # so that their menu finds them
    telegram = replace(
        config.telegram, base_url="http://local.invalid/bot", base_file_url="http://local.invalid/file/bot"
    )
    return build(
        replace(config, telegram=telegram),
        desk,
        token=server.token,
        request=server.request(),
        updates_request=server.request(),
        admins=(ADMIN_ID,),
        rates=Rates(UNHURRIED),
    )


async def run(config: Config) -> None:
    """The bot, until SIGTERM or SIGINT. Raises BackchannelErrors: no token, a refused one, a held desk, two pollers."""
    token = config.telegram.token
    if not token:
        raise ConfigError("there is no bot token; ask @BotFather for one and set BACKCHANNEL_TOKEN or telegram.token")
    with logged(token):
        desk = await open_desk(config.store.url)
        try:
            invitation = await invite(config, desk)
            pace = Pace(PAID if config.telegram.paid_broadcast else FREE)
            application = build(
                config, desk, token=token, admins=config.telegram.admins, invitation=invitation, pace=pace
            )
            await add_named(desk, config)
            async with (
                delivering(application, config, desk, pace) as deliverer,
                scouting(desk, limits(config), rules(config)) as scout,
            ):
                collector = Collector(desk, scout)
                settle()
                await serve(
                    application,
                    desk,
                    stopped_by_signals(),
                    webhook=config.telegram.webhook,
                    invitation=invitation,
                    collector=collector,
                    deliverer=deliverer,
                )
        finally:
            await desk.close()
            logger.info("the desk is closed")


@asynccontextmanager
async def delivering(application: App, config: Config, desk: Desk, pace: Pace) -> AsyncIterator[Deliverer]:
    """What empties the outbox, over connections of its own: a broadcast never takes one from an answer."""
    telegram, front = config.telegram, application.bot_data[KEY]
    request = transport.broadcasts_request(telegram.proxy, connections=at_once(pace.a_second))
    bot = Bot(application.bot.token, telegram.base_url, request=request, get_updates_request=request)
    await request.initialize()
    try:
        yield Deliverer(
            bot,
            desk,
            {"digest": digests.letter, "push": digests.letter},
            front.screens.looks,
            pace,
            makers=(desk.digesting.fall_due, desk.digesting.push, desk.broadcasting.spread),
            admins=frozenset(telegram.admins),
            paid=telegram.paid_broadcast,
        )
    finally:
        await request.shutdown()


async def invite(config: Config, desk: Desk) -> Invitation | None:
    """A one-time invitation for a desk that has no admin, neither in the configuration nor of its own."""
    if config.telegram.admins or await desk.admins():
        return None
    return Invitation.new()


def stopped_by_signals() -> asyncio.Event:
    """An event that the first SIGTERM or SIGINT sets. A second one has its usual effect and ends the process."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end(number: signal.Signals) -> None:
        logger.info("%s: stopping", number.name)
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(each)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end, number)
    return stop


async def serve(
    application: App,
    desk: Desk,
    stop: asyncio.Event,
    *,
    webhook: Webhook | None = None,
    invitation: Invitation | None = None,
    collector: Collector | None = None,
    deliverer: Deliverer | None = None,
    pause: Pause = asyncio.sleep,
) -> None:
    """Connect, answer until `stop`, then let go in order: updates, jobs, their tasks, answers in hand, HTTP.

    Updates are brought to `webhook` if it has a URL, else polled for.
    """
    outage = Outage(pause)
    hook = webhook if webhook is not None and webhook.url else None
    try:
        if not await unless(stop, connect(application, outage, polling=hook is None)):
            return
        announce(application.bot, desk, invitation)
        await _answer(application, desk, stop, partial(_updates, application, outage, hook), collector, deliverer)
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # which an application that never came to its end does not do


async def connect(application: App, outage: Outage, *, polling: bool) -> None:
    """Sign in, clear a webhook that polling would meet (what waits there comes by polling), and set the menus."""
    await patiently(application.initialize, outage)
    if polling:
        await patiently(application.bot.delete_webhook, outage)
    if application.post_init is not None:
        await application.post_init(application)


def announce(bot: Bot, desk: Desk, invitation: Invitation | None) -> None:
    """Say who answers and from what; the invitation's link is the only secret that is ever logged."""
    logger.info("@%s answers from %d briefings", bot.username, desk.count)
    if invitation is not None:
        link = invitation.link(bot.username)
        logger.info("the desk has no admin yet; who opens this link first becomes the admin: %s", link)


def _updates(application: App, outage: Outage, webhook: Webhook | None) -> Coroutine[Any, Any, None]:
    if webhook is None:
        return poll(application.bot, application.update_queue, outage)
    return receive(application.bot, application.update_queue, outage, webhook)


async def _answer(
    application: App,
    desk: Desk,
    stop: asyncio.Event,
    updates: Callable[[], Coroutine[Any, Any, None]],
    collector: Collector | None,
    deliverer: Deliverer | None,
) -> None:
    alarm = application.bot_data[KEY].alarm
    jobs = (*_jobs(desk, collector, deliverer), Job("alarms", ALARMS, alarm.tick))
    workers = [Worker(job) for job in jobs]
    plan = scheduler(jobs, datetime.now(UTC))
    await application.start()
    for worker in workers:
        worker.start()
    if deliverer is not None:
        deliverer.start()
    plan.start()
    try:
        with listening(alarm):
            await unless(stop, updates())
    finally:
        plan.shutdown(wait=False)
        for worker in workers:
            await worker.drain()
        if deliverer is not None:
            await deliverer.drain()
        if collector is not None:
            await collector.drain()
        await application.stop()


def _jobs(desk: Desk, collector: Collector | None, deliverer: Deliverer | None) -> tuple[Job, ...]:
    """What fell due while the bot was away does not wait for the first tick."""
    jobs = [Job("housekeeping", HOUSEKEEPING, partial(_housekeeping, desk))]
    due: list[Job] = []
    if collector is not None:
        due.append(Job("collect", COLLECT, collector.tick))
    if deliverer is not None:
        due.append(Job("deliver", DELIVER, deliverer.tick))
    for job in due:
        job.wake.set()
    return (*due, *jobs)


async def _housekeeping(desk: Desk) -> None:
    await desk.housekeeping(datetime.now(UTC))


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Whether `work` came to its end before `stop` was set; else it is cancelled and awaited. Its errors are raised."""
    task = asyncio.create_task(work)
    waiting = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
        finished = task.done()
        task.cancel()
        await asyncio.wait({task})
    if finished:
        task.result()
    return finished
