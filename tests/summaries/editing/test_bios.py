import pytest

from summaries.editing.bios import TAIL, is_bio, names_the_writer

BIOS = {
    "writer": "The writer is a former envoy of Daral.",
    "writer-reached": "The writer teaches history and can be reached at mira@example.org",
    "author": "The author is a lawyer in Ostra.",
    "writer-taught": "The writer taught history at the Institute of Ostra until 2019.",
    "author-served": "The author served as envoy of Daral for eleven years.",
    "columnist-hosts": "The columnist hosts a weekly programme on the river.",
    "he-tweets": "He tweets @mira",
    "she-reached": "She can be reached at mira@example.org.",
    "italic": "*The writer is a poet.*",
    "named": "Mira Daloun is a senior fellow at the Ostra Institute.",
    "named-correspondent": "Teo Varr is the river correspondent of The Daral Post, based in Ostra.",
    "fr": "L’auteur est historien à Ostra.",
    "de": "Der Autor ist Historiker in Ostra.",
    "de-taught": "Die Autorin lehrte bis 2019 Geschichte in Ostra.",
    "es": "El autor es historiador.",
    "es-was": "La autora fue embajadora en Daral.",
    "pt": "A autora é historiadora.",
    "it": "L’autore è uno storico.",
    "ru": "Автор — историк из Остры.",
    "ar": "الكاتب باحث في مركز أوسترا",
    "ur": "مصنف ایک سابق سفیر ہیں",
    "hi": "लेखक पूर्व राजदूत हैं",
    "zh": "作者是前外交官。",
    "ja": "筆者は元外交官。",
    "id": "Penulis adalah mantan diplomat.",
    "tr": "Yazar, eski bir diplomattır.",
    "vi": "Tác giả là một cựu đại sứ.",
}


@pytest.mark.parametrize("line", [pytest.param(line, id=name) for name, line in BIOS.items()])
def test_a_writers_note_at_the_end_is_known(line: str) -> None:
    assert is_bio(line, from_end=0)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("The bridge is a work of the last century.", id="other-thing"),
        pytest.param("Mira Daloun is a woman of few words.", id="no-role"),
        pytest.param("Teo Varr is the minister who closed the bridge.", id="role-without-a-house"),
        pytest.param("The author said that the river would rise again.", id="a-report-about-an-author"),
        pytest.param("The writer denied that he had taken the papers.", id="a-writer-in-the-news"),
        pytest.param("The writing is on the wall for the old bridge.", id="writing"),
    ],
)
def test_other_last_sentences_stay(line: str) -> None:
    assert not is_bio(line, from_end=0)


def test_amid_the_text_the_author_is_somebody_else() -> None:
    assert not is_bio("The author is a lawyer in Ostra.", from_end=TAIL)


def test_a_note_on_the_writer_is_found_at_the_end_of_a_text() -> None:
    assert names_the_writer("The bridge fell. It was old.\nThe writer is a poet.")
    assert names_the_writer("The bridge fell. The writer is a poet. mira@example.org")
    assert not names_the_writer("The bridge fell. Follow him on the river.")
