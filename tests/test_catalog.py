"""The Dutch catalogue: every sentence, and each of them whole."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from cocreate.core.i18n import LANGUAGES, SOURCE, TRANSLATIONS
from cocreate.impacts import polis
from cocreate.indicators import instrument_files, scoring
from cocreate.trajectories import formats

ROOT = Path(__file__).parents[1]
OTHERS = sorted(set(LANGUAGES) - {SOURCE})
PLACE = re.compile(r"%\((\w+)\)([a-z])|%(?!\()(.)")
SENTENCE = re.compile(r"(?s)(?=.* )(?:[A-Z].*|.*%\(\w+\)s.*)\.")
TAG = re.compile(r"</?[a-z][^>]*>")

Ids = tuple[str, ...]


def extra_keywords() -> dict[str, tuple[int, ...] | None]:
    """What `make catalog` looks for besides gettext's own names."""
    recipe = (ROOT / "Makefile").read_text().partition("\ncatalog:")[2].partition("\n\n")[0]
    return dict(parse_keywords(re.findall(r"-k (\S+)", recipe)))


@cache
def written() -> dict[Ids, str]:
    """Every sentence in the code and the templates, with a place where it stands."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_ngettext": (1, 2), **extra_keywords()}
    found = extract_from_dir(str(ROOT), methods, options, keywords)
    return {
        ids if isinstance(ids, tuple) else (ids,): f"{name}:{line}"
        for name, line, ids, _comments, _context in found
    }


@cache
def catalog(language: str) -> Catalog:
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    assert path.is_file(), f"{path.relative_to(ROOT)} is not there: make catalog"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def ids_of(message: Message) -> Ids:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def strings_of(message: Message) -> Ids:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalog(language) if message.id)


def places(text: str) -> set[tuple[str, ...]]:
    return set(PLACE.findall(text))


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_there_and_no_other(language: str) -> None:
    told = {ids_of(message) for message in messages(language)}
    missing = {ids: place for ids, place in written().items() if ids not in told}
    assert missing == {}
    assert told - set(written()) == set(), "no longer in the code: make catalog"


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(language: str) -> None:
    assert [message.id for message in messages(language) if message.fuzzy] == []
    assert list(catalog(language).obsolete) == []
    assert [
        message.id for message in messages(language) if not all(text.strip() for text in strings_of(message))
    ] == []


@pytest.mark.parametrize("language", OTHERS)
def test_plurals_have_all_their_forms(language: str) -> None:
    forms = catalog(language).num_plurals
    assert forms > 1
    plural = [message for message in messages(language) if isinstance(message.id, tuple)]
    assert plural
    assert [message.id for message in plural if len(strings_of(message)) != forms] == []
    single = [message for message in messages(language) if not isinstance(message.id, tuple)]
    assert [message.id for message in single if isinstance(message.string, tuple)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_is_the_same_on_both_sides(language: str) -> None:
    wrong = []
    for message in messages(language):
        expected = set().union(*(places(text) for text in ids_of(message)))
        for text in strings_of(message):
            # One of a thing may go without its number, as in “one person”, but never with another name.
            spare = {place for place in expected if place[0] == "num"} if len(ids_of(message)) > 1 else set()
            if not expected - spare <= places(text) <= expected:
                wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_edges_lines_and_marks_are_the_same_on_both_sides(language: str) -> None:
    wrong = []
    for message in messages(language):
        model = ids_of(message)[-1]
        for text in strings_of(message):
            edges = [
                (each[: len(each) - len(each.lstrip())], each[len(each.rstrip()) :]) for each in (model, text)
            ]
            same = edges[0] == edges[1] and model.count("\n") == text.count("\n")
            if not same or sorted(TAG.findall(model)) != sorted(TAG.findall(text)):
                wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("other", [r"\bregie", r"etiket"])
def test_one_thing_has_one_word(other: str) -> None:
    """In Dutch it is the console, and a label; not now this word and then that."""
    found = re.compile(other, re.IGNORECASE)
    said = [text for message in messages("nl") for text in strings_of(message)]
    assert [text for text in said if found.search(text)] == []


def test_every_sentence_can_be_filled_in_as_it_is_written() -> None:
    for ids, place in written().items():
        for text in ids:
            values = {name: 1 for name, _kind, _bare in places(text) if name}
            bare = [bare for _name, _kind, bare in places(text) if bare not in ("", "%")]
            assert bare == [], f"{place}: {text}"
            if values:
                assert text % values


def sentences(path: Path) -> Iterator[str]:
    """Every text in a module that is not a docstring."""
    tree = ast.parse(path.read_text())
    explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            yield node.value


def sources(module: object) -> Iterator[Path]:
    folder = Path(str(getattr(module, "__file__", ""))).parent
    yield from sorted(folder.rglob("*.py"))


@pytest.mark.parametrize(
    "module",
    [polis, formats, instrument_files, scoring],
    ids=lambda module: module.__name__.rpartition(".")[2],
)
def test_what_is_said_about_files_can_be_translated(module: object) -> None:
    """Their sentences are marked where they stand, because these modules know no web and no language."""
    said = {text for path in sources(module) for text in sentences(path) if SENTENCE.fullmatch(text)}
    assert len(said) > 10
    assert said - {text for ids in written() for text in ids} == set()


def test_every_remark_on_a_file_is_a_sentence() -> None:
    """What is counted, in at least two words, and how many."""
    remark = re.compile(r"[A-Z][^:]* [^:]*: %\(count\)s\.")
    said = {text for path in sources(formats) for text in sentences(path) if "%(count)s" in text}
    assert len(said) > 20
    for text in said:
        dutch = [strings_of(message)[0] for message in messages("nl") if message.id == text]
        assert [each for each in (text, *dutch) if not remark.fullmatch(each)] == []
        assert len(dutch) == 1


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_is_what_people_read(language: str) -> None:
    """A sentence of each kind comes out translated, through the very path that pages use."""
    from cocreate.core.i18n import read_catalog

    translations = read_catalog(language)
    for message in messages(language):
        ids, strings = ids_of(message), strings_of(message)
        if len(ids) == 1:
            assert translations.gettext(ids[0]) == strings[0]
        else:
            assert translations.ngettext(*ids, 1) == strings[0]
            assert translations.ngettext(*ids, 2) == strings[1]
