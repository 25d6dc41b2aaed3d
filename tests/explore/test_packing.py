"""What is packed is unpacked again, to the letter, and is small."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udl.explore.packing import packed, told, unpacked

lines = st.one_of(
    st.sampled_from(["", "<g>", "</g>", "W = -0.007", "W = 0.043", "W = 1.200", "1:2", "~3"]),
    st.from_regex(r"[a-c=@~:-]{0,3}(-?\d{1,3}(\.\d{1,3})?[ -]){0,3}", fullmatch=True),
)
texts = st.lists(st.lists(lines, min_size=1, max_size=6).map("\n".join), min_size=1, max_size=6)


@given(texts)
def test_it_is_unpacked_to_the_letter(texts):
    assert unpacked(packed(texts)) == texts


@pytest.mark.parametrize(
    ("one", "other", "telling"),
    [
        ("x 7", "x 9", "~2"),
        ("x 1.998 5", "x 2.001 5", "~3"),
        ("x 0.002", "x -0.003", "~-5"),
        ("x 0.00", "x -0.00", "~=-0.00"),
        ("x 07 of it", "x 08 of it", "~=08"),
        ("x 0.5 of it", "x 0.25 of it", "~=0.25"),
        ("x 1 2 3 of it", "x 1 2 4 of it", "~  1"),
        ("M0 0l5 5z", "M0 0l5 5 6-6z", "1: 6-6z"),
        ("x 99999999999999", "x 99999999999998", "1:8"),  # more than a script's numbers hold
    ],
)
def test_a_line_is_told_from_the_one_whose_place_it_takes(one, other, telling):
    assert told([one, other]).split("\n")[-1] == telling
    assert unpacked(packed([one, other])) == [one, other]


def test_what_was_there_before_is_told_in_a_few_letters():
    walk = [f"<g>\ny{i}\nz{i // 2}\n</g>" for i in range(9)]
    scripts = told([*walk, *walk]).partition("\n\n")[0].split("\n")
    assert scripts[1:3] == ["1 = 2", "1 = = 1"]
    assert scripts[-2:] == ["1 > 2", "1 > > 1"]
