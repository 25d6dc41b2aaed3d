"""The table of claims: every one of the chapter's is there, measured and said in both languages."""

import re
import string
from pathlib import Path

import numpy as np
import pytest

from udl.chapter import LANGUAGES
from udl.claims import CLAIMS, VERDICTS, Finding, finding, listing, overview
from udl.show import columns_of

LETTERS = {1: "abc", 2: "abcd", 3: "abc", 4: "abc", 5: "abcd", 6: "abcde", 7: "abcde"}
EVERY = [f"{section}.{letter}" for section, letters in LETTERS.items() for letter in letters]


def test_every_claim_is_entered_and_no_other():
    assert sorted(CLAIMS) == EVERY


@pytest.mark.parametrize("page", ["claims.md", "claims.ko.md"])
def test_the_page_is_the_table(page):
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    assert overview(lang="ko" if ".ko" in page else "en").markdown() in text


@pytest.mark.parametrize("id", EVERY)
def test_every_claim_has_a_verdict_and_says_its_numbers_and_their_range(id):
    found = finding(id)
    assert found.verdict in VERDICTS
    assert 0 <= found.share <= 1
    assert found.numbers
    assert np.isfinite(list(found.numbers.values())).all()
    for lang in LANGUAGES:
        assert getattr(CLAIMS[id], lang)
        fields = {name for _, name, _, _ in string.Formatter().parse(getattr(found, lang)) if name}
        assert fields
        assert fields <= set(found.numbers)
        assert re.search(r"\d", found.sentence(lang))
        assert re.search(r"\d", found.range(lang))
    assert CLAIMS[id].section == f"3.7.{id[0]}"


@pytest.mark.parametrize(
    ("share", "verdict"), [(1, "holds"), (0.999, "holds when"), (0.0, "does not hold")]
)
def test_the_verdict_is_computed_from_the_share(share, verdict):
    assert Finding(share, {}, "", "", {}).verdict == verdict


def test_a_claim_that_is_not_there():
    with pytest.raises(ValueError, match=r"id must be one of 1\.a, .*, not '9\.z'"):
        finding("9.z")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_overview_of_a_section_and_of_some_claims(lang):
    assert [row[0] for row in overview("3.7.3", lang).rows] == ["3.a", "3.b", "3.c"]
    some = overview(lang=lang, ids=["7.d", "3.a"])
    assert [row[0] for row in some.rows] == ["3.a", "7.d"]
    assert some.rows[0][-1] == "3.7.3"
    assert some.rows[0][3] == finding("3.a").sentence(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100])
def test_the_listing_fits_a_terminal_and_says_it_all(lang, width):
    lines = list(listing(["7.d", "3.a"], lang, width))
    assert max(map(columns_of, lines)) <= width
    said = " ".join(" ".join(lines).split())
    for id in ("3.a", "7.d"):
        assert VERDICTS[finding(id).verdict][lang] in said
    assert [line[:3] for line in lines[1:] if line[0] != " "] == ["3.a", "7.d"]


def test_a_listing_has_every_word_of_claim_and_sentence():
    lines = list(listing(["7.c"], "ko", 80))
    words = " ".join(lines).split()
    for word in f"{CLAIMS['7.c'].ko} {finding('7.c').sentence('ko')}".split():
        assert word in words
