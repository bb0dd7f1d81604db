"""Articles for tests, made by the number: distinct texts about invented places."""

from summaries.pipeline import Prepared, prepare_line

_PLACES = ("Orsk", "Tarn", "Vell", "Kesh", "Maro", "Ilmen", "Sarn", "Dovre", "Lutra", "Pell")
_THINGS = ("bridge", "harbour", "school", "ferry", "market", "railway", "hospital", "dam", "library", "tram")


def text_of(number: int) -> str:
    """About 60 words that no other number has."""
    place, thing = _PLACES[number % 10], _THINGS[number // 10 % 10]
    return (
        f"The council of {place} voted on item {number} to repair the {thing} before winter. "
        f"The work will cost {number + 3} million crowns and take {number % 7 + 2} months, the council said. "
        f"Traders near the {thing} asked for file {number} to be opened to the public. "
        f"The {place} Courier wrote that the vote on item {number} was close."
    )


def line_of(number: int, **fields: object) -> bytes:
    """The same as a JSON line for `import`, with further or other fields."""
    import msgspec

    place, thing = _PLACES[number % 10], _THINGS[number // 10 % 10]
    record = {"id": number, "title": f"{place} repairs its {thing} ({number})", "text": text_of(number), "lang": "en"}
    return msgspec.json.encode(record | fields) + b"\n"


def prepared(number: int, **fields: object) -> Prepared:
    return prepare_line(line_of(number, **fields))[1]
