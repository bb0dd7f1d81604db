"""The place, day and agency before an article's first words: "KAREEMPUR, 3 March (DNA) —"."""

import re

_DASH = r"(?:\s?\.?(?:--|—|–|―)\s?|\s-\s|\.-\s?)"
_AGENCY = r"[(（\[][^()（）\[\]]{2,40}[)）\]]"
_CAPITALS = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][A-ZÀ-ÖØ-ÞА-ЯЁ.'’/-]+"
_NAME = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w.'’-]+"
_REST = r"[^.!?()\n:—–]{0,30}"
_CASELESS = r"[^\W\d_A-Za-z\u00c0-\u04ff\u3040-\u30ff\u4e00-\u9fff][^\x00-\x1f.!?:،؛,()A-Za-z।۔]{1,24}"
_WIRES = "(?:CNN|AP|AFP|Reuters|REUTERS|UPI|EFE|ANSA|ANI|PTI|IANS|APP|DPA|dpa|Xinhua|TASS|Bloomberg)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # KAREEMPUR:  NEW VESHNA, March 3 (DNA) —  PARIS, 3 mars (AFP) —  MOSCOW/OSTRA -
        rf"{_CAPITALS}(?:[ /,]{{1,2}}{_CAPITALS}){{0,3}}(?:,{_REST})?\s?(?:{_AGENCY}\s?)?(?::|{_DASH})\s?",
        # Kareempur (DNA) —   London, 3 March (Reuters) -   (CNN) --   (CNN)One
        rf"(?:{_NAME}(?:[ ,/]{{1,2}}{_NAME}){{0,3}}(?:,{_REST})?\s)?{_AGENCY}\s?(?::|{_DASH})\s?",
        rf"{_NAME}(?:[ ,/]{{1,2}}{_NAME}){{0,3}},\s?{_REST}\d{_REST}(?::|{_DASH})\s?",
        # (CNN)Envoys   Kareempur, Daral (CNN)Envoys
        rf"(?:{_NAME}(?:[ ,/]{{1,2}}{_NAME}){{0,3}}\s)?\({_WIRES}\)\s?(?:--|—|–|-|:)?\s?",
        r"\((?:[A-Z]{2,7}|[A-Z][A-Za-z]+ (?:News|Business|Student News))\)\s?(?:--|—|–|-|:)?\s?",
        # NEW VESHNA, March 3 (DNA) The   वेश्ना, 3 मार्च (भाषा) दोनों
        rf"{_CAPITALS}(?:[ /,]{{1,2}}{_CAPITALS}){{0,3}}(?:,{_REST})?\s?{_AGENCY}\s?",
        rf"{_CASELESS}[,،][^:()।۔]{{1,24}}\s?{_AGENCY}\s?",
        # Kareempur:   Kareempur —  (one or two names)
        rf"{_NAME}(?: {_NAME})?(?:: | [—–] )",
        # 新华社北京3月3日电（记者…）  【東京＝…】  （中央社…電）
        r"【[^】]{1,40}】\s?|[（(][^（）()]{2,30}[電电讯訊][）)]\s?|[^\s，。,.]{2,24}[電电讯訊](?:[（(][^（）()]{1,40}[）)])?[：:\s]{0,2}",
        # नई दिल्ली (भाषा):  کراچی:  القاهرة (رويترز) -
        rf"{_CASELESS}(?:[,،][^:()।۔]{{0,24}})?\s?(?:{_AGENCY}\s?)?"
        rf"(?::\s?|{_DASH})",
    )
)
_ZONE = "(?:BST|GMT|UTC|EST|EDT|ET|PT|PST|PDT|CET|CEST|IST|AEST|AEDT)"
_STAMPS = re.compile(rf"(?:(?:Updated at )?\d{{1,2}}[.:]\d\d\s?(?:[ap]m)?\s{_ZONE}\s){{1,3}}(?:\d\d:\d\d\s)?")
_LONGEST = 90
_FEWEST_LEFT = 12
_QUESTION_OR_LABEL = re.compile(
    r"^(?:Q|A|Question|Answer|Updated?|Note|Correction|Editor|Opinion|Analysis)\b", re.IGNORECASE
)


def dateline_end(sentence: str) -> int:
    """Where the sentence's own words begin: the length of its dateline, 0 where it has none."""
    if _QUESTION_OR_LABEL.match(sentence):
        return 0
    for pattern in _PATTERNS:
        match = pattern.match(sentence, 0, _LONGEST)
        if match and len(sentence) - match.end() >= _FEWEST_LEFT and _opens(sentence[match.end()]):
            return match.end()
    return 0


def stamp_end(sentence: str) -> int:
    """Where a live blog's entry begins behind its times: "Updated at 2.56pm BST 2.45pm BST 14:45 The river…"."""
    match = _STAMPS.match(sentence)
    if not match or len(sentence) - match.end() < _FEWEST_LEFT:
        return 0
    return match.end() if _opens(sentence[match.end()]) else 0


def _opens(mark: str) -> bool:
    """A sentence's own first character: no small letter, which would continue what stood before it."""
    return not mark.islower() and (mark.isalnum() or mark in "\"“”‘'«„(¿¡「『")
