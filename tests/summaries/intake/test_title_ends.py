import pytest

from summaries.intake.title_ends import without_outlet, without_site


@pytest.mark.parametrize(
    ("title", "outlet", "bare"),
    [
        pytest.param("Bridge falls - Kest News", "www.kest.co.uk", "Bridge falls", id="a-host"),
        pytest.param("Bridge falls - Tarn News", "www.kest.co.uk", "Bridge falls - Tarn News", id="another-host"),
        pytest.param("桥塌了-凯报", "凯报", "桥塌了", id="two-letters"),
        pytest.param("Bridge - a year later", "The Daral Post", "Bridge - a year later", id="no-outlet"),
        pytest.param("The Daral Post", "The Daral Post", "The Daral Post", id="nothing-else"),
    ],
)
def test_an_outlet_is_taken_off(title: str, outlet: str, bare: str) -> None:
    assert without_outlet(title, outlet) == bare


@pytest.mark.parametrize(
    ("title", "alone", "bare"),
    [
        pytest.param("Bridge falls in Ostra | Kest", False, "Bridge falls in Ostra", id="bar"),
        pytest.param("Bridge falls in Ostra - Kest", False, "Bridge falls in Ostra - Kest", id="dash"),
        pytest.param("Bridge falls in Ostra - Kest", True, "Bridge falls in Ostra", id="dash-alone"),
        pytest.param("Kest | a long light installation for the bridge", True, None, id="long-end"),
        pytest.param("Kest | Ostra", True, None, id="two-words"),
        pytest.param("2031-05-20", True, None, id="a-date"),
    ],
)
def test_what_looks_like_a_site_is_taken_off(title: str, alone: bool, bare: str | None) -> None:
    assert without_site(title, alone=alone) == (title if bare is None else bare)
