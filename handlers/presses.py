"""Presses: where a button leads, in place of the message that it is under."""

import asyncio
from dataclasses import replace

from telegram import CallbackQuery, Message, Update

from handlers.access import Role
from handlers.answer import Place, send, settle, show
from handlers.asked import Asked, Target
from handlers.document import Document
from handlers.front import Context, asked_by, await_reply, front_of, old, refusal, run
from handlers.in_channels import in_channel, lead_out
from handlers.press import Press, read
from handlers.progress import Progress


async def pressed(update: Update, context: Context) -> None:
    """Every press is answered, so that no button spins on; one that leads nowhere says so."""
    query = update.callback_query
    if query is None:
        return
    press = read(query.data or "")
    target = front_of(context).buttons.get(press.view) if press is not None else None
    asked = await asked_by(update, context, target.role if target else Role.READER)
    if press is None or target is None:
        await settle(query, old(asked.texts))
    elif in_channel(query):
        await lead_out(query, press, asked.texts)
    elif asked.role < target.role:
        await settle(query, refusal(target.role, asked.texts))
    elif target.slow:
        await _slowly(update, context, query, asked, target, press)
    else:
        await _shown(context, query, asked, target, press)


async def _slowly(
    update: Update, context: Context, query: CallbackQuery, asked: Asked, target: Target, press: Press
) -> None:
    """Work that takes its time, once for all the taps that come meanwhile."""
    busy, message = front_of(context).busy, query.message
    key = (message.chat.id, message.message_id) if message else (0, 0)
    if key in busy:
        await settle(query, asked.texts.gettext("I am still at it."))
        return

    async def work() -> None:
        try:
            await _shown(context, query, asked, target, press)
        finally:
            busy.discard(key)

    busy.add(key)
    await run(context, update, work(), slow=True)


async def _shown(context: Context, query: CallbackQuery, asked: Asked, target: Target, press: Press) -> None:
    front, settled = front_of(context), asyncio.Event()

    async def begun() -> None:
        settled.set()
        await settle(query)

    message = query.message if isinstance(query.message, Message) else None
    place = Place(query.from_user.id) if message is None else replace(Place.of(message), reply_to=None)
    progress = Progress(context.bot, place, front.screens, shown=message, begun=begun)
    asides: list[str] = []
    try:
        document = await target.show(replace(asked, progress=progress.tell, aside=asides.append), press)
    finally:
        await progress.close()
    reached = document is not None and await _put(context, query, asked, press, document, place)
    if not settled.is_set():  # a word beside the answer says what was done, also where its message is gone
        await settle(query, asides[-1] if asides else None if reached else old(asked.texts))


async def _put(
    context: Context, query: CallbackQuery, asked: Asked, press: Press, document: Document, place: Place
) -> bool:
    """In place of the message under the button; a file or a question is a message of its own."""
    front = front_of(context)
    if document.file is None and document.asks is None:
        return await show(query, document, press, asked.texts, front.screens)
    if not isinstance(query.message, Message) and not asked.private:
        return False  # too old to say in which topic it is
    await_reply(front, await send(context.bot, place, document), document, asked)
    return True
