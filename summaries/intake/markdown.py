"""Markdown → plain text, for articles that people keep as notes: what shows stays, marks go."""

import re

from summaries.models import UNKNOWN_LANGUAGE

_FRONT = re.compile(r"\A\s*---[^\S\n]*\n(.*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z][\w -]{0,30}?)[^\S\n]*:[^\S\n]*(.*)")
_KEYS = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("deck", "subtitle", "description", "summary", "standfirst", "excerpt"), "deck"),
    **dict.fromkeys(("author", "authors", "byline", "by"), "author"),
    **dict.fromkeys(("date", "published", "pubdate", "publish_date", "published_at", "datetime"), "date"),
    **dict.fromkeys(("outlet", "source", "publisher", "site", "publication"), "outlet"),
    **dict.fromkeys(("url", "link", "canonical", "source_url"), "url"),
    **dict.fromkeys(("lang", "language", "locale"), "language"),
    **dict.fromkeys(("section", "category", "kind"), "section"),
}
_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_TITLE = re.compile(r"^[ ]{0,3}#[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"\A\s*(\S[^\n]*)\n={3,}[ \t]*$", re.MULTILINE)
_SIGNS = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+\S|\]\(https?://|^={3,}\s*$|^[*_]{1,2}[^*_\n]+[*_]{1,2}$", re.MULTILINE)
_FENCE = re.compile(r"^(?:```|~~~)[^\n]*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-=][ \t]*){3,}$|^[ \t]*(?:[*_][ \t]*){3,}$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
_LINK = re.compile(
    r"\[([^\[\]\n]{0,1000})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\]\n]{0,200}\])"
)
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\]\n]{1,200}\]:[^\n]*$", re.MULTILINE)
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,2000}>")
_LIST = re.compile(r"^[ \t]*[*+-][ \t]+(?=\S)", re.MULTILINE)
_QUOTE = re.compile(r"^[ ]{0,3}(?:>[ \t]?)+", re.MULTILINE)
_STRONG = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,5000}?)(?<=[^\s*])\1(?![\w*])")
_UNDERSCORED = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{1,5000}?)(?<=[^\s_])\1(?![\w_])")
_CODE = re.compile(r"`([^`\n]{1,1000})`")
_PRIVATE = 0x10F000
"""Escaped marks are set aside in the private use area while the others are taken for markup."""
_SET_ASIDE = re.compile("[\U0010f021-\U0010f07e]")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The known fields of a leading `---` block, under this project's names, and the text after it.

    A `source` that is an address is the URL. A block in which no line is `key: value` is text, not front matter.
    """
    match = _FRONT.match(text[:20_000])
    if not match:
        return {}, text
    pairs = [(_PAIR.fullmatch(line)) for line in match[1].split("\n") if line.strip()]
    if not pairs or pairs[0] is None:
        return {}, text
    fields: dict[str, str] = {}
    for pair in filter(None, pairs):
        key, value = _KEYS.get(pair[1].strip().lower()), _value(pair[2])
        if key == "outlet" and value.startswith(("http://", "https://")):
            key = "url"
        if key and value:
            fields.setdefault(key, value)
    fields["language"] = fields.get("language", "")[:2].lower() or UNKNOWN_LANGUAGE
    return fields, text[match.end() :]


def _value(raw: str) -> str:
    raw = raw.strip()
    if raw.startswith("[") and raw.endswith("]"):
        return ", ".join(_value(item) for item in raw[1:-1].split(","))
    if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "\"'":
        return raw[1:-1].strip()
    return "" if raw in (">", "|", "~", "null") else raw


def looks_like_markdown(text: str) -> bool:
    return bool(_SIGNS.search(text[:20_000]))


def unmark(text: str) -> tuple[str, str]:
    """The `# title` at the top of `text` (empty where there is none), and the rest without Markdown's marks."""
    text = _without_comments(text)
    title, text = _take_title(text)
    for pattern in (_FENCE, _RULE, _DEFINITION, _IMAGE, _AUTOLINK, _QUOTE, _LIST):
        text = pattern.sub("", text)
    text = _HEADING.sub(r"\n\1\n", text)
    return _inline(title), _inline(text)


def _without_comments(text: str) -> str:
    """Without `<!-- … -->`. No regular expression: one would be quadratic on a file of unclosed comments."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _take_title(text: str) -> tuple[str, str]:
    match = _UNDERLINED.match(text) or _TITLE.search(text)
    if not match or text[: match.start()].count("\n\n") > 3:
        return "", text
    return match[1], f"{text[: match.start()]}\n{text[match.end() :]}"


def _inline(text: str) -> str:
    text = _ESCAPED.sub(lambda match: chr(_PRIVATE + ord(match[1])), text)
    text = _LINK.sub(r"\1", text)
    for pattern in (_STRONG, _UNDERSCORED, _STRONG):
        text = pattern.sub(r"\2", text)
    text = _CODE.sub(r"\1", text)
    return _SET_ASIDE.sub(lambda match: chr(ord(match[0]) - _PRIVATE), text).strip()
