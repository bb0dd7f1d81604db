import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.editing.furniture import after_link, is_address, is_furniture, is_furniture_line, is_mention
from summaries.language import stop_words

FURNITURE = {
    "related-en": "Read Envoys of Daral meet again in Ostra",
    "related-en-colon": "READ MORE: Envoys meet again",
    "related-en-bar": "READ | Envoys meet again",
    "related-en-bracket": "[Related: Envoys meet again in Ostra]",
    "related-en-also": "Also read: Envoys meet again",
    "related-fr": "À lire aussi : Les envoyés se retrouvent",
    "related-es": "Lea también: Los enviados se reúnen",
    "related-de": "Lesen Sie auch: Die Gesandten treffen sich",
    "related-pt": "Leia também: Os enviados se reúnem",
    "related-it": "Leggi anche: Gli inviati si incontrano",
    "related-nl": "Lees ook: De gezanten ontmoeten elkaar",
    "related-ru": "Читайте также: Послы встретились снова",
    "related-ar": "اقرأ أيضا: المبعوثون يلتقون مجددا",
    "related-ur": "یہ بھی پڑھیں: سفیروں کی دوبارہ ملاقات",
    "related-hi": "यह भी पढ़ें: दूत फिर मिले",
    "related-tr": "Ayrıca okuyun: Elçiler yeniden buluştu",
    "related-id": "Baca juga: Para utusan bertemu lagi",
    "related-vi": "Xem thêm: Các đặc sứ gặp lại",
    "related-zh": "相关阅读：两国特使再次会面",
    "related-ja": "関連記事：両国の特使が再び会談",
    "video": "Scroll down for video.",
    "video-capitals": "VIDEO: Scroll down to watch the bridge fall",
    "share": "Share this article",
    "share-buttons": "Facebook Twitter WhatsApp Email",
    "share-word": "SHARE",
    "share-social": "Share on social media",
    "share-this": "Share this with your followers",
    "share-fr": "Partager sur les réseaux sociaux",
    "share-es": "Compartir en redes sociales",
    "share-de": "Auf Facebook teilen",
    "share-pt": "Compartilhe nas redes sociais",
    "share-ru": "Поделиться в соцсетях",
    "comments": "COMMENTS",
    "comments-counted": "12 Comments",
    "comment-reply": "Replying to X",
    "comment-saved": "Saved ! Your comment will be displayed after the approval.",
    "comment-error": "Error !",
    "comment-denied": "Denied! You can post your comment in 10 minutes.",
    "comment-rules": "Comments are moderated and generally will be posted if they are on-topic and not abusive.",
    "comment-faq": "For more information, please see our Comments FAQ",
    "comment-closed": "Sorry we are not currently accepting comments on this article.",
    "comment-mail": "Your email address will not be published. Required fields are marked *",
    "comment-hi": "टिप्पणी करें",
    "comment-fr": "Laisser un commentaire",
    "newsletter": "Sign up for our free newsletter and get the news every morning.",
    "newsletter-inbox": "Get the day's top headlines delivered to your inbox every morning.",
    "follow": "Follow @daralpost for more",
    "follow-ur": "ہمیں فالو کریں",
    "credit": "Photo: Mira Daloun/The Daral Post",
    "credit-agency": "AFP",
    "credit-bracket": "(With inputs from agencies)",
    "contributed": "Teo Varr in Ostra contributed to this report.",
    "copyright": "Copyright © 2022 The Daral Post. All rights reserved.",
    "copyright-sign": "© The Daral Post",
    "published-in": "Published in The Daral Post, August 8th, 2022.",
    "views": "The views expressed in this article are the author's own.",
    "advert": "Advertisement",
    "mail": "mira.daloun@example.org",
    "handle": "Twitter: @miradaloun",
    "mail-and-handle": "Email: mira@example.org, Twitter: @mira",
    "mail-spelled": "Email: mira [at] example.org",
    "mail-spelled-round": "Email: mira(at)example.org",
    "web": "Web: www.example.org",
    "phone": "Tel: +92 300 1234567",
    "address": "https://example.org/a?b=1",
    "short-address": "pic.twitter.com/Ab12Cd34",
    "tips": "Email your story ideas and tips to tips@example.org.",
    "tips-sent": "Send news tips to desk@example.org",
    "latest-click": "For the latest on the talks of Ostra click here.",
    "label-published": "PUBLISHED:.",
    "label-updated": "UPDATED:.",
    "stamp": "18:30 EST, 3 March 2031. |.",
    "video-no-colon": "VIDEO Scroll down to watch the bridge fall",
    "full-text": "Read the full response of the mayor.",
    "more-about": "For more about the bridge, visit our archive.",
    "photo-link": "See a photo of the bridge and read more.",
    "caption-pictured": "Pictured left, the mayor stands on the bridge.",
    "caption-above": "Above, the mayor of Ostra poses with a stone of the bridge.",
    "rule": "* * *",
    "bar": "|",
}
SENTENCES = {
    "read-verb": "Read the treaty, said the envoy, and you will know.",
    "watch-verb": "Watch the river, the old people of Ostra say.",
    "share-noun": "Share prices fell on Monday.",
    "comments-noun": "Comments by the minister angered many in Ostra.",
    "sources": "Sources close to the talks said that they would go on.",
    "related-adjective": "Related studies found more damage.",
    "replying": "Replying to the debate, the minister said no.",
    "error-noun": "Error margins were small.",
    "saved": "Saved from the flood, she wept.",
    "copyright-noun": "Copyright law was changed in June.",
    "follow-verb": "Follow the money, said the judge.",
    "live": "Live music returns to the town.",
    "sign-up": "Sign up fees were waived for the poor.",
    "photos": "Photos show the bridge before it fell.",
    "video": "Video from the scene shows smoke.",
    "more": "More from the south came later to the fair.",
    "reflect": "The new coins do not reflect the old king's taste.",
    "numbers": "He can be called at any time, the 41-year-old said.",
    "updated-verb": "Updated rules for bridges come into force in June.",
    "pictured-as": "Pictured as a hero by some, he was a thief to others.",
    "above-adverb": "Above, the river runs through a gorge that nobody has climbed.",
    "email-verb": "Email was how the two sides agreed.",
    "hi": "दोनों पक्ष सोमवार को मिले।",
    "ur": "دونوں فریق پیر کو ملے۔",
    "zh": "两国外长周一会面。",
    "mail-in-sentence": "He wrote to mira@example.org that the bridge was old and would soon fall.",
}


@pytest.mark.parametrize("line", [pytest.param(line, id=name) for name, line in FURNITURE.items()])
def test_furniture_is_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", [pytest.param(line, id=name) for name, line in SENTENCES.items()])
def test_sentences_are_not_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Related: Envoys meet again", True, id="no-end"),
        pytest.param("Related: Envoys meet again. ", True, id="one-end"),
        pytest.param("Related: Envoys meet again. They talked. ", False, id="two-ends"),
        pytest.param("相关阅读：两国特使再次会面。会谈继续。", False, id="two-ends-that-need-no-space"),
        pytest.param("Follow us on example.org/a.b for more.", True, id="dots-that-end-nothing"),
        pytest.param("The envoys met. Click here for more", False, id="words-that-are-furniture-anywhere"),
    ],
)
def test_a_line_of_several_sentences_is_judged_sentence_by_sentence(line: str, expected: bool) -> None:
    assert is_furniture_line(line) == expected


def test_a_long_paragraph_is_no_furniture() -> None:
    assert not is_furniture("Related: " + "The envoys met in the old town and talked about the bridge. " * 10)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        pytest.param(
            "Read Envoys meet in OstraThe old bridge fell at night.", "The old bridge fell at night.", id="touching"
        ),
        pytest.param(
            "READ | Envoys meet in Ostra The old bridge fell at night.", "The old bridge fell at night.", id="bar"
        ),
        pytest.param(
            'Read more: Envoys meet "The bridge was old," he said.', '"The bridge was old," he said.', id="quotation"
        ),
        pytest.param("Read Envoys meet in Ostra", "", id="nothing-after-it"),
        pytest.param("The envoys met in OstraThe bridge fell.", "", id="no-link"),
    ],
)
def test_a_sentence_glued_to_a_link_keeps_its_own_words(text: str, own: str) -> None:
    start = after_link(text, stop_words("en"))
    assert (text[start:] if start else "") == own


def test_addresses_and_mentions_are_told_apart() -> None:
    assert is_address("https://example.org/a")
    assert not is_address("mira@example.org")
    assert is_mention("mira@example.org")
    assert not is_mention("Write to mira@example.org about the bridge.")


@settings(max_examples=150)
@given(st.text(max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    assert is_furniture(text) in (True, False)
    assert 0 <= after_link(text, frozenset({"the"})) <= len(text)
