#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes forms: routine news of which only the fillings differ, such as earthquake bulletins and results of a match.

Two such articles share nearly all their words and yet report two events. What tells them apart are the names, numbers
and dates, and that must be learned from many of them. All templates (forms/LANGUAGE.txt) are our own, and all names are
invented.

Each event is a story. About a tenth of them are reported two or three times: by another outlet in other words, or in
another language. Events of a kind and language are drawn from hashes: the first five are the same with any --fillings.
--split divides the kinds of form, so that what is learned from some can be measured with others.

What stands in the braces of a template: {name} is a filling; {name:one|other} is one of some wordings, the same for all reports of an
event. Numbers, dates and names are written as the language does.
"""

import argparse
import datetime
import decimal
import json
import pathlib
import re
import sys
import tempfile
import unicodedata

sys.dont_write_bytecode = True  # no __pycache__ in the source tree
import form_names
from form_names import Draw, Name

TEMPLATES = pathlib.Path(__file__).parent / "forms"
LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "pl", "ru", "tr", "zh")
RETOLD_SHARE = 0.1
SLOT = re.compile(r"\{(\w+)(?::([^{}]*))?\}")

# What fills the slots of each kind, besides the common ones of `common_fillings`:
#   (low, high)         a whole number that reads well with one form of a noun in each language, see `whole_number`
#   ("any", low, high)  any whole number;  ("step", low, high, step)
#   ("dec", low, high)  a decimal number, from and to as written; ("price", ...) the same on the scale of the currency
#   number n            one of n wordings
#   "share"             that percentage of the staff, about
# "unique": slots whose values no two events of a kind and language share all of. "office_hours_from": on working days only,
# from that hour on.
KINDS = {
    "train": {
        "results": {"unique": ("company",), "office_hours_from": 6, "revenue": (120, 4800), "growth": ("dec", "1.2", "18.9"),
                    "profit": (12, 390), "staff": (400, 38000), "quarter": 4, "way": 2},
        "earthquake": {"unique": ("town", "time", "date"), "magnitude": ("dec", "3.1", "5.9"), "depth": (12, 60),
                       "distance": (12, 90), "bearing": 4},
        "gold": {"unique": ("town", "date"), "gram": ("price", "61.20", "64.90"), "dollar": ("price", "0.90", "0.95"),
                 "change": ("dec", "0.2", "1.9"), "way": 2},
        "weather": {"unique": ("town", "date"), "low": (3, 12), "high": (14, 33), "wind": (12, 48), "chance": (12, 78),
                    "sky": 4},
        "accident": {"unique": ("town", "road", "time", "date"), "road": (20, 480), "injured": (2, 6), "age": (19, 84),
                     "hours": (2, 4), "cause": 3},
        "football": {"unique": ("town", "town2"), "goals": (2, 5), "against": ("any", 0, 1), "half": ("any", 1, 1),
                     "minute": ("step", 54, 89, 5), "attendance": (1200, 18900), "matchday": ("step", 4, 34, 5)},
        "obituary": {"unique": ("person",), "age": (68, 97), "years": (22, 45), "job": 4},
        "horoscope": {"unique": ("sign", "date"), "sign": 12, "mood": 4, "love": 4, "work": 4, "lucky": ("any", 1, 49)},
        "software": {"unique": ("product", "version"), "fixes": (12, 180), "size": (18, 420)},
        "roadworks": {"unique": ("town", "town2", "road"), "road": (20, 480), "km": (2, 14), "cost": (3, 38),
                      "minutes": ("step", 5, 25, 5)},
        "election": {"unique": ("town",), "winner": ("dec", "50.2", "61.8"), "loser": ("dec", "24.0", "37.9"),
                     "turnout": ("dec", "41.2", "74.9"), "votes": (2300, 48000)},
        "jobcuts": {"unique": ("company",), "office_hours_from": 6, "staff": (900, 38000), "percent": ("dec", "3.0", "18.0"),
                    "jobs": "share", "months": (12, 24)},
    },
    "heldout": {
        "lottery": {"unique": ("draw",), "bonus": ("any", 1, 12), "jackpot": (3, 48)},
        "fire": {"unique": ("town", "time", "date"), "crew": (22, 120), "damage": (20, 900), "hours": (2, 4),
                 "building": 4},
        "court": {"unique": ("town", "age", "amount", "date"), "office_hours_from": 9, "age": (22, 64),
                  "years": (2, 9), "amount": (12, 900), "offence": 4},
        "market": {"unique": ("town", "date"), "office_hours_from": 17, "points": ("dec", "4200.1", "15900.9"),
                   "percent": ("dec", "0.1", "2.4"), "best": ("dec", "2.1", "7.9"), "worst": ("dec", "2.1", "7.9"),
                   "way": 2},
        "storm": {"unique": ("town", "date"), "gust": (75, 128), "rain": (22, 85), "level": 3},
        "museum": {"unique": ("town",), "exhibits": (120, 4600), "cost": (3, 48), "area": (650, 8900), "theme": 4},
    },
}

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
DATE_FORMS = {"de": "{}. {}", "es": "{} de {}"}
DAYS = {  # Monday first
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "zh": "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
}
# "on Monday"; where a preposition and the day change together, each by itself.
ON_DAY_FORMS = {"en": "on {}", "de": "am {}", "es": "el {}", "tr": "{} günü", "ar": "يوم {}"}
ON_DAYS = {
    "pl": ["w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę"],
    "ru": ["в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"],
}
THOUSANDS = {"en": ",", "ar": ",", "zh": "", "fr": "\u202f", "ru": "\u00a0", "pl": "\u00a0"}  # others: a full stop
POINT_LANGUAGES = ("en", "ar", "zh")  # others write a decimal comma

# Currency of each language: its symbol, how much of it a euro is, and its name as after "million" in each language.
CURRENCIES = {
    "en": ("£", "0.86", {"en": "pounds", "de": "Pfund", "fr": "livres", "es": "libras", "it": "sterline", "pl": "funtów",
                         "ru": "фунтов", "tr": "sterlin", "ar": "جنيه إسترليني", "zh": "英镑"}),
    "": ("€", "1", {"en": "euros", "de": "Euro", "fr": "euros", "es": "euros", "it": "euro", "pl": "euro", "ru": "евро",
                    "tr": "avro", "ar": "يورو", "zh": "欧元"}),
    "pl": ("zł", "4.3", {"en": "zlotys", "de": "Zloty", "fr": "zlotys", "es": "zlotys", "it": "zloty", "pl": "złotych",
                         "ru": "злотых", "tr": "zloti", "ar": "زلوتي", "zh": "兹罗提"}),
    "ru": ("₽", "98", {"en": "roubles", "de": "Rubel", "fr": "roubles", "es": "rublos", "it": "rubli", "pl": "rubli",
                       "ru": "рублей", "tr": "ruble", "ar": "روبل", "zh": "卢布"}),
    "tr": ("₺", "35", {"en": "liras", "de": "Lira", "fr": "livres turques", "es": "liras", "it": "lire", "pl": "lir",
                       "ru": "лир", "tr": "lira", "ar": "ليرة", "zh": "里拉"}),
    "ar": ("AED", "4", {"en": "dirhams", "de": "Dirham", "fr": "dirhams", "es": "dirhams", "it": "dirham",
                        "pl": "dirhamów", "ru": "дирхамов", "tr": "dirhem", "ar": "درهم", "zh": "迪拉姆"}),
    "zh": ("¥", "7.8", {"en": "yuan", "de": "Yuan", "fr": "yuans", "es": "yuanes", "it": "yuan", "pl": "juanów",
                        "ru": "юаней", "tr": "yuan", "ar": "يوان", "zh": "元"}),
}


class InputError(Exception):
    """A fault of a template or an option: a sentence that names the file and the value."""


def read_templates(language):
    """{kind: [(title, text)]}"""
    path = TEMPLATES / f"{language}.txt"
    slots_of = {kind: slots for kinds in KINDS.values() for kind, slots in kinds.items()}
    common = common_fillings(Draw(), "en", {"en": form_names.towns("en", 0)}, datetime.date(2023, 5, 15))
    found = {}
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for header, title, text in zip(lines[::3], lines[1::3], lines[2::3]):
        kind = header.removeprefix("== ")
        if not header.startswith("== ") or kind not in slots_of:
            raise InputError(f"{path}: {header!r} is not '== KIND' with one of {', '.join(slots_of)}")
        for name, wordings in SLOT.findall(title + text):
            expected = slots_of[kind].get(name, common.get(name))
            count = wordings.count("|") + 1
            if expected is None or (isinstance(slots_of[kind].get(name), int) and expected != count):
                raise InputError(f"{path}: {kind}: {{{name}:{wordings}}} with {count} wordings; expected {expected}")
        if re.search("[{}]", SLOT.sub("", title + text)):
            raise InputError(f"{path}: {kind}: a brace without its other in {title!r} or {text!r}")
        found.setdefault(kind, []).append((title, text))
    if len(lines) % 3:
        raise InputError(f"{path}: {len(lines)} lines are not three a form: header, title, text")
    return found


def whole_number(draw, low, high):
    """None that ends in 1, and beyond a hundred none that ends in 01 to 10: after those Russian and Arabic nouns differ."""
    while True:
        n = low + draw.below(high - low + 1)
        if n % 10 != 1 and not (n > 100 and 0 < n % 100 <= 10):
            return n


def filling(draw, spec, scale):
    if isinstance(spec, int):
        return draw.below(spec)
    if spec[0] == "any":
        return spec[1] + draw.below(spec[2] - spec[1] + 1)
    if spec[0] == "step":
        return spec[1] + spec[3] * draw.below((spec[2] - spec[1]) // spec[3] + 1)
    if spec[0] in ("dec", "price"):
        low, high = (decimal.Decimal(value) for value in spec[1:])
        unit = decimal.Decimal(1).scaleb(low.as_tuple().exponent)
        value = low + unit * draw.below(int((high - low) / unit) + 1)
        return (value * scale).quantize(unit) if spec[0] == "price" else value
    return whole_number(draw, *spec)


def common_fillings(draw, language, towns, week):
    """What any kind of form may name. The day is one of a week that begins on the 12th to 17th of a month: dates from the
    12th to the 28th need no other article in Italian and no ordinal in French."""
    towns = towns[language]
    pick = [draw.below(len(towns)) * draw.below(len(towns)) // len(towns) for _ in range(2)]  # some are named more often
    if pick[0] == pick[1]:
        pick[1] = (pick[1] + 1) % len(towns)
    day = week + datetime.timedelta(days=draw.below(7))
    minute = 6 * 60 + draw.below(14 * 60)
    until = day + datetime.timedelta(days=12 + draw.below(40))
    numbers = set()
    while len(numbers) < 5:
        numbers.add(1 + draw.below(50))
    people = [form_names.person(language, draw) for _ in range(2)]
    companies = [form_names.company(language, draw) for _ in range(2)]
    return {
        "town": towns[pick[0]], "town2": towns[pick[1]],
        "person": people[0], "person2": people[1], "company": companies[0], "company2": companies[1],
        "product": form_names.program(draw), "version": f"{1 + draw.below(9)}.{draw.below(20)}",
        "date": day, "onday": day, "tomorrow": day + datetime.timedelta(days=1),
        "tomorrow_day": day + datetime.timedelta(days=1), "until": until.replace(day=12 + until.day % 17),
        "time": datetime.time(minute // 60, minute % 60), "end": datetime.time(3 + draw.below(9)),
        "currency": language, "symbol": language,
        "numbers": ", ".join(str(n) for n in sorted(numbers)), "draw": str(4000 + draw.below(5000)),
    }


def event_fillings(seed, kind, slots, language, index, towns, taken):
    """The fillings of one event, or None if there are no others than those that were taken."""
    week = datetime.date(2023, 1, 12) + datetime.timedelta(days=Draw(seed, "week").below(6))
    week = week.replace(month=1 + Draw(seed, "month").below(12))
    for attempt in range(200):
        draw = Draw(seed, kind, language, index, attempt)
        values = common_fillings(draw, language, towns, week)
        hour = slots.get("office_hours_from")
        if hour is not None and (values["date"].weekday() >= 5 or values["time"].hour < hour):
            continue
        scale = decimal.Decimal(currency_of(language)[1])
        values |= {name: filling(draw, spec, scale) for name, spec in slots.items()
                   if name not in ("unique", "office_hours_from") and spec != "share"}
        if "jobs" in slots:
            values["jobs"] = round(values["staff"] * values["percent"] / 2000) * 20
            values["percent"] = (decimal.Decimal(values["jobs"] * 100) / values["staff"]).quantize(decimal.Decimal("0.1"))
        key = tuple(render(values[name], name, language, "") for name in slots["unique"])
        if key not in taken:
            taken.add(key)
            return values
    return None


def currency_of(language):
    return CURRENCIES.get(language, CURRENCIES[""])


def render(value, name, language, wordings):
    """A filling as the language writes it."""
    if wordings:
        return wordings.split("|")[value]
    if name == "currency":
        return currency_of(value)[2][language]
    if name == "symbol":
        return currency_of(value)[0]
    if isinstance(value, Name):
        return value.written_in(language)
    if isinstance(value, datetime.time):
        return value.strftime("%Hh%M" if language == "fr" else "%H:%M")
    if isinstance(value, datetime.date):
        forms = ON_DAY_FORMS.get(language, "{}")
        day = DAYS[language].split()[value.weekday()]
        if name == "onday":
            return ON_DAYS[language][value.weekday()] if language in ON_DAYS else forms.format(day)
        if name == "tomorrow_day":
            return day
        if language == "zh":
            return f"{value.month}月{value.day}日"
        return DATE_FORMS.get(language, "{} {}").format(value.day, MONTHS[language].split()[value.month - 1])
    if isinstance(value, (int, decimal.Decimal)):
        text = f"{value:,}" if value >= 10000 else str(value)
        thousands = THOUSANDS.get(language, ".")
        point = "." if language in POINT_LANGUAGES else ","
        return "".join({",": thousands, ".": point}.get(c, c) for c in text)
    return value


def fill(template, values, language):
    text = SLOT.sub(lambda slot: render(values[slot[1]], slot[1], language, slot[2] or ""), template)
    if language == "fr":
        text = text.replace(" de euros", " d'euros")
    if language == "ar":
        text = re.sub(r"\b([3-9]|10) مليون\b", r"\1 ملايين", text)
    if language == "zh":  # counts by ten thousands and hundred millions
        text = re.sub(r"(\d+)百万", lambda n: f"{int(n[1]) / 100:g}亿" if int(n[1]) >= 100 else f"{n[1]}00万", text)
        text = re.sub(r"(\d+)千", lambda n: f"{int(n[1]) / 10:g}万", text)
    return text[:1].upper() + text[1:]


def reports_of(draw, kind, language, templates):
    """[(language, number of the template)]: nearly always one."""
    reports = [(language, draw.below(len(templates[language][kind])))]
    more = 0
    if draw.below(1000) < 1000 * RETOLD_SHARE:
        more = 2 if draw.below(10) < 3 else 1
    for _ in range(more):
        same = [(language, n) for n in range(len(templates[language][kind])) if (language, n) not in reports]
        others = [(code, n) for code in sorted(templates) if code not in [r[0] for r in reports]
                  for n in range(len(templates[code].get(kind, [])))]
        choice = same if same and (not others or draw.below(10) < 6) else others
        if choice:
            reports.append(draw.of(choice))
    return reports


def outlet(kind, language, number, towns, seed):
    """One outlet writes by one template, though one of another kind may be its own too."""
    name = towns[language][10 * number + Draw(seed, "outlet", kind, language).below(10)].latin
    plain = form_names.ascii_of(name).lower().replace(" ", "-")
    return f"{unicodedata.normalize('NFC', plain)}-news.example"


def make_forms(split, languages, fillings, seed, undated):
    """The articles, the earliest first, and what was short: [(kind, language, number of events)]."""
    templates = {language: read_templates(language) for language in languages}
    towns = {language: form_names.towns(language, seed) for language in languages}
    articles = []
    short = []
    for kind, slots in KINDS[split].items():
        for home in (language for language in languages if kind in templates[language]):
            taken = set()
            for index in range(fillings):
                values = event_fillings(seed, kind, slots, home, index, towns, taken)
                if values is None:
                    short.append((kind, home, index))
                    break
                story = f"{kind}-{home}-{index}"
                draw = Draw(seed, "reports", story)
                published = datetime.datetime.combine(values["date"], values["time"])
                for number, (language, which) in enumerate(reports_of(draw, kind, home, templates)):
                    published += datetime.timedelta(minutes=10 + draw.below(90))
                    title, text = templates[language][kind][which]
                    article = {"id": f"{story}-{number}", "title": fill(title, values, language),
                               "text": fill(text, values, language), "language": language, "story": story,
                               "published": published.strftime("%Y-%m-%dT%H:%M:%SZ"),
                               "source": outlet(kind, language, which, towns, seed), "topic": kind}
                    articles.append(article)
    articles.sort(key=lambda a: (a["published"], a["id"]))
    if undated:
        for article in articles:
            del article["published"]
    return articles, short


def write_forms(path, articles):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for article in articles:
            out.write(json.dumps(article, ensure_ascii=False) + "\n")


def self_test():
    ids = {}
    for split, kinds in KINDS.items():
        articles, short = make_forms(split, LANGUAGES, 20, 1, False)
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            write_forms(folder / "a", articles)
            write_forms(folder / "b", make_forms(split, LANGUAGES, 20, 1, False)[0])
            assert (folder / "a").read_bytes() == (folder / "b").read_bytes(), "two runs differ"
        assert not short, short
        pairs = [(kind, code) for code in LANGUAGES for kind in read_templates(code) if kind in kinds]
        assert all(sum(k == kind for k, _ in pairs) >= 3 for kind in kinds), "a kind is in less than three languages"
        stories = {a["story"] for a in articles}
        assert len(stories) == 20 * len(pairs), f"{len(stories)} events of {len(pairs)} kinds and languages"
        assert 1.05 < len(articles) / len(stories) < 1.25, f"{len(articles)} reports of {len(stories)} events"
        assert {a["topic"] for a in articles} == set(kinds)
        for article in articles:
            assert not re.search("[{}|]", article["title"] + article["text"]), article
            assert article["id"] not in ids, article["id"]
            ids[article["id"]] = article
        assert len({(a["title"], a["text"]) for a in articles}) == len(articles), "two articles are the same"
        few = {a["id"]: a for a in make_forms(split, LANGUAGES, 2, 1, False)[0]}
        assert all(ids[i] == article for i, article in few.items()), "the first events depend on how many there are"
    print("make_forms: passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", help="JSON Lines with the usual fields; the topic is the kind of form")
    parser.add_argument("--split", choices=tuple(KINDS), default="train", help="which kinds; default: %(default)s")
    parser.add_argument("--fillings", type=int, default=20, help="events of each kind and language; default: %(default)s")
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="with commas; default: %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other events; default: %(default)s")
    parser.add_argument("--undated", action="store_true", help="leave \"published\" out")
    parser.add_argument("--self-test", action="store_true", help="check this program and its templates and end")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    if not options.output:
        parser.error("--output is needed")
    if options.fillings < 1:
        parser.error(f"--fillings: {options.fillings} is below 1")
    languages = sorted(set(options.languages.split(",")))
    for language in languages:
        if language not in LANGUAGES:
            parser.error(f"--languages: {language!r} is not one of {', '.join(LANGUAGES)}")
    try:
        articles, short = make_forms(options.split, languages, options.fillings, options.seed, options.undated)
        write_forms(options.output, articles)
    except (InputError, OSError) as error:
        sys.exit(f"make_forms: {error}")
    for kind, language, events in short:
        print(f"make_forms: {kind} in {language} has only {events} different events", file=sys.stderr)
    print(f"{options.output}: {len(articles)} articles of {len({a['story'] for a in articles})} events")


if __name__ == "__main__":
    main()
