"""What is wrong with a source, and what the admin should know of one, in plain words that say what to do."""

from collections.abc import Mapping

from handlers.document import Inlines
from handlers.texts import N_, Texts, fill
from summaries.models import Notice, NoticeCode

REASONS: Mapping[str, str] = {
    "unreachable": N_("Its server cannot be reached. It is asked again, less and less often; check the address."),
    "not_found": N_("There is nothing at its address (404). Look up the feed's new address on the site."),
    "gone": N_("Its server says that it is gone for ever (410). Remove it, or add the site again by its new address."),
    "forbidden": N_("Its server refuses us. It may want a password, or no programs; ask its owner, or remove it."),
    "too_many": N_("Its server is asked too often for its taste. It is asked less often from now on."),
    "server": N_("Its server has trouble of its own. It is asked again later; nothing to do."),
    "timeout": N_("Its server took too long to answer. It is asked again later; collect.timeout gives it more time."),
    "too_large": N_("It is larger than collect.max_bytes allows. Raise that, or look for a shorter feed of the site."),
    "too_many_redirects": N_("Its address leads on and on and never arrives. Look up the feed's new address."),
    "private_address": N_("Its address is inside a private network. collect.allow_networks can name that network."),
    "bad_url": N_("Its address is no http or https address. Remove it and add the right one."),
    "robots": N_("Its site asks programs to stay away (robots.txt). Ask its owner, or look for its feed."),
    "certificate": N_("The certificate of its server is not valid. Its owner must mend that; try http:// meanwhile."),
    "credentials": N_("Its credentials are missing or wrong. Set the environment variable that it names."),
    "garbled": N_("Its server sends what cannot be understood. It is asked again later; tell its owner."),
    "no_feed": N_("What is at its address is no feed. Look up the feed's address on the site."),
    "given_up": N_("Reading it took too long or broke down. It is tried again later; look for another feed."),
    "bug": N_("Checking it failed by a fault of this program. The log has the rest; please report it."),
    "disk": N_("What it brought could not be stored: the disk refused. Make room and see that it can be written to."),
    "no_text": N_("There is no text of an article in it. Give the address of one article, or of a feed."),
}
_OTHER = N_("Something is wrong with it. The log has the rest.")

NOTICES: Mapping[NoticeCode, str] = {
    "failing": N_("Nothing has come from {name} for a day. {reason}"),
    "setup": N_("{name} cannot work as it is set up. {reason}"),
    "gone": N_("{name} is gone for ever, its server says, so it is paused. Remove it, or add its new address."),
    "paused": N_("{name} has failed for {days} days, so it is paused. {reason}"),
    "moved": N_("{name} has moved for good. It is followed at its new address: {url}"),
    "moved_same": N_("{name} has moved to {url}, which is a source already. Remove one of them."),
    "flood": N_("{name} showed {count} old articles as if they were new. They were not taken."),
    "set_aside": N_("An article of {name} could not be read, so it was set aside: {title}"),
    "report": N_("A reader says that something is wrong with “{name}”:"),
    "suggested": N_("{by} asks for a source: {url}"),
    "bug": N_("A check of {name} failed by a fault of this program: {detail}. Please report it."),
}


def reason(code: str, texts: Texts) -> str:
    """What is wrong and what to do, as a sentence."""
    return texts.gettext(REASONS.get(code, _OTHER))


def notice(told: Notice, texts: Texts) -> Inlines:
    """Every value stands by itself, so that names in another script do not turn the sentence around."""
    values = dict(told.values)
    values["reason"] = reason(told.values.get("reason", ""), texts)
    values["title"] = told.values.get("title") or told.values.get("link", "")
    names = ("name", "reason", "days", "url", "count", "title", "detail", "by")
    known = {name: values.get(name, "") for name in names}
    return fill(texts.gettext(NOTICES[told.code]), **known)
