"""Sentences that say what ought to be."""

import pytest

from summaries.editing.norms import argues


@pytest.mark.parametrize(
    ("language", "demand", "report"),
    [
        ("en", "The councils should meet in private.", "The councils met on Monday."),
        ("en", "It is time to talk.", "It took time."),
        ("fr", "Il faut parler.", "Le conseil a parlé."),
        ("de", "Der Rat muss handeln.", "Der Rat handelte am Muster."),
        ("es", "Hay que hablar.", "El consejo habló."),
        ("pt", "É preciso falar.", "O conselho falou."),
        ("it", "Bisogna parlare.", "Il consiglio ha parlato."),
        ("nl", "De raad moet praten.", "De raad praatte."),
        ("ru", "Совет должен говорить.", "Совет говорил."),
        ("tr", "Meclis toplanmalı.", "Meclis konuştu."),
        ("ur", "کونسل کو بات کرنی چاہیے۔", "کونسل نے بات کی۔"),
        ("hi", "परिषद को बात करनी चाहिए।", "परिषद ने बात की।"),
        ("ar", "يجب أن يجتمع المجلس.", "اجتمع المجلس."),
        ("fa", "شورا باید گفتگو کند.", "شورا گفتگو کرد."),
        ("id", "Dewan harus berbicara.", "Dewan berbicara."),
        ("vi", "Hội đồng cần họp.", "Hội đồng đã họp."),
        ("zh", "市议会应该会谈。", "市议会会谈了。"),
        ("ja", "町議会は話し合うべきだ。", "町議会は話し合った。"),
    ],
)
def test_demands_and_reports(language: str, demand: str, report: str) -> None:
    assert argues(demand, language)
    assert not argues(report, language)


@pytest.mark.parametrize("language", ["xx", "und", "", "../ought/en"])
def test_claims_nothing_without_a_list(language: str) -> None:
    assert not argues("They must go.", language)
