"""All that is kept about one person: to be handed over, and to be taken out."""

from collections.abc import AsyncIterator
from typing import Any

from msgspec.structs import replace

from summaries.archive.store import OUTBOX, PEOPLE, READERS, SUBSCRIBERS, TOLD, Change, Delete, Put, Store
from summaries.ledger import OVER
from summaries.models import Person, Subscriber
from summaries.subscribers import Subscribers


class Personal:
    """Of one desk. A private chat has the number of its person, so what was sent there is about them too.

    Deliveries are not kept by person, so that both go through all of the last 90 days: seconds in a large desk.
    Coroutines raise `DiskError` where the disk refuses.
    """

    def __init__(self, store: Store, subscribers: Subscribers) -> None:
        self._store = store
        self._subscribers = subscribers

    async def kept(self, person: int) -> dict[str, Any]:
        """By the names of the tables; what nothing is kept in is None or empty. `runs` are chats that they set up."""
        return {
            "person": await self._store.get(PEOPLE, person),
            "reader": await self._store.get(READERS, person),
            "chat": await self._store.get(SUBSCRIBERS, person),
            "told": await self._store.get(TOLD, person),
            "runs": [chat.id async for chat in self._runs(person)],
            "deliveries": [row async for row in self._store.rows(OUTBOX) if row.chat == person],
        }

    async def forget(self, person: int) -> bool:
        """Take out all of it in one commit. True where the number stays, with what the admins decided about it.

        An admin stays one, and who is kept out stays out. That they set up a group or channel stays with its settings:
        by that it is let in. A delivery that is on its way at this moment ends first.
        """
        known = await self._store.get(PEOPLE, person)
        stays = known is not None and (known.admin or known.access != "")
        changes: list[Change] = [Delete(READERS, person)]
        changes.append(Put(PEOPLE, _bare(known)) if known is not None and stays else Delete(PEOPLE, person))
        async for row in self._store.rows(OUTBOX):
            if row.chat == person and (row.state in OVER or row.state in ("pending", "doubt")):
                changes.append(Delete(OUTBOX, row.id))
        await self._subscribers.forget(person, *changes)
        return stays

    async def _runs(self, person: int) -> AsyncIterator[Subscriber]:
        """The groups and channels that they set up."""
        async for chat in self._subscribers.all():
            if person in chat.managers or person == chat.added_by:
                yield chat


def _bare(person: Person) -> Person:
    return replace(person, name="", username="", since=None)
