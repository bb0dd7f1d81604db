"""Why an article that somebody handed in became no briefing, in plain words that say what to do."""

from collections.abc import Mapping

from handlers import compose
from handlers.document import Document
from handlers.texts import N_, Texts
from summaries.errors import FetchError, InputError, KilledError, WallError

FETCHING: Mapping[str, str] = {
    "unreachable": N_("Its server cannot be reached. Is the link right? Else try again later."),
    "not_found": N_("There is nothing at this link. It may have been moved or taken down."),
    "gone": N_("What was at this link has been taken down for good."),
    "forbidden": N_("Its site does not let me in. Paste the article's text here instead."),
    "too_many": N_("Its site has had too many questions from me. Try again in a while, or paste the text here."),
    "server": N_("Its server has trouble of its own. Try again later, or paste the text here."),
    "timeout": N_("Its server took too long to answer. Try again later, or paste the text here."),
    "too_large": N_("This is too large to be an article."),
    "too_many_redirects": N_("This link leads on and on and never arrives."),
    "private_address": N_("This link leads into a private network, where I do not go."),
    "bad_url": N_("This is no link that I can follow."),
    "robots": N_("Its site asks programs to stay away. Paste the article's text here instead."),
    "certificate": N_("The certificate of its server is not valid, so I did not read on."),
    "credentials": N_("Its site wants a password. Paste the article's text here instead."),
    "garbled": N_("Its server sends what cannot be understood. Paste the article's text here instead."),
}

WALLS: Mapping[str, str] = {
    "challenge": N_("Its site wants proof of being human. Paste the article's text here instead."),
    "consent": N_("Its site shows a form for consent in the article's place. Paste the article's text here instead."),
    "cookies": N_("Its site shows nothing without cookies. Paste the article's text here instead."),
    "javascript": N_("The page has no text for those who do not run its programs. Paste the article's text here."),
    "paywall": N_("Its text is for subscribers. If you can read it, paste it here."),
    "region": N_("Its site does not show it everywhere in the world. If you can read it, paste it here."),
    "missing": N_("That page says that there is no such article. Is the link right?"),
    "empty": N_("There is no article at this link that I can read. Give the link of one article, or paste its text."),
}

_TOO_HARD = N_("Reading it took too long, so I gave up. Paste the part that matters.")
_NO_ARTICLE = N_("There is no article in this: a briefing needs a few whole sentences.")


def unread(error: InputError, texts: Texts) -> Document:
    return compose.line(texts, texts.gettext(why(error)))


def why(error: InputError) -> str:
    """The msgid of what is to be said."""
    match error:
        case FetchError():
            return FETCHING.get(error.code, FETCHING["unreachable"])
        case WallError():
            return WALLS.get(error.code, WALLS["empty"])
        case KilledError():
            return _TOO_HARD
    return _NO_ARTICLE
