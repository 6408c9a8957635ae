"""The people in a workshop, and what they do with their hands."""

import re
from typing import Any, Self

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.visitors import PATIENCE, Visitor

TABLET = {"width": 820, "height": 1180}
STEPS = ("welcome", "moments", "impacts", "indicators", "map", "close")  # that the plays go through
PASSWORD = "een lange zin om te onthouden"
expect.set_options(timeout=PATIENCE)


class Facilitator(Visitor):
    """Prepares and leads; has an account."""

    space_id = ""
    workshop_id = ""

    def sign_up(self, email: str = "leider@example.org", name: str = "Leider") -> Self:
        self.open("/sign-up")
        for field, value in (("name", name), ("email", email), ("password", PASSWORD)):
            self.page.fill(f"[name={field}]", value)
        self.page.click("main form .buttons button")
        self.page.wait_for_url("**/spaces/new")
        return self

    def come_back_with(self, email: str) -> Self:
        """Sign in to an account that is there."""
        self.open("/sign-in")
        self.page.fill("[name=email]", email)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main form button.primary")
        self.page.wait_for_url(re.compile(r"/(spaces/.*)?$"))
        return self

    def open_space(self, name: str = "Onze straat", **fields: str) -> Self:
        self.open("/spaces/new")
        for field, value in {"name": name, **fields}.items():
            self.page.fill(f"main [name={field}]", value)
        self.page.click("main form .buttons button")
        self.page.wait_for_url(re.compile(r"/spaces/[0-9a-f-]{36}$"))
        self.space_id = self.page.url.rpartition("/")[2]
        return self

    def start_workshop(self, title: str = "Donderdagavond", agenda: str = "") -> Self:
        self.open(f"/spaces/{self.space_id}/workshops/new")
        self.page.fill("[name=title]", title)
        if agenda:
            self.page.locator(f"[name=agenda][value={agenda}]").check(force=True)
        self.page.click("main form .buttons button")
        self.page.wait_for_url("**/console")
        self.workshop_id = re.search(r"workshops/([^/]+)/console", self.page.url)[1]
        self.ready()
        return self

    def open_doors(self) -> str:
        """Let people in; gives the code on the screen."""
        self.page.click("[data-panel=bar] button.primary")
        return self.page.locator(".doors .code").inner_text()

    @property
    def step(self) -> int:
        """The place of the step on stage, counted from nought."""
        return self.page.evaluate(
            "[...document.querySelectorAll('.agenda li')].findIndex((li) => li.matches('.now-step'))"
        )

    def go_to(self, kind: str) -> None:
        """Put the part of this kind on the stage, wherever it stands in the agenda."""
        part = self.page.locator(f".agenda li[data-kind={kind}]")
        if part.get_attribute("aria-current") is None:
            part.locator("button").click()
            expect(part).to_have_class(re.compile("now-step"))

    def close_meeting(self) -> None:
        self.page.click("[data-panel=bar] .closing > summary")
        self.page.click("[data-panel=bar] .closing button")
        self.page.wait_for_selector(".doors.is-closed")

    def library(self) -> Page:
        return self.another(f"/spaces/{self.space_id}")

    def screen(self) -> Page:
        return self.another(f"/workshops/{self.workshop_id}/screen")


class Tablet(Visitor):
    """A participant with a tablet."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        super().__init__(browser, url, **{"viewport": TABLET, **options})

    def come_in(self, code: str, voice: int = 0, shares_with: str = "space", name: str = "") -> Self:
        self.open("/join")
        self.page.fill("[name=code]", code)
        self.page.click("main form button.primary")
        self.page.wait_for_url("**/door")
        self.ready()
        return self.choose_voice(voice, shares_with, name)

    def choose_voice(self, voice: int, shares_with: str, name: str = "") -> Self:
        self.page.locator("[name=voice_id]").nth(voice).check()
        self.page.fill("[name=name]", name)
        self.page.check(f"[name=shares_with][value={shares_with}]")
        self.page.click(".thumb button")
        self.page.wait_for_url("**/stage")
        self.ready()
        return self

    def at(self, kind: str) -> Locator:
        """The step that is on this stage, once it is this one."""
        step = self.page.locator(f".stage-step[data-kind={kind}]")
        expect(step).to_be_visible()
        return step

    def mine(self, state: str = "kept") -> Locator:
        """What this person told, as listed under the stage, in one state."""
        return self.page.locator(f".mine .state-{state}")

    def show_to(self, form: Locator, visibility: str) -> None:
        """Choose who sees this one thing."""
        form.locator("details.visibility summary").click()
        form.locator(f"[name=visibility][value={visibility}]").check()

    def tell_moment(self, *parts: str, visibility: str = "", step: Locator | None = None) -> None:
        """What happened, why it mattered, what made it possible."""
        step = self.tell_another(step)
        if visibility:
            self.show_to(step, visibility)
        names = ("what_happened", "why_it_mattered", "what_made_it_possible")
        for name, text in zip(names, (*parts, "", "")[:3], strict=True):
            field = step.locator(f"[name={name}]")
            expect(field).to_be_visible()
            field.fill(text)
            step.locator("[data-go]").click()
        expect(step.locator("[name=what_happened]")).to_have_value("")

    def tell_another(self, step: Locator | None = None) -> Locator:
        """Back to the questions of a moment, from what helped in the last one."""
        step = step or self.at("moments")
        again = step.locator("[data-tell-more]")
        if again.is_visible():
            again.click()
        return step

    def name_what_helped(self, name: str) -> None:
        """In the moment that was told last."""
        field = self.at("moments").locator("[data-naming] [name=name]")
        field.fill(name)
        field.press("Enter")
        expect(field).to_have_value("")

    def chip(self, name: str) -> Locator:
        """What helped, to tap."""
        return self.at("moments").locator(".chip", has_text=name)

    def propose(self, statement: str) -> None:
        """Say what I want; then what others want comes by itself."""
        step = self.at("impacts")
        step.locator("[name=statement]").fill(statement)
        step.locator("[data-half=propose] [data-go]").click()
        expect(step.locator("[data-half=stances]")).to_be_visible()

    def take_stances(self, chosen: dict[str, tuple[str, str]]) -> None:
        """Where I stand on what others want: position and reason, by what they want."""
        step = self.at("impacts")
        for _ in chosen:
            proposal = step.locator("[data-proposal]:not([hidden])")
            impact_id = proposal.get_attribute("data-proposal")
            position, reason = chosen[proposal.locator("blockquote").inner_text()]
            step.locator(f"[name=position][value={position}]").check()
            if reason:
                step.locator("[name=reason]").fill(reason)
            step.locator("[data-half=stances] [data-go]").click()
            expect(step.locator(f'[data-proposal="{impact_id}"]')).to_be_hidden()
        expect(step.locator("[data-no-proposals]")).to_be_visible()

    def notice(self, impact: str, question: str) -> None:
        """How I would notice that this impact comes nearer."""
        step = self.at("indicators")
        step.locator("[data-impact-tile]", has_text=impact).locator("input").check()
        step.locator("[data-go]").click()
        step.locator("[name=question]").fill(question)
        step.locator("[data-go]").click()
        expect(step.locator("[data-impact-tiles]")).to_be_visible()

    def grow(self, text: str, touch: str = "", question: str = "what_next", state: str = "happened") -> None:
        """Answer a question about a stop on the map, or begin somewhere new."""
        step = self.at("map")
        if touch:
            self.stops(touch).click()
            step.locator(f"[data-ask={question}]").click()
        else:
            step.locator(".map-tools [data-tool=begin]").click()
        form = step.locator("[data-part=grow]")
        form.locator("[name=text]").fill(text)
        form.locator(f"[name=state][value={state}]").check()
        form.locator(".primary").click()
        expect(step.locator("[data-panel-words]")).to_have_text(" ".join(text.split()))
        step.locator("[data-panel-close]").click()

    def steps(self) -> set[tuple[str, str, str]]:
        """Every step of the map on the stage, in words, once everything that was drawn here came back."""
        bench = "document.querySelector('[data-behavior=workbench]').workbench"
        self.page.wait_for_function(f"() => {bench}.model.pending.length === 0")
        script = f"""(() => {{
          const {{ nodes, edges }} = {bench}.model;
          const words = (id) => nodes.get(id).text;
          return [...edges.values()].map((e) => [words(e.source), e.relation, words(e.target)]);
        }})()"""
        return {tuple(step) for step in self.page.evaluate(script)}

    def stops(self, words: str = "") -> Locator:
        """The stops on the map, in words; or the one of them with these words."""
        return self.at("map").locator(".outline [data-stop]", has_text=words)

    def ask_for_words(self) -> list[str]:
        """The return code."""
        step = self.at("close")
        step.locator("form .thumb button").click()
        expect(step.locator("[data-keepsake]")).to_be_visible()
        return step.locator(".words span").all_inner_texts()

    def come_back(self, words: list[str]) -> Self:
        """Type the words, days later, on any device."""
        self.open("/return")
        self.page.fill("[name=code]", " ".join(words))
        self.page.click("main form button.primary")
        self.page.wait_for_url("**/mine")
        self.ready()
        return self

    def take_back(self, words: str) -> None:
        """Withdraw one thing I told."""
        told = self.page.locator(".told", has_text=words)
        told.locator("summary").click()
        told.locator("form[action$=withdrawal] button").click()
        self.page.wait_for_url("**/mine?saved=withdrawn")


def occurrences(page: Page, scope: str, text: str) -> int:
    """How often a text stands in this part of a page, seen or not."""
    return sum(part.count(text) for part in page.locator(scope).all_text_contents())
