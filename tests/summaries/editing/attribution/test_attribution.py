"""Who says what, on articles about invented places. A dash is the outlet's own, a question mark: nothing is claimed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.editing.attribution import attribute, count_voices
from summaries.models import Article, Span, Speaker, Voices

OUTLET, NOTHING = "-", "?"


def article(*paragraphs: str | list[str], language: str = "en") -> Article:
    """Each paragraph as its sentences; a string is a paragraph of one."""
    text, spans = "", []
    for number, paragraph in enumerate(paragraphs):
        for place, sentence in enumerate([paragraph] if isinstance(paragraph, str) else paragraph):
            text += " " if place else "\n" if number else ""
            spans.append(Span(len(text), len(text) + len(sentence), number))
            text += sentence
    return Article(text, tuple(spans), language=language)


def said(*paragraphs: str | list[str], language: str = "en") -> list[str]:
    return [mark(source) for source in attribute(article(*paragraphs, language=language))]


def mark(source: Speaker | None) -> str:
    """ "Odile Farran", "(a source)", "-" or "?"."""
    if source is None:
        return NOTHING
    return {"named": source.name, "unnamed": f"({source.name})", "outlet": OUTLET}[source.kind]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        # who is named
        pytest.param("Odile Farran said that the pier was safe.", "Odile Farran", id="said-that"),
        pytest.param('"The pier is safe," Odile Farran said.', "Odile Farran", id="behind-a-quotation"),
        pytest.param('"The pier is safe," said Odile Farran of the Tarn Institute.', "Odile Farran", id="inverted"),
        pytest.param("The pier is safe, said Odile Farran, a judge from Tarn.", "Odile Farran", id="without-quotation"),
        pytest.param("According to Odile Farran, the pier is safe.", "Odile Farran", id="according-first"),
        pytest.param("The pier is safe, according to Odile Farran.", "Odile Farran", id="according-last"),
        pytest.param("Odile Farran told reporters the pier was safe.", "Odile Farran", id="told"),
        pytest.param("Odile Farran said in a statement the pier was safe.", "Odile Farran", id="in-a-statement"),
        pytest.param("In a statement on Friday, Odile Farran said it was safe.", "Odile Farran", id="time-before"),
        pytest.param("But Odile Farran also said the pier was safe.", "Odile Farran", id="adverbs"),
        pytest.param("Water minister Petra Oland said the pier was safe.", "Petra Oland", id="behind-a-role"),
        pytest.param("Meldrian Prime Minister Petra Oland said the dam was safe.", "Petra Oland", id="behind-titles"),
        pytest.param("Petra Oland, the water minister, said the pier was safe.", "Petra Oland", id="apposition"),
        pytest.param("Petra Oland, 61, who runs the port, said it was safe.", "Petra Oland", id="two-appositions"),
        pytest.param("The head of the council, Odo Brand, said it was safe.", "Odo Brand", id="name-apposed"),
        pytest.param("One witness, Odo Brand, 20, told this paper it burned.", "Odo Brand", id="a-witness-with-a-name"),
        pytest.param("Tarn's Ministry of Water said the dam was full.", "Ministry of Water", id="a-body"),
        pytest.param("The dam is full, the WTO said.", "WTO", id="an-acronym"),
        pytest.param("Police said the road was closed.", "police", id="police"),
        pytest.param(
            "A spokesman for the Tovanian foreign ministry said it was full.",
            "spokesman for the Tovanian foreign ministry",
            id="a-body-s-spokesman",
        ),
        # who is not
        pytest.param("Officials said the dam was full.", "(Officials)", id="officials"),
        pytest.param(
            "The dam is full, two senior officials said on Friday.", "(two senior officials)", id="two-officials"
        ),
        pytest.param(
            "A source familiar with the talks said the dam was full.",
            "(A source familiar with the talks)",
            id="a-source",
        ),
        pytest.param(
            "The dam is full, sources close to the ministry said.", "(sources close to the ministry)", id="sources"
        ),
        pytest.param(
            "According to people with knowledge of it, it is full.", "(people with knowledge of it)", id="people"
        ),
        pytest.param(
            '"It is full," said one diplomat, who was not authorised to speak.', "(one diplomat)", id="diplomat"
        ),
        pytest.param("Residents say the water is brown.", "(Residents)", id="residents"),
        pytest.param("A farmer in Harsk said the water was brown.", "(A farmer in Harsk)", id="a-farmer"),
        pytest.param("Media reports said the dam was full.", "(Media reports)", id="reports-say"),
        pytest.param("It is understood that the dam is full.", "()", id="it-is-understood"),
        pytest.param("It was said that the dam was full.", "()", id="passive"),
        pytest.param(
            "Odo Brand of the ministry said on condition of anonymity that it was full.",
            "()",
            id="asked-not-to-be-named",
        ),
        # the outlet itself
        pytest.param("The dam is full.", OUTLET, id="nobody"),
        pytest.param('The "safe" pier fell on Friday.', OUTLET, id="a-word-in-quotation-marks"),
        pytest.param("What was said in the hall was heard in the street.", OUTLET, id="said-of-a-thing"),
        pytest.param("Odo Brand did not say when the pier would open.", OUTLET, id="not-said"),
        pytest.param("Odile Farran added two boats to her fleet.", OUTLET, id="added-things"),
        pytest.param("Nothing more was heard, and the mayor said nothing.", OUTLET, id="said-nothing"),
        # nobody is named who is only mentioned
        pytest.param("A man who attacked Odile Farran said he was sorry.", NOTHING, id="object"),
        pytest.param("Critics of Odile Farran said the pier was unsafe.", "(Critics of Odile Farran)", id="critics-of"),
        pytest.param("Sources said Odile Farran had told the cabinet to wait.", "(Sources)", id="told-within-said"),
        pytest.param("Odile Farran had told the cabinet to wait, sources said.", "(sources)", id="said-last-wins"),
        pytest.param(
            "Sources said that after the flood, Odo Brand told reporters.", "(Sources)", id="said-that-governs"
        ),
        pytest.param("A statement by the Post about Odo Brand's son said it was safe.", NOTHING, id="a-statement"),
        pytest.param("The report said the pier was unsafe.", NOTHING, id="a-report"),
        pytest.param("According to a study by Odile Farran, it is safe.", NOTHING, id="a-study-by"),
        pytest.param("New Delhi said the dam was full.", NOTHING, id="a-capital"),
        pytest.param("Pakistan said the dam was full.", NOTHING, id="a-country"),
        pytest.param("The government said the dam was full.", NOTHING, id="a-body-without-a-name"),
        pytest.param("He said the dam was full.", NOTHING, id="he-is-nobody-yet"),
    ],
)
def test_a_sentence_alone(sentence: str, who: str) -> None:
    assert said(sentence) == [who]


@pytest.mark.parametrize(
    ("paragraphs", "who"),
    [
        pytest.param(
            ["Odile Farran opened the pier.", "Farran said it was safe."], [OUTLET, "Odile Farran"], id="family-name"
        ),
        pytest.param(
            ["Odile Farran met Ida Farran.", "Farran said it was safe."], [OUTLET, NOTHING], id="a-name-of-two-people"
        ),
        pytest.param(
            ["Odile Farran said it was safe.", "She added that it was dear."], ["Odile Farran"] * 2, id="she-added"
        ),
        pytest.param(
            ["King Odo Brand said it was safe.", "She added that it was dear."], ["Odo Brand", NOTHING], id="not-he"
        ),
        pytest.param(["A source said it was safe.", "He said it was dear."], ["(A source)"] * 2, id="he-is-a-source"),
        pytest.param(["Officials said it was safe.", "They said it was dear."], ["(Officials)"] * 2, id="they"),
        pytest.param(
            ["Officials said it was safe.", "He said it was dear."], ["(Officials)", NOTHING], id="he-is-not-they"
        ),
        pytest.param(
            ["A senior official told us so.", "It rained.", "The official said it was safe."],
            ["(A senior official)", OUTLET, "(A senior official)"],
            id="the-official",
        ),
        pytest.param(
            ["One diplomat said it was full.", "Minister Petra Oland declined to speak.", '"I read," she told us.'],
            ["(One diplomat)", OUTLET, "Petra Oland"],
            id="she-who-was-just-named",
        ),
        pytest.param(
            ["Odile Farran said it was safe.", "Petra Oland met Odo Brand.", "She said more would come."],
            ["Odile Farran", OUTLET, NOTHING],
            id="somebody-else-between",
        ),
        pytest.param(
            ["Captain Aurel Stane sailed at noon.", "The captain said it was calm."],
            [OUTLET, "Aurel Stane"],
            id="by-the-role",
        ),
        pytest.param(
            ["Captain Aurel Stane met Captain Odo Brand.", "The captain said it was calm."],
            [OUTLET, NOTHING],
            id="a-role-of-two",
        ),
        pytest.param(
            ["The Water Board of Tarn (WBT) met.", "The WBT said it was safe."],
            [OUTLET, "Water Board of Tarn"],
            id="a-body-by-its-letters",
        ),
        pytest.param(
            [['"It is safe," Odile Farran said.', '"It is dear."']], ["Odile Farran"] * 2, id="the-quotation-goes-on"
        ),
        pytest.param(
            [['"It is safe.', 'It is dear," said Odile Farran.']],
            ["Odile Farran"] * 2,
            id="one-quotation-two-sentences",
        ),
        pytest.param(
            [["Odile Farran said: “It is safe.", "It is dear.", "It is ours.”"]],
            ["Odile Farran"] * 3,
            id="open-quotation",
        ),
        pytest.param(['"It is safe."', "It rained."], [NOTHING, OUTLET], id="a-quotation-of-nobody"),
    ],
)
def test_sentences_together(paragraphs: list[str | list[str]], who: list[str]) -> None:
    assert said(*paragraphs) == who


REPORT = article(
    "The two capitals are close to a deal, a source familiar with the talks told this paper on condition of anonymity.",
    ["Officials said the envoys had met in a third country.", "They added that no date was set."],
    ["The source said Prime Minister Odo Brand had been told.", '"It is now up to them," he added.'],
    "According to the sources, Tovania insisted on a new text.",
    "It is learnt that the envoys will meet again.",
    'Another official, requesting anonymity, said: "We wait."',
    "People familiar with the matter say that the army chief General Ivar Lund told visitors that peace was needed.",
    "When approached, the foreign office refused to comment.",
)


@pytest.mark.parametrize(
    ("pronoun", "claimed"),
    [pytest.param("They", None, id="they"), pytest.param("He", Speaker("unnamed"), id="he")],
)
def test_after_what_somebody_unsaid_reported(pronoun: str, claimed: Speaker | None) -> None:
    talk = article(["It was reported on Monday that the dam of Tarn would close.", f"{pronoun} said it was late."])
    assert attribute(talk) == (Speaker("unnamed"), claimed)


def test_a_report_that_rests_on_unnamed_sources_names_nobody() -> None:
    sources = attribute(REPORT)

    assert [mark(source) for source in sources if source and source.kind == "named"] == []
    assert count_voices(sources) == Voices(0, 5)


@pytest.mark.parametrize(
    ("sources", "counted"),
    [
        pytest.param([], None, id="nothing-claimed"),
        pytest.param([Speaker("outlet")], Voices(0, 0), id="the-outlet-is-no-source"),
        pytest.param([Speaker("named", "Odo Brand")] * 2, Voices(1, 0), id="each-once"),
        pytest.param([Speaker("unnamed", "Officials"), Speaker("unnamed", "officials")], Voices(0, 1), id="capitals"),
        pytest.param([Speaker("unnamed", "a source"), Speaker("unnamed", "The source")], Voices(0, 1), id="articles"),
        pytest.param(
            [Speaker("unnamed", "an official"), Speaker("unnamed", "another official")], Voices(0, 2), id="another"
        ),
    ],
)
def test_counting(sources: list[Speaker], counted: Voices | None) -> None:
    assert count_voices((*sources, None)) == counted


NATIVE: dict[str, list[tuple[str, str]]] = {
    "es": [
        ("La jueza Odile Farran dijo que el puerto abrirá en mayo.", "Odile Farran"),
        ('"No hay prisa", afirmó Farran.', "Odile Farran"),
        ("Añadió que el muelle está listo.", "Odile Farran"),
        ("Según fuentes del ministerio, el acuerdo está cerca.", "(fuentes del ministerio)"),
        ("Los vecinos dicen que el agua falta.", "(Los vecinos)"),
        ('"Estamos listos", dijo un funcionario que pidió no ser identificado.', "(un funcionario)"),
        ("El muelle mide cien metros.", OUTLET),
        ('"Fue duro", explicó el pescador Odo Brand en Tarn.', "Odo Brand"),
        ("El gobierno dijo que pagará.", NOTHING),
    ],
    "fr": [
        ("La juge Odile Farran a déclaré que le port rouvrira en mai.", "Odile Farran"),
        ("« Rien ne presse », a-t-elle ajouté.", "Odile Farran"),
        ("Selon des sources proches du dossier, un accord est prêt.", "(des sources proches du dossier)"),
        ("« Nous sommes prêts », a dit un responsable sous couvert d’anonymat.", "(un responsable)"),
        ("Le quai mesure cent mètres.", OUTLET),
        ("« C’était dur », raconte le pêcheur Odo Brand.", "Odo Brand"),
        ("D’après Mme Farran, l’eau manque.", "Odile Farran"),
        ("Des habitants affirment que rien ne change.", "(Des habitants)"),
    ],
    "de": [
        ("Richterin Odile Farran sagte, der Hafen öffne im Mai.", "Odile Farran"),
        ("„Es eilt nicht“, sagte sie am Montag.", "Odile Farran"),
        ("Nach Angaben von Insidern steht ein Abkommen bevor.", "(Insidern)"),
        ("„Wir sind bereit“, sagte ein Diplomat, der nicht namentlich genannt werden wollte.", "(ein Diplomat)"),
        ("Der Kai ist hundert Meter lang.", OUTLET),
        ("Regierungskreisen zufolge fehlt das Geld.", "(Regierungskreisen)"),
        ("„Es war schwer“, sagte Fischer Odo Brand.", "Odo Brand"),
        ("Augenzeugen sagten Reportern, das Wasser sei gestiegen.", "(Augenzeugen)"),
        ("„Das stimmt“, sagte er.", NOTHING),
        ("Nach Angaben aus Hafenkreisen beginnt die Arbeit im Mai.", "(Hafenkreisen)"),
        ("Das berichtet die Zeitung unter Berufung auf Diplomaten.", "(Diplomaten)"),
        ("Aus dem Umfeld der Richterin verlautete, der Vertrag sei fertig.", "()"),
        ("Wie Beamte mitteilten, werden die Fischer entschädigt.", NOTHING),
    ],
    "ru": [
        ("Судья Одиль Фарран заявила, что порт откроется в мае.", "Одиль Фарран"),
        ("«Спешить некуда», — сказала Фарран.", "Одиль Фарран"),
        ("По словам источника в правительстве, соглашение близко.", "(источника в правительстве)"),
        ("«Мы готовы», — сообщил чиновник на условиях анонимности.", "(чиновник)"),
        ("Причал длиной сто метров.", OUTLET),
        ("«Было трудно», — рассказал рыбак Одо Бранд.", "Одо Бранд"),
        ("Она добавила, что воды не хватает.", NOTHING),
        ("По словам Бранда, сети пусты.", "Одо Бранд"),
        ("Об этом сообщает газета со ссылкой на дипломатов.", "(дипломатов)"),
        ("По данным полиции, три лодки пропали.", NOTHING),
    ],
    "ur": [
        ("وزیر اعظم اوڈو برانڈ نے کہا کہ بندرگاہ مئی میں کھلے گی۔", "اوڈو برانڈ"),
        ("ذرائع کے مطابق معاہدہ قریب ہے۔", "(ذرائع)"),
        ("برانڈ نے کہا کہ جلدی نہیں۔", "اوڈو برانڈ"),
        ("انہوں نے بتایا کہ پانی کم ہے۔", "اوڈو برانڈ"),
        ("ایک سرکاری اہلکار نے نام ظاہر نہ کرنے کی شرط پر بتایا کہ رقم نہیں ہے۔", "(ایک سرکاری اہلکار)"),
        ("گھاٹ سو میٹر لمبا ہے۔", OUTLET),
        ("حکام کا کہنا ہے کہ کام جاری ہے۔", "(حکام)"),
        ("صدر کے ترجمان نے کہا کہ فیصلہ ہو گیا۔", NOTHING),
        ("کہا جاتا ہے کہ سفیر پھر ملیں گے۔", "()"),
    ],
    "hi": [
        ("जल मंत्री पेट्रा ओलैंड ने कहा कि बंदरगाह मई में खुलेगा।", "पेट्रा ओलैंड"),
        ("सूत्रों के अनुसार समझौता करीब है।", "(सूत्रों)"),
        ("ओलैंड ने कहा कि जल्दी नहीं है।", "पेट्रा ओलैंड"),
        ("उन्होंने बताया कि पानी कम है।", "पेट्रा ओलैंड"),
        ("एक वरिष्ठ अधिकारी ने नाम न छापने की शर्त पर बताया कि पैसा नहीं है।", "(एक वरिष्ठ अधिकारी)"),
        ("घाट सौ मीटर लंबा है।", OUTLET),
        ("अधिकारियों का कहना है कि काम जारी है।", "(अधिकारियों)"),
    ],
    "ar": [
        ("قال وزير المياه أودو براند إن الميناء سيفتح في مايو.", "أودو براند"),
        ("وأضاف أن الماء قليل.", "أودو براند"),
        ("وقال مصدر مطلع على المحادثات إن الاتفاق قريب.", "(مصدر مطلع على المحادثات)"),
        ("بحسب مسؤولين، لا يوجد مال.", "(مسؤولين)"),
        ("يبلغ طول الرصيف مئة متر.", OUTLET),
        ("وأكد براند أن العمل مستمر.", "أودو براند"),
        ("قال مسؤول حكومي طلب عدم الكشف عن هويته إن الموعد لم يحدد.", "(مسؤول حكومي)"),
        ("قال رئيس بلدية تارن إن الأمر انتهى.", NOTHING),
    ],
}


@pytest.mark.parametrize("language", list(NATIVE))
def test_the_languages_of_the_interface(language: str) -> None:
    found = said(*(sentence for sentence, _ in NATIVE[language]), language=language)

    assert list(zip([sentence for sentence, _ in NATIVE[language]], found, strict=True)) == NATIVE[language]


@pytest.mark.parametrize("language", ["tr", "und", "", "en-GB", "../en"])
def test_without_rules_nothing_is_claimed(language: str) -> None:
    assert said("Officials said the dam was full.", language=language) == [NOTHING]


def test_a_name_is_written_as_the_article_writes_it() -> None:
    assert said("Maeve O’Tarn said the pier was safe.") == ["Maeve O’Tarn"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.text(max_size=60) | st.sampled_from([one for rows in NATIVE.values() for one, _ in rows]), max_size=6),
    st.sampled_from([*NATIVE, "en"]),
)
def test_any_text_at_all_has_a_source_a_sentence_in_its_own_words(sentences: list[str], language: str) -> None:
    of = article(*(sentence.replace("\n", " ") for sentence in sentences), language=language)
    found = attribute(of)

    assert len(found) == len(of.spans)
    for source in filter(None, found):
        if source.kind == "named":
            folded = " ".join(of.text.split()).lower()
            assert " ".join(source.name.rstrip("…").split()).lower() in folded
