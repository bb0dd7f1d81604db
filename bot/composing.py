"""A pending delivery becomes what is sent next of it, or what is written down because nothing is."""

import logging
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.envelopes import Envelope, envelope
from handlers.letters import Composer, Cutter, Letter
from handlers.looks.choice import Look, Looks
from handlers.screens import with_buttons
from summaries import ledger
from summaries.desk import Desk
from summaries.errors import BackchannelError
from summaries.models import Delivery, DeliveryKind, Subscriber
from summaries.subscribers import subscription_of
from summaries.threads.due import GRACE, loud_from
from summaries.wanted import unwanted

logger = logging.getLogger(__name__)

LATER = timedelta(minutes=10)
"""What could not be composed is tried again after this, then after twice as long, and so on."""

TRIES = 7
"""The last one is more than ten hours after the first: somebody may mend it meanwhile."""

CUTTERS = 32
"""Letters to many that are kept as they were cut, one for each language and look."""


class Composing:
    """Of one desk. `plain` are the deliveries whose markup Telegram refused."""

    def __init__(self, desk: Desk, composers: Mapping[DeliveryKind, Composer], looks: Looks, *, paid: bool) -> None:
        self._desk, self._composers, self._looks, self._paid = desk, composers, looks, paid
        self._cutters: OrderedDict[tuple[int, Look], Cutter] = OrderedDict()
        self.plain: set[int] = set()

    async def envelope(self, row: Delivery, now: datetime) -> Envelope | Delivery:
        """The next part; or the delivery as it is from now on, for none is sent."""
        chat = await self._desk.subscribers.get(row.chat)
        try:
            if why := unwanted(row, chat):
                return await self._dropped(row, why, now)
            there = chat or Subscriber(row.chat)
            if row.kind in ("digest", "push") and (other := await self._not_now(row, there, now)):
                return other
            return await self._next_part(replace(row, look=await self._look(row)), there, now)
        except Exception as error:  # noqa: BLE001  # whatever is wrong with this one, the others have their turn
            return self._not_composed(row, error, now)

    async def _not_now(self, row: Delivery, chat: Subscriber, now: datetime) -> Delivery | None:
        if not await self._desk.digesting.admits(chat):
            return await self._dropped(row, "not let in", now)
        after = loud_from(subscription_of(chat, row.topic), now)
        if after > now + GRACE:
            return await self._dropped(row, "paused", now)
        return ledger.not_sent(row, "quiet", after) if after > now else None

    async def _dropped(self, row: Delivery, why: str, now: datetime) -> Delivery:
        """Nobody waits for it now; a later digest tells what this one would have told."""
        await self._desk.digesting.take_back(row)
        return ledger.dropped(row, why, now)

    async def _next_part(self, row: Delivery, chat: Subscriber, now: datetime) -> Envelope | Delivery:
        letter = await self._composers[row.kind](self._desk, row, chat)
        if letter is None:
            return _over(row, "nothing left to say", now)
        look = row.look or "message"
        cutter = self._cutter(letter, look)
        cuts = cutter.cuts(row.cuts, row.part)
        if row.part >= len(cuts):
            return _over(row, "nothing to be seen", now)
        sending, plain = ledger.sending(row, look, cuts), row.id in self.plain
        sheet, last_of_several = cutter.part(cuts, row.part), 0 < row.part == len(cuts) - 1
        if letter.page and last_of_several and look == "message" and await self._looks.take_pages(row.chat):
            sheet = with_buttons(sheet, (*sheet.buttons, (letter.page,)))
        return envelope(sending, sheet, paid=self._paid, plain=plain)

    async def _look(self, row: Delivery) -> Look:
        if row.id in self.plain:
            return "message"
        if row.look and (row.look == "message" or await self._looks.take_pages(row.chat)):
            return row.look
        return await self._looks.of(row.chat)

    def _cutter(self, letter: Letter, look: Look) -> Cutter:
        """A broadcast is the same letter for many: what was rendered once is not rendered again."""
        key = id(letter), look
        found = self._cutters.get(key)
        if found is None or found.letter is not letter:
            found = self._cutters[key] = Cutter(letter, look)
            while len(self._cutters) > CUTTERS:
                self._cutters.popitem(last=False)
        return found

    def _not_composed(self, row: Delivery, error: Exception, now: datetime) -> Delivery:
        if isinstance(error, BackchannelError):
            logger.error("delivery %d cannot be composed: %s", row.id, error)
        else:
            logger.exception("delivery %d cannot be composed", row.id)
        reason = f"it could not be composed: {type(error).__name__}: {error}"
        if row.tries + 1 >= TRIES:
            return ledger.failed(row, reason, now)
        return ledger.postponed(row, reason, now + LATER * 2**row.tries)


def _over(row: Delivery, why: str, now: datetime) -> Delivery:
    """Of what was sent in part, all that there is was sent."""
    return ledger.complete(row, now) if row.part else ledger.dropped(row, why, now)
