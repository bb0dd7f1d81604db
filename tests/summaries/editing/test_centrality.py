"""Likeness of sentences and LexRank."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sumy.summarizers.lex_rank import LexRankSummarizer

from summaries.editing.centrality import GRAPH_SENTENCES, lexrank, likeness

SENTENCES = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(sentences=SENTENCES)
def test_likeness_is_symmetrical_and_bounded(sentences: list[list[str]]) -> None:
    like = likeness(sentences)
    assert np.allclose(like.pairs, like.pairs.T)
    assert like.pairs.min() >= 0
    assert like.pairs.max() <= 1.001
    assert like.centroid.shape == (len(sentences),)
    assert like.centroid.max() <= 1.001


@settings(max_examples=60, deadline=None)
@given(sentences=SENTENCES)
def test_lexrank_is_positive_and_its_highest_is_one(sentences: list[list[str]]) -> None:
    ranks = lexrank(likeness(sentences).pairs)
    assert ranks.max() == pytest.approx(1)
    assert ranks.min() > 0


def test_like_and_unlike_sentences() -> None:
    pairs = likeness([["ferry", "sank"], ["ferry", "sank"], ["flour", "price"]]).pairs
    assert pairs[0, 1] == pytest.approx(1)
    assert pairs[0, 2] == 0


def test_the_sentence_that_shares_with_all_others_is_the_most_central_for_sumy_too() -> None:
    hub = ["ferry", "flour", "crane", "storm"]
    others = [
        ["ferry", "bay", "late"],
        ["flour", "mill", "north"],
        ["crane", "rust", "quay"],
        ["storm", "night", "roof"],
    ]
    sentences = [*others, hub]
    assert lexrank(likeness(sentences).pairs).argmax() == 4
    summarizer = LexRankSummarizer()
    tf = summarizer._compute_tf(sentences)
    matrix = summarizer._create_matrix(sentences, 0.1, tf, summarizer._compute_idf(sentences))
    assert summarizer.power_method(matrix, 1e-6).argmax() == 4


def test_nothing_and_sentences_without_words() -> None:
    assert lexrank(likeness([]).pairs).shape == (0,)
    assert likeness([[], []]).pairs.tolist() == [[0, 0], [0, 0]]


def test_a_transcript_is_compared_only_in_its_first_sentences() -> None:
    like = likeness([[f"word{i}", "same"] for i in range(GRAPH_SENTENCES + 50)])
    assert like.pairs.shape == (GRAPH_SENTENCES, GRAPH_SENTENCES)
    assert like.centroid.shape == (GRAPH_SENTENCES + 50,)
