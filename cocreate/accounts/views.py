"""Signing up, in and out; coming back with a return code."""

from urllib.parse import quote

from flask import Blueprint, current_app, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from cocreate.accounts import service
from cocreate.accounts.forms import LinkForm, ReturnForm, SignInForm, SignUpForm
from cocreate.accounts.identity import current_person_id, is_guest, let_in, let_out
from cocreate.accounts.rules import UnknownWord, WrongLength, read_return_code
from cocreate.core.forms import Form, given_form, text_of
from cocreate.core.i18n import local_target
from cocreate.core.problems import Conflict, NotFound
from cocreate.core.qr import qr_data_uri
from cocreate.core.security import address, limiter, only_failures

blueprint = Blueprint("accounts", __name__)


def _guesses() -> str:
    return str(current_app.extensions["cocreate"].guesses)


@blueprint.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> ResponseReturnValue:
    """Make an account."""
    if request.method != "POST":
        return render_template("accounts/sign_up.html", form=SignUpForm(formdata=None))
    form = given_form(SignUpForm)
    if not form.validate():
        return render_template("accounts/sign_up.html", form=form), 422
    try:
        person_id = service.sign_up(text_of(form.email), text_of(form.name), text_of(form.password))
    except Conflict as conflict:
        form.email.errors = [str(conflict.message)]
        return render_template("accounts/sign_up.html", form=form), 409
    let_in(person_id)
    return redirect("/spaces/new", 303)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(_guesses, methods=["POST"], deduct_when=only_failures)
def sign_in() -> ResponseReturnValue:
    """Come in with an address and a password."""
    if request.method != "POST":
        form = SignInForm(formdata=None)
        form.next.data = local_target(request.args.get("next"), "")
        return render_template("accounts/sign_in.html", form=form)
    form = given_form(SignInForm)
    if form.validate():
        person_id = service.check_password(text_of(form.email), text_of(form.password))
        if person_id:
            let_in(person_id)
            return redirect(local_target(form.next.data), 303)
        form.password.errors = [_("This address and this password do not belong together.")]
    return render_template("accounts/sign_in.html", form=form), 422


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Leave; whoever has the cookie has nothing any more."""
    given_form(Form)
    let_out()
    answer = make_response(redirect("/", 303))
    answer.headers["Clear-Site-Data"] = '"cache"'  # never the storage: contributions may still wait there
    return answer


@blueprint.route("/sign-in/link", methods=["GET", "POST"])
@limiter.limit(_guesses, methods=["POST"], deduct_when=only_failures)
def link() -> ResponseReturnValue:
    """Come in with a link. Its token stands behind the #, so that no log ever sees it in an address."""
    if request.method != "POST":
        return render_template("accounts/link.html", form=LinkForm(formdata=None))
    form = given_form(LinkForm)
    person_id = service.use_sign_in_link(text_of(form.token)) if form.validate() else None
    if person_id is None:
        problem = _("This link was used before, or it is too old. Ask for a new one.")
        return render_template("accounts/link.html", form=form, problem=problem), 422
    let_in(person_id)
    return redirect("/", 303)


@blueprint.route("/return", methods=["GET", "POST"])
@limiter.limit(_guesses, methods=["POST"], deduct_when=only_failures)
def come_back() -> ResponseReturnValue:
    """A guest comes back with eight words."""
    if request.method != "POST":
        return render_template("accounts/return.html", form=ReturnForm(formdata=None))
    form = given_form(ReturnForm)
    if form.validate():
        person_id = _person_behind(form)
        if person_id:
            let_in(person_id)
            return redirect("/mine", 303)
    return render_template("accounts/return.html", form=form), 422


def _person_behind(form: ReturnForm):  # type: ignore[no-untyped-def]
    try:
        code = read_return_code(text_of(form.code))
    except UnknownWord as unknown:
        hint = _("Did you mean “%(word)s”?", word=unknown.suggestion) if unknown.suggestion else ""
        sentence = _("“%(word)s” is not one of our words.", word=unknown.word)
        form.code.errors = [f"{sentence} {hint}".strip()]
        return None
    except WrongLength as wrong:
        form.code.errors = [
            ngettext(
                "You typed %(num)s word. A return code has eight.",
                "You typed %(num)s words. A return code has eight.",
                wrong.count,
            )
        ]
        return None
    person_id = service.use_return_code(code)
    if person_id is None:
        form.code.errors = [_("We do not know this code. Check the words once more.")]
    return person_id


@blueprint.post("/return-codes")
@limiter.limit("20 per hour", key_func=lambda: f"{address()} {current_person_id()}")
def give_code() -> ResponseReturnValue:
    """A private code for a guest, in words and as a picture. It is shown this once."""
    given_form(Form)
    person_id = current_person_id()
    if person_id is None or not is_guest():
        raise NotFound
    code = service.give_return_code(person_id)
    base = current_app.extensions["cocreate"].base_url or request.host_url
    url = f"{base.rstrip('/')}/return#{quote(code)}"
    if request.is_json:
        return jsonify(words=code.split("-"), url=url, qr=qr_data_uri(url)), 201
    return render_template("accounts/code.html", words=code.split("-"), qr=qr_data_uri(url)), 201
