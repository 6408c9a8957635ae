"""Coming in and going: accounts, guests with eight words, and who tries to be somebody else."""

import base64
import json
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from cocreate.accounts.models import Account, Person, SignIn, SignInLink
from cocreate.accounts.service import (
    find_account,
    make_sign_in_link,
    sign_up,
    use_sign_in_link,
)
from cocreate.core.db import session, utcnow
from tests.browser_without_scripts import Browser, form_of
from tests.conftest import PASSWORD, running
from tests.factories import make_account


def inside(cookie):
    """What a session cookie holds: it is signed, not secret."""
    value = cookie.partition("=")[2]
    is_packed, value = value.startswith("."), value.lstrip(".").split(".")[0]
    raw = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    return json.loads(zlib.decompress(raw) if is_packed else raw)


def count(app, table):
    with app.app_context():
        return session().scalar(select(func.count()).select_from(table))


# Accounts


def test_up_out_and_in_again(auth, client):
    assert auth.sign_up().location == "/spaces/new"
    assert client.get("/spaces/new").status_code == 200
    assert auth.sign_out().location == "/"
    assert client.get("/spaces/new").location == "/sign-in?next=/spaces/new"
    assert auth.sign_in(next="/spaces/new").location == "/spaces/new"
    assert client.get("/spaces/new").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 81),
        ("email", "noor"),
        ("email", "noor@plein"),
        ("email", "a" * 250 + "@b.nl"),
        ("password", "negen1234"),
        ("password", "x" * 201),
    ],
)
def test_what_does_not_fit_makes_no_account(app, auth, field, value):
    assert auth.sign_up(**{field: value}).status_code == 422
    assert count(app, Account) == 0


def test_an_address_has_one_account_in_whatever_letters(app, auth):
    auth.sign_up()
    auth.sign_out()
    answer = auth.sign_up(email=auth.email.upper())
    assert answer.status_code == 409
    assert "Er is al een account" in answer.text or "already an account" in answer.text
    assert count(app, Account) == 1
    assert auth.sign_in(email=auth.email.upper()).status_code == 303


def test_ten_people_with_one_address_make_one_account(any_database, together):
    answers = together(any_database, 10, lambda place: sign_up("een@adres.nl", f"Noor {place}", None))
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert {getattr(answer, "status", None) for answer in refused} == {409}
    assert len(refused) == 9
    assert count(any_database, Account) == count(any_database, Person) == 1


def test_an_address_that_grows_when_its_letters_get_small_is_measured_afterwards(auth):
    assert auth.sign_up(email="İ" * 200 + "@plein.nl").status_code == 422


@pytest.mark.parametrize("wrong", [{"password": "niet dit wachtwoord"}, {"email": "iemand@anders.nl"}])
def test_a_wrong_password_and_an_unknown_address_look_alike(auth, client, wrong):
    auth.sign_up()
    auth.sign_out()
    answer = auth.sign_in(**wrong)
    assert answer.status_code == 422
    assert "horen niet bij elkaar" in answer.text or "do not belong together" in answer.text
    assert client.get("/spaces/new").status_code == 303


def test_an_account_without_a_password_lets_no_password_in(app, auth):
    with app.app_context():
        make_account(email=auth.email)
    assert auth.sign_in(password="None").status_code == 422


def test_a_password_is_kept_as_argon2id_with_our_parameters_and_its_own_salt(app, auth):
    auth.sign_up()
    with app.app_context():
        sign_up("ander@plein.nl", "Ander", PASSWORD)
        hashes = list(session().scalars(select(Account.password_hash)))
    assert all(each.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for each in hashes)
    assert len(set(hashes)) == 2


# What a cookie is worth


def test_a_cookie_is_worth_nothing_after_signing_out(app, auth, client):
    auth.sign_up()
    stolen = client.cookie
    thief = Browser(app).accept(stolen)
    assert thief.get("/spaces/new").status_code == 200
    auth.sign_out()
    assert count(app, SignIn) == 0
    assert thief.get("/spaces/new").status_code == 303


def test_the_session_is_a_new_one_after_signing_in(app, auth, client):
    auth.sign_up()
    auth.sign_out()
    client.get("/sign-in")
    planted = client.cookie
    auth.sign_in()
    before, after = inside(planted), inside(client.cookie)
    assert before["csrf_token"] != after.get("csrf_token")
    assert Browser(app).accept(planted).get("/spaces/new").status_code == 303


def test_what_was_planted_in_a_session_is_gone_after_signing_in(app, auth, client, workshop):
    auth.sign_up()
    auth.sign_out()
    client.post("/join", {"code": workshop.code})
    assert inside(client.cookie)["door"] == str(workshop.id)
    auth.sign_in()
    assert "door" not in inside(client.cookie)


def test_signing_in_again_ends_the_sign_in_before(app, auth):
    auth.sign_up()
    auth.sign_in()
    assert count(app, SignIn) == 1


def test_the_cookie_keeps_a_token_and_the_database_only_its_hash(app, auth, client):
    auth.sign_up()
    token = inside(client.cookie)["_user_id"]
    with app.app_context():
        row = session().scalars(select(SignIn)).one()
        person_id = session().scalars(select(Account.person_id)).one()
    assert token.encode() not in row.token_hash
    assert str(person_id) not in json.dumps(inside(client.cookie))


def test_a_sign_in_ends_by_itself(app, auth, client):
    auth.sign_up()
    with app.app_context():
        session().scalars(select(SignIn)).one().expires_at = utcnow() - timedelta(seconds=1)
        session().commit()
    assert client.get("/spaces/new").status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(client):
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("cocreate=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_the_cookie_belongs_to_this_host_alone(config):
    for app in running(replace(config, base_url="https://cocreate.example")):
        cookie = Browser(app).get("/sign-in", base_url="https://cocreate.example").headers["Set-Cookie"]
        assert cookie.startswith("__Host-cocreate=")
        assert "Secure;" in cookie
        assert "Domain" not in cookie


@pytest.mark.parametrize("target", ["/mine", "/spaces/new?x=1", "/spaces/é"])
def test_a_local_target_is_followed(auth, target):
    auth.sign_up()
    auth.sign_out()
    answer = auth.sign_in(next=target)
    assert answer.location.startswith(target[:8])


FOREIGN = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "///evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    "evil.example",
    " //evil.example",
    "//[",
    "/\u2028/evil.example",
    "data:text/html,x",
]


@pytest.mark.parametrize("target", FOREIGN)
def test_no_target_leads_to_another_site(auth, client, target):
    auth.sign_up()
    assert client.post("/language", {"language": "en", "next": target}).location == "/"
    auth.sign_out()
    assert auth.sign_in(next=target).location == "/"
    page = client.get("/sign-in", query_string={"next": target})
    assert form_of(page.text, **{"class": "form"}).values["next"] == ""


def test_a_language_is_kept_over_signing_in_and_out(auth, client):
    client.post("/language", {"language": "en"})
    assert '<html lang="en">' in client.get("/").text
    auth.sign_up()
    assert '<html lang="en">' in client.get("/").text
    auth.sign_out()
    assert '<html lang="en">' in client.get("/").text
    client.post("/language", {"language": "xx"})
    assert '<html lang="en">' in client.get("/").text


def test_the_browser_chooses_the_language_of_who_chose_none(client):
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "en-GB"}).text
    assert '<html lang="nl">' in client.get("/", headers={"Accept-Language": "fr"}).text


# Links


def use_link(browser, token):
    return browser.submit(
        form_of(browser.get("/sign-in/link").text, **{"class": "form"}), "/sign-in/link", token=token
    )


def test_a_link_signs_in_once(app, client, new_browser):
    with app.app_context():
        token = make_sign_in_link(make_account())
    assert use_link(client, token).status_code == 303
    assert client.get("/spaces/new").status_code == 200
    other = new_browser()
    assert use_link(other, token).status_code == 422
    assert other.get("/spaces/new").status_code == 303


def test_of_twenty_at_once_one_comes_in_with_a_link(any_database, together):
    with any_database.app_context():
        person_id = make_account()
        token = make_sign_in_link(person_id)
    answers = together(any_database, 20, lambda _place: use_sign_in_link(token))
    assert sorted(map(str, answers)) == sorted([str(person_id), *["None"] * 19])


def test_an_old_link_does_not_work_and_is_gone(app, client):
    with app.app_context():
        token = make_sign_in_link(make_account(), timedelta(seconds=-1))
    assert use_link(client, token).status_code == 422
    assert count(app, SignInLink) == 0


def test_looking_at_a_link_does_not_use_it(app, client):
    with app.app_context():
        make_sign_in_link(make_account())
    client.get("/sign-in/link")
    client.client.head("/sign-in/link")
    assert count(app, SignInLink) == 1


def test_a_helper_can_be_let_in_from_the_command_line(app, auth, client):
    with app.app_context():
        make_account(email=auth.email)
        assert find_account(auth.email)
    answer = app.test_cli_runner().invoke(args=["account", "link", auth.email.upper()])
    token = answer.output.strip().partition("#")[2]
    assert use_link(client, token).status_code == 303
    assert "no account" in app.test_cli_runner().invoke(args=["account", "link", "wie@wat.nl"]).output
