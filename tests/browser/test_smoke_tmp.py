from tests.browser.people import Facilitator, Tablet
def test_a(hall, server, wifi):
    f = hall.welcome(Facilitator).sign_up().open_space(own_voices="Mantelzorger", word_impact="Wat we willen", purpose="Samen.")
    code = f.start_workshop().open_doors()
    t = hall.welcome(Tablet, url=wifi.url, locale="nl-NL").come_in(code, 4)
    f.go_to("moments")
    t.tell_moment("een", "twee", "drie")
    from playwright.sync_api import expect
    expect(t.mine()).to_have_count(1)
    f.go_to("impacts")
    t.propose("iets")
    t.at("impacts")
    f.go_to("map"); t.at("map"); t.grow("begin"); t.grow("verder", touch="begin")
    f.go_to("close")
    print(t.ask_for_words())
    print(server.rows("select count(*) from moment"))
