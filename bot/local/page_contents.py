"""What a Rich Message says: its HTML as blocks, each where it may stand, and held to the limits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from bot.local import limits
from bot.local.entities import NOTHING, Styled, clean, is_blank
from bot.local.limits import bad_request
from bot.local.markup import MarkupError
from bot.local.page_markup import Element, Node, parse
from bot.local.page_text import INLINE, inline, preformatted
from bot.local.pages import (
    Block,
    Cell,
    Divider,
    Folded,
    Gallery,
    Grid,
    Item,
    Listing,
    Media,
    Page,
    Prose,
    Quotation,
    count_blocks,
    count_media,
    texts_of,
)
from bot.local.params import Params

_FORMS = ("html", "markdown", "blocks")
_MEDIA = frozenset({"img", "video", "audio", "tg-map"})
_HOLD_BLOCKS = frozenset({"details", "blockquote", "li"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def read_page(params: Params) -> Page:
    """The `rich_message` of a call. Raises `Refusal`."""
    given = params.mapping("rich_message", "rich message")
    if [form for form in _FORMS if given.get(form) is not None] != ["html"]:
        raise bad_request(_form_fault(given))
    html = given["html"]
    if not isinstance(html, str):
        raise bad_request('can\'t parse rich message: Field "html" must be of type String')
    find = not given.get("skip_entity_detection", False)
    try:
        nodes = parse(clean(html))
        page = Page(tuple(_flow(nodes, find=find)), bool(given.get("is_rtl", False)))
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from error
    _check(page, nodes)
    return page


def _form_fault(given: dict[str, object]) -> str:
    named = [form for form in _FORMS if given.get(form) is not None]
    if not named:
        return "rich message is empty"
    if len(named) > 1:
        return "exactly one of the fields html, markdown, and blocks of a rich message must be used"
    return f"this server reads only the field html of a rich message, not {named[0]}"


def _check(page: Page, nodes: Sequence[Node]) -> None:
    texts = tuple(texts_of(page.blocks))
    if all(is_blank(text.text) for text in texts) and not count_media(page.blocks):
        raise bad_request("message text must be non-empty")
    if sum(len(text.text) for text in texts) > limits.PAGE_CHARACTERS:
        raise bad_request("rich message is too long")
    if count_blocks(page.blocks) > limits.PAGE_BLOCKS:
        raise bad_request("rich message has too many blocks")
    if _depth(nodes) > limits.PAGE_LEVELS:
        raise bad_request("rich message is nested too deep")
    if count_media(page.blocks) > limits.PAGE_MEDIA:
        raise bad_request("rich message has too many media")


def _depth(nodes: Sequence[Node], *, among_blocks: bool = True) -> int:
    """How deep blocks and formatting are nested. Text among blocks stands in a paragraph of its own."""
    return max((_depth_of(node, among_blocks) for node in nodes), default=0)


def _depth_of(node: Node, among_blocks: bool) -> int:
    if isinstance(node, str):
        return int(among_blocks and bool(node.strip()))
    below = _depth(node.children, among_blocks=node.tag in _HOLD_BLOCKS)
    return (node.tag != "br") + below + (among_blocks and node.tag in INLINE)


def _flow(nodes: Sequence[Node], *, find: bool) -> Iterator[Block]:
    """Blocks, and a paragraph of each run of text between them."""
    run: list[Node] = []
    for node in nodes:
        if isinstance(node, str) or node.tag in INLINE:
            run.append(node)
            continue
        yield from _paragraph(run, find=find)
        run = []
        yield from _block(node, find=find)
    yield from _paragraph(run, find=find)


def _paragraph(run: Sequence[Node], *, find: bool) -> Iterator[Block]:
    if (text := inline(run, find=find)).text:
        yield Prose("paragraph", text)


def _block(element: Element, *, find: bool) -> Iterator[Block]:
    """The block of an element; none for one without text."""
    tag = element.tag
    if tag in _HEADINGS or tag in ("p", "footer"):
        kind = "heading" if tag in _HEADINGS else "paragraph" if tag == "p" else "footer"
        text = inline(element.children, find=find)
        yield from [Prose(kind, text, int(tag[1]) if tag in _HEADINGS else 0)] if text.text else []  # type: ignore[arg-type]
    elif tag in ("pre", "tg-math-block"):
        yield Prose("pre" if tag == "pre" else "mathematical_expression", preformatted(element))
    elif tag == "hr":
        yield Divider()
    elif tag in ("ul", "ol"):
        yield Listing(tuple(_items(element, find=find)))
    elif tag in ("blockquote", "aside"):
        yield _quotation(element, find=find)
    elif tag == "details":
        yield _folded(element, find=find)
    elif tag == "table":
        yield _grid(element, find=find)
    elif tag in _MEDIA or tag == "figure":
        yield _media(element, find=find)
    elif tag in ("tg-collage", "tg-slideshow"):
        yield _gallery(element, find=find)
    else:
        raise MarkupError(f'Unexpected tag "{tag}" at byte offset {element.at}')


def _elements(parent: Element) -> list[Element]:
    """The elements of a parent that holds no text of its own."""
    for node in parent.children:
        if isinstance(node, str) and node.strip():
            raise MarkupError(f'Unexpected text in the tag "{parent.tag}" at byte offset {parent.at}')
    return [node for node in parent.children if isinstance(node, Element)]


def _only(parent: Element, *tags: str) -> list[Element]:
    found = _elements(parent)
    for element in found:
        if element.tag not in tags:
            raise MarkupError(f'Unexpected tag "{element.tag}" in the tag "{parent.tag}" at byte offset {element.at}')
    if not found:
        raise MarkupError(f'Tag "{parent.tag}" is empty at byte offset {parent.at}')
    return found


def _items(element: Element, *, find: bool) -> Iterator[Item]:
    step = -1 if "reversed" in element.attributes else 1
    items = _only(element, "li")
    first = element.attributes.get("start", str(len(items)) if step < 0 else "1")
    numbers = count(int(first), step)
    for item in items:
        number = next(numbers)
        if "value" in item.attributes:
            number = int(item.attributes["value"])
            numbers = count(number + step, step)
        children, box = _checkbox(item)
        label = box or (f"{number}." if element.tag == "ol" else "•")
        yield Item(label, tuple(_flow(children, find=find)))


def _checkbox(item: Element) -> tuple[list[Node], str]:
    """What is in an item beside the box that it may start with, and the box."""
    first = next((node for node in item.children if not isinstance(node, str) or node.strip()), None)
    if not isinstance(first, Element) or first.tag != "input":
        return item.children, ""
    return [node for node in item.children if node is not first], "☑" if "checked" in first.attributes else "☐"


def _quotation(element: Element, *, find: bool) -> Block:
    children, cite = _cited(element)
    credit = inline(cite.children, find=find) if cite else NOTHING
    if element.tag == "aside":
        return Prose("pullquote", inline(children, find=find), credit=credit)
    return Quotation(tuple(_flow(children, find=find)), credit)


def _cited(element: Element) -> tuple[list[Node], Element | None]:
    """What is before the `<cite>` at the end, and that."""
    *before, last = [node for node in element.children if not isinstance(node, str) or node.strip()] or [""]
    if isinstance(last, Element) and last.tag == "cite":
        return before, last
    return element.children, None


def _folded(element: Element, *, find: bool) -> Folded:
    seen = [node for node in element.children if not isinstance(node, str) or node.strip()]
    if not seen or not isinstance(seen[0], Element) or seen[0].tag != "summary":
        raise MarkupError(f'Tag "details" must start with a tag "summary" at byte offset {element.at}')
    summary = inline(seen[0].children, find=find)
    if is_blank(summary.text):
        raise MarkupError(f'Tag "summary" is empty at byte offset {seen[0].at}')
    rest = [node for node in element.children if node is not seen[0]]
    return Folded(summary, tuple(_flow(rest, find=find)), "open" in element.attributes)


def _grid(element: Element, *, find: bool) -> Grid:
    first, *others = _only(element, "caption", "tr")
    rows = others if first.tag == "caption" else [first, *others]
    for row in rows:
        if row.tag == "caption":
            raise MarkupError(f'Unexpected tag "caption" at byte offset {row.at}')
    made = tuple(tuple(_cell(cell, find=find) for cell in _only(row, "th", "td")) for row in rows)
    if any(sum(cell.columns for cell in row) > limits.PAGE_COLUMNS for row in made):
        raise bad_request("rich message has a table with too many columns")
    caption = inline(first.children, find=find) if first.tag == "caption" else NOTHING
    if not made:
        raise MarkupError(f'Tag "table" is empty at byte offset {element.at}')
    return Grid(made, caption, "bordered" in element.attributes, "striped" in element.attributes)


def _cell(element: Element, *, find: bool) -> Cell:
    said = element.attributes
    return Cell(
        inline(element.children, find=find),
        element.tag == "th",
        said.get("align", "left"),
        said.get("valign", "top"),
        int(said.get("colspan", "1")),
        int(said.get("rowspan", "1")),
    )


def _media(element: Element, *, find: bool) -> Media:
    if element.tag == "figure":
        shown, *captions = _only(element, *_MEDIA, "figcaption")
        if shown.tag == "figcaption" or [caption.tag for caption in captions] not in ([], ["figcaption"]):
            raise MarkupError(f'Tag "figure" holds one picture and its caption at byte offset {element.at}')
        return replace(_media(shown, find=find), caption=_caption(captions, find=find))
    match element.tag:
        case "img":
            return Media("photo", element.attributes["src"])
        case "video":
            return Media("video", element.attributes["src"])
        case "audio":
            return Media("audio", element.attributes["src"])
        case _:
            return Media("map", f"{element.attributes['lat']},{element.attributes['long']}")


def _gallery(element: Element, *, find: bool) -> Gallery:
    inside = _only(element, *_MEDIA, "figcaption")
    captions = [each for each in inside if each.tag == "figcaption"]
    if captions and (len(captions) > 1 or inside[-1] is not captions[0]):
        raise MarkupError(f'Unexpected tag "figcaption" at byte offset {captions[0].at}')
    shown = tuple(_media(each, find=find) for each in inside if each not in captions)
    kind = element.tag.removeprefix("tg-")
    return Gallery(kind, shown, _caption(captions, find=find))  # type: ignore[arg-type]


def _caption(captions: Sequence[Element], *, find: bool) -> Styled:
    return inline(_cited(captions[0])[0], find=find) if captions else NOTHING
