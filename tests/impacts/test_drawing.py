"""The strip: one mark for each voice."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from cocreate.impacts.drawing import EDGE, NEAR, SHAPES, WIDTH, Spot, shape_of, strip_svg

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=8)


def spots_of(shares):
    return [
        Spot(f"Stem {place}", f"voice-{place}", f"key-{place}", share, f"Stem {place}: {share:.0%}")
        for place, share in enumerate(shares)
    ]


def marks(svg):
    found = {}
    for path in ElementTree.fromstring(svg).iter("path"):
        if "spot" in path.get("class"):
            x, y = path.get("transform").removeprefix("translate(").removesuffix(")").split()
            found[path.get("class")] = (float(x), float(y))
    return found


@given(SHARES)
def test_each_voice_has_a_mark_where_it_agrees_and_none_covers_another(shares):
    svg = strip_svg(spots_of(shares), "words")
    found = marks(svg)
    assert len(found) == len(shares)
    _, _, _, height = map(float, ElementTree.fromstring(svg).get("viewBox").split())
    for place, share in enumerate(shares):
        x, y = found[f"spot voice-{place}"]
        assert abs(x - (EDGE + WIDTH * share)) <= 0.05
        assert 0 < y < height
    places = list(found.values())
    for one, (x, y) in enumerate(places):
        for other_x, other_y in places[one + 1 :]:
            assert abs(x - other_x) >= NEAR - 0.2 or abs(y - other_y) >= 18


def test_words_are_escaped():
    spot = Spot("<b>", "voice-1", '"><script>', 0.5, "<script>alert(1)</script>")
    svg = strip_svg([spot], '"><script>')
    ElementTree.fromstring(svg)
    assert "<script" not in svg


def test_each_built_in_voice_has_a_shape_of_its_own():
    assert len(set(SHAPES.values())) == 4
    assert shape_of("own-1-carers") == shape_of("own-1-carers")
