"""Brings the catalogues up to the code: `python -m handlers.locales.refresh`, after a text of the interface changed.

Writes `backchannel.pot`, and merges it into every `.po`: translations stay, new msgids come in empty, stale ones go.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
CATALOGUES = HERE
TEMPLATE = HERE / "backchannel.pot"
_LEFT_OUT = tuple(
    f'"{name}'.encode() for name in ("POT-C", "PO-Rev", "Report-Msgid", "Last-Tr", "Language-Team", "Generated-By")
)
_KEYWORDS = {**DEFAULT_KEYWORDS, "NN_": (1, 2)}
_HEADER = "# The texts of Backchannel's interface. Made by `python -m handlers.locales.refresh`."


def extracted() -> Catalog:
    """Every msgid in the code of `handlers`, with the file that it is in."""
    catalogue = Catalog(project="Backchannel", version="1", header_comment=_HEADER, charset="utf-8", fuzzy=False)
    found = extract_from_dir(HERE.parent, keywords=_KEYWORDS)
    for name, _, message, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        catalogue.add(message, None, [(f"handlers/{name}", 0)], auto_comments=comments, context=context)
    return catalogue


def write(path: Path, catalogue: Catalog) -> None:
    """Without dates and line numbers, which would change with every edit of the code."""
    out = BytesIO()
    write_po(out, catalogue, width=120, include_lineno=False, ignore_obsolete=True)
    path.write_bytes(b"".join(line for line in out.getvalue().splitlines(True) if not line.startswith(_LEFT_OUT)))


def main() -> None:
    template = extracted()
    write(TEMPLATE, template)
    for path in sorted(CATALOGUES.glob("*.po")):
        catalogue = read_po(BytesIO(path.read_bytes()), locale=path.stem)
        catalogue.update(template, no_fuzzy_matching=True)
        write(path, catalogue)


if __name__ == "__main__":
    main()
