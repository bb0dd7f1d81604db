from summaries.archive.lru import Lru


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    cache: Lru[str, int] = Lru(10)
    cache.put("a", 1, 4)
    cache.put("b", 2, 4)
    assert cache.get("a") == 1
    cache.put("c", 3, 4)
    assert (cache.get("a"), cache.get("b"), cache.get("c"), cache.weight) == (1, None, 3, 8)


def test_what_is_put_again_weighs_once() -> None:
    cache: Lru[str, int] = Lru(10)
    for weight in (6, 7, 8):
        cache.put("a", weight, weight)
    assert (cache.get("a"), cache.weight) == (8, 8)
    cache.drop("a")
    cache.drop("a")
    assert (cache.get("a"), cache.weight) == (None, 0)


def test_what_is_too_heavy_is_not_kept() -> None:
    cache: Lru[str, int] = Lru(10)
    cache.put("a", 1, 11)
    assert (cache.get("a"), cache.weight) == (None, 0)
