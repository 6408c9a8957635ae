"""Words to be careful with: found whatever the endings, accents and capitals, and never in other words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.indicators.cautions import BUILT_IN, Phrase, hits, key_of

AROUND = st.sampled_from(["", "hoe ", "we ", "(", "“", "vandaag: ", "…", "1. "])
AFTER = st.sampled_from(["", "?", " is dat", ")", "”", ", en dan", "!", "."])


def found(*texts):
    return [each.phrase for each in hits(BUILT_IN, *texts)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_there_are_enough_and_each_has_a_reason_and_a_suggestion(language):
    own = [each for each in BUILT_IN if each.language == language]
    assert 15 <= len(own) <= 24
    assert len({key_of(each.phrase) for each in own}) == len(own)
    for each in own:
        assert each.reason[-1] in ".?"
        assert each.suggestion
        assert max(len(each.reason), len(each.suggestion)) <= 160


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Voel je je eenzaam?", "eenzaam"),
        ("EENZAME jongeren", "eenzaam"),
        ("minder éénzaamheid", "eenzaam"),
        ("een grote afstand tot de arbeidsmarkt", "afstand tot de arbeidsmarkt"),
        ("afstand\ntot de\u00a0arbeidsmarkt", "afstand tot de arbeidsmarkt"),
        ("het hoogst haalbare", "hoogst haalbare"),
        ("kwetsbaarder", "kwetsbaar"),
        ("kwetsbare mensen", "kwetsbaar"),
        ("onze doelgroepen", "doelgroep"),
        ("zelfredzame ouderen", "zelfredzaam"),
        ("zelfredzaamheid", "zelfredzaam"),
        ("probleem-jongeren", "probleemjongere"),
        ("problee\u00admjongeren", "probleemjongere"),
        ("allochtonen", "allochtoon"),
        ("achterstanden", "achterstand"),
        ("lonely", "lonely"),
        ("LONELINESS", "lonely"),
        ("lonelier", "lonely"),
        ("our target groups", "target group"),
        ("vulnerability", "vulnerable"),
        ("low skilled", "low-skilled"),
        ("Low-Skilled", "low-skilled"),
        ("self-reliance", "self-reliant"),
    ],
)
def test_a_phrase_is_found_with_its_endings(text, phrase):
    assert found(text) == [phrase]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hoe vaak groet je iemand op straat?",
        "een zaam",
        "gemeenzaam",
        "de afstand tot de winkel, en de arbeidsmarkt",
        "alone on the square",
        "the target is a group",
        "the groups we target",
        "afstand",
        "a skilled worker",
    ],
)
def test_other_words_are_left_alone(text):
    assert found(text) == []


def test_each_is_named_once_in_the_order_of_the_list_from_all_texts():
    assert found("eenzaam", "doelgroep", "eenzame doelgroepen") == ["eenzaam", "doelgroep"]


@given(st.sampled_from(BUILT_IN), AROUND, AFTER, st.booleans(), st.booleans())
def test_every_built_in_phrase_is_found_wherever_it_stands(phrase, before, after, is_loud, is_apart):
    for words in (phrase.phrase, *phrase.forms):
        text = before + (words.upper() if is_loud else words) + after
        text = unicodedata.normalize("NFD" if is_apart else "NFC", text)
        assert phrase in hits(BUILT_IN, text)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    assert all(each in BUILT_IN for each in hits(BUILT_IN, text))


@given(st.text(min_size=1, max_size=40), st.sampled_from(["nl", "en", "ar"]))
def test_what_a_space_adds_is_found_too_unless_there_is_no_word_in_it(text, language):
    own = Phrase(language, text, "Want.", "Liever zo.")
    assert hits([own], f"zie {text} hier") == ([own] if key_of(text) else [])
