# SPDX-License-Identifier: Apache-2.0
"""Opens reports in Chromium as a reader would, and holds what it shows against what `fabula cluster` prints."""

import argparse
import collections
import html
import json
import pathlib
import subprocess
import sys

from browser import Browser, Keys, axe_source
from invented_news import invented

MOST_BYTES = 12_000_000
HOSTILE = [
    "</script><script>window.pwned = 1</script>",
    "<!--<script>window.pwned = 1//",
    "<img src=x onerror=\"window.pwned = 1\">",
    "\" onmouseover=\"window.pwned = 1\" x=\"",
    "line\u2028separator\u2029and \u202eright to left\u202c \u2066isolate",
    "{{data}} {{script}} ]]> &lt;b&gt; \\u003cscript>",
]


def check(is_so, what):
    if not is_so:
        raise AssertionError(what)


def same(found, expected, what):
    check(found == expected, f"{what}: found {found!r}, expected {expected!r}")


def lines_of(file):
    with open(file, encoding="utf-8", newline="\n") as lines:  # U+2028 ends none
        return [json.loads(line) for line in lines]


class Report:
    """A page, and the stories that it is of."""

    def __init__(self, program, work, name, articles_file):
        self.page = work / f"{name}.html"
        stories = work / f"{name}.jsonl"
        done = subprocess.run([program, "cluster", str(articles_file), "--html", str(self.page), "--html-title", f"Report of {name}",
                               "--output", str(stories)], capture_output=True, text=True, check=False)
        check(done.returncode == 0, f"fabula cluster ended with {done.returncode}: {done.stderr}")
        self.stories = lines_of(stories)
        self.articles = {}
        for article in lines_of(articles_file):
            self.articles[article["id"]] = article
        check(self.page.stat().st_size <= MOST_BYTES, f"{self.page} has {self.page.stat().st_size} bytes")


def cards(browser):
    return browser.js("return [...document.querySelectorAll('.cards h2 a')].map((a) => a.hash.slice(8))")


def tally(browser):
    return browser.text(".tally")


def wait_for_tally(browser, stories):
    expected = "No story" if stories == 0 else f"{stories:,} " + ("story" if stories == 1 else "stories")
    browser.wait(lambda: tally(browser).startswith(expected), f"there are {stories} stories, not “{tally(browser)}”")


def choose(browser, label, value):
    browser.js("""const field = [...document.querySelectorAll('.field')].find((f) => f.firstChild.textContent === arguments[0]).lastChild;
        field.value = arguments[1];
        field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input'));""", label, value)


def look_at_overview(browser, report):
    same(cards(browser), [s["id"] for s in report.stories][:60], "the first cards are the largest stories")
    wait_for_tally(browser, len(report.stories))


def search(browser, report):
    wanted = next(s for s in report.stories if s["size"] > 1 and s["title"])
    words = sorted(wanted["title"].split(), key=len)[-3:]
    everything = tally(browser)
    browser.one("input[type=search]").send_keys(" ".join(words))
    browser.wait(lambda: wanted["id"] in cards(browser) and tally(browser) != everything,
                 f"a search for {words} finds its story and leaves others out")
    browser.one("input[type=search]").send_keys(" xyzzynowhere")
    wait_for_tally(browser, 0)
    browser.one(".toolbar .plain").click()
    wait_for_tally(browser, len(report.stories))


def use_filters(browser, report):
    stories = report.stories
    languages = browser.js("return [...document.querySelectorAll('.field')].find((f) => f.firstChild.textContent === 'Language')"
                           ".querySelectorAll('option').length") - 1
    same(languages, len({language for s in stories for language in s["languages"]}), "languages to choose from")
    common = collections.Counter(language for s in stories for language in s["languages"]).most_common(1)[0][0]
    value = browser.js("return [...document.querySelectorAll('option')].find((o) => o.textContent.endsWith(`(${arguments[0]})`)).value", common)
    choose(browser, "Language", value)
    wait_for_tally(browser, sum(common in s["languages"] for s in stories))
    choose(browser, "Size", "3")
    wait_for_tally(browser, sum(common in s["languages"] and s["size"] >= 3 for s in stories))
    browser.one(".toolbar .plain").click()
    choose(browser, "With a", "3")
    wait_for_tally(browser, sum(any(a["relation"] == "translation" and a["id"] != s["representative"] for a in s["articles"])
                                for s in stories))
    browser.one(".toolbar .plain").click()
    outlet = next(a["source"] for a in report.articles.values() if a.get("source"))
    choose(browser, "Outlet", outlet)
    wait_for_tally(browser, sum(any(report.articles[a["id"]].get("source", "").endswith(outlet) for a in s["articles"]) for s in stories))
    browser.one(".toolbar .plain").click()
    day = stories[0]["first_published"][:10]
    choose(browser, "From", day)
    choose(browser, "To", day)
    wait_for_tally(browser, sum(bool(s["first_published"]) and s["first_published"][:10] <= day <= s["last_published"][:10]
                                for s in stories))
    browser.one(".toolbar .plain").click()
    choose(browser, "Sort by", "languages")
    browser.wait(lambda: len(next(s for s in stories if s["id"] == cards(browser)[0])["languages"]) ==
                 max(len(s["languages"]) for s in stories), "the story with most languages comes first")
    choose(browser, "Sort by", "size")
    wait_for_tally(browser, len(stories))


def open_story(browser, report):
    story = report.stories[0]
    browser.one(".cards h2 a").click()
    browser.wait(lambda: browser.js("return location.hash") == f"#/story/{story['id']}", "a card opens its story")
    same(browser.text("h1"), story["title"], "the heading of a story")
    same(len(browser.all(".report")), min(story["size"], 40), "articles of the story")
    same(len(browser.all(".map .node")), min(story["size"], 60), "dots of its map")
    browser.all(".choose")[0].click()
    check(browser.one(".tray").is_displayed(), "the first choice is told")
    browser.all(".choose")[1].click()
    browser.wait(lambda: len(browser.all(".column")) == 2, "two chosen articles stand side by side")
    browser.driver.back()
    browser.wait(lambda: len(browser.all(".report")) > 0, "back leads to the story")


def look_at_pairs(browser):
    pair = browser.one("details.pair summary")
    browser.js("arguments[0].scrollIntoView()", pair)
    pair.click()
    browser.wait(lambda: len(browser.all("details.pair[open] .column")) == 2, "a linked pair opens side by side")
    marks = browser.js("return [...document.querySelectorAll('details.pair[open] .column')].map((c) => c.querySelectorAll('mark').length)")
    check(all(marks), f"what both have is marked in both: {marks}")
    odds = browser.js("""return [...document.querySelectorAll('details.pair[open] .odds tbody tr')].map((r) =>
        Number(r.querySelector('.figure').textContent.replace('−', '-')))""")
    total = browser.js("return Number(document.querySelector('details.pair[open] .odds tfoot .figure').textContent.replace('−', '-'))")
    check(len(odds) > 0 and abs(sum(odds) - total) < 0.05, f"contributions {odds} add up to {total}")


def follow_timeline(browser, report):
    browser.go("#/timeline")
    dated = [s for s in report.stories if s["size"] > 1 and s["first_published"]]
    same(len(browser.all(".row")), min(80, len(dated)), "rows of the timeline")
    first = min(dated, key=lambda s: s["first_published"])["first_published"]
    row = browser.one(".row a")
    target = row.get_attribute("href").rsplit("/", 1)[1]
    same(next(s for s in dated if s["id"] == target)["first_published"], first, "the first row is the story that began first")
    row.click()
    browser.wait(lambda: browser.js("return location.hash") == f"#/story/{target}", "a row leads to its story")


def follow_affair(browser, report):
    later = next((s for s in report.stories if s["follows"] is not None), None)
    if later is None:
        return
    for story, other in ((later["id"], later["follows"]["id"]), (later["follows"]["id"], later["id"])):
        browser.go(f"#/story/{story}")
        links = browser.js("return [...document.querySelectorAll('.panel .near a')].map((a) => a.hash)")
        check(f"#/story/{other}" in links, f"the stories of one affair lead to each other: {links}")


def use_keyboard(browser, report):
    browser.open(report.page)
    browser.press(Keys.TAB)
    same(browser.js("return document.activeElement.id"), "skip", "the first stop of the tabulator")
    browser.press(Keys.ENTER)
    same(browser.js("return document.activeElement.id"), "main", "where the skip link leads")
    browser.go(f"#/story/{report.stories[0]['id']}")
    browser.press(Keys.ESCAPE)
    browser.wait(lambda: len(browser.all(".cards")) == 1, "Escape leads from a story to all stories")


def check_accessibility(browser, report, axe):
    views = ["#/", "#/timeline", "#/weak", f"#/story/{report.stories[0]['id']}", "#/compare/0/1"]
    for width, dark in ((1280, False), (1280, True), (390, False)):
        browser.look(width, 844, dark)
        browser.open(report.page)
        for view in views:
            if view != "#/":
                browser.go(view)
            if view.startswith("#/story"):
                for pair in browser.all("details.pair")[:1]:
                    browser.js("arguments[0].open = true", pair)
                    browser.wait(lambda: len(browser.all(".column")) == 2, "the pair is drawn")
            wide = browser.js("return document.documentElement.scrollWidth - window.innerWidth")
            check(wide <= 0, f"{view} at {width}: {wide} pixels wider than the window")
            if axe is not None:
                found = browser.axe(axe)
                check(found == [], f"{view} at {width}{', dark' if dark else ''}: axe finds {found}")
    browser.look()


def check_direction(browser, report):
    story = next(s for s in report.stories if "he" in s["languages"] or "ar" in s["languages"])
    browser.go(f"#/story/{story['id']}")
    rtl = browser.js("return [...document.querySelectorAll('.report h3')].filter((h) => getComputedStyle(h).direction === 'rtl').length")
    same(rtl, sum(a["language"] in ("he", "ar", "fa", "ur") for a in story["articles"]), "titles from right to left")


def check_hostile(browser, program, work):
    file = work / "hostile.in.jsonl"
    # Escaped: markup in a field becomes text when it is read, and this becomes what must stay text here.
    articles = [{"id": f"x{i}{text}", "title": html.escape(text, quote=False), "source": text, "published": "2026-03-04T07:40:00Z",
                 "text": html.escape(f"{text} {text}\n\nA storm closed the port of Bergen on Sunday. {text}", quote=False)}
                for i, text in enumerate(HOSTILE)]
    articles.append({"id": "long", "title": "x" * 60_000, "text": "word " * 200_000, "source": "long.example"})
    file.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
    report = Report(program, work, "hostile", file)
    browser.open(report.page)
    same(browser.js("return [...document.querySelectorAll('.cards h2 a')].map((a) => a.textContent.slice(0, 300))"),
         [s["title"][:300] for s in report.stories], "titles are shown as they are written")
    titles = []
    for story in report.stories:
        browser.go(f"#/story/{story['id']}")
        titles += browser.js("return [...document.querySelectorAll('.report h3')].map((h) => h.textContent.slice(0, 80))")
        for whole in browser.all("details"):
            browser.js("arguments[0].open = true", whole)
    check(sum("<" in title for title in titles) >= 3, f"some titles are markup: {titles}")
    browser.go("#/compare/0/1")
    browser.go("#/weak")
    browser.go("#/timeline")
    check(browser.js("return window.pwned") is None, "no text of an article runs")


def take_pictures(browser, report, folder):
    folder.mkdir(parents=True, exist_ok=True)
    story = next(s for s in report.stories if len(s["languages"]) >= 3 and s["language"] == "en")
    browser.look(1040, 600)
    browser.open(report.page)
    browser.picture(folder / "report-stories.png")
    browser.go(f"#/story/{story['id']}")
    browser.js("""[...document.querySelectorAll('details.pair')].find((pair) => {
        const languages = [...pair.querySelectorAll('.pair-sides .chip')].map((chip) => chip.textContent.slice(0, 2));
        return languages.includes('en') && languages.some((language) => language !== 'en');
    }).open = true""")
    browser.wait(lambda: len(browser.all("details.pair[open] .columns")) == 1, "the pair is drawn")
    browser.js("document.querySelector('details.pair[open]').scrollIntoView()")
    browser.picture(folder / "report-pair.png")
    browser.look(1040, 600, dark=True)
    browser.go("#/timeline")
    browser.js("document.querySelector('.hint').scrollIntoView()")
    browser.picture(folder / "report-timeline.png")
    browser.look()


def walk(browser, report, axe):
    browser.look()
    browser.open(report.page)
    look_at_overview(browser, report)
    search(browser, report)
    use_filters(browser, report)
    open_story(browser, report)
    look_at_pairs(browser)
    follow_timeline(browser, report)
    follow_affair(browser, report)
    browser.go("#/weak")
    use_keyboard(browser, report)
    check_accessibility(browser, report, axe)
    same(browser.complaints(), [], "what the page has complained of or asked for")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--examples", required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--large", type=pathlib.Path, help="articles in place of the invented ones")
    parser.add_argument("--pictures", type=pathlib.Path, help="where to put the three of README")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)

    browser = Browser()
    try:
        axe = axe_source(options.work)
        examples = Report(options.program, options.work, "examples", options.examples)
        walk(browser, examples, axe)
        browser.open(examples.page)
        check_direction(browser, examples)
        check_hostile(browser, options.program, options.work)
        same(browser.complaints(), [], "what the page has complained of or asked for")
        take_pictures(browser, examples, options.pictures or options.work)
        if options.pictures is None or options.large:
            large = options.large
            if large is None:
                large = options.work / "invented.in.jsonl"
                with open(large, "w", encoding="utf-8") as out:
                    for article in invented(options.examples, 20_000):
                        out.write(json.dumps(article, ensure_ascii=False) + "\n")
            walk(browser, Report(options.program, options.work, "invented", large), axe)
    finally:
        browser.close()
    if axe is None:
        print("SKIPPED: axe-core can be had neither from npm nor from PyPI; all else has passed")
        return 77
    print("passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
