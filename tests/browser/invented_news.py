# SPDX-License-Identifier: Apache-2.0
"""Invented articles, as many as asked: the words of the examples in another order, with names and numbers of their own.

Good for a page of some size; fabula_make_news (tests/bench) writes news to measure clustering by.
"""

import collections
import json
import random
import re
import sys

SYLLABLES = "ba de ki lo mu na pe ri so tu va we xi yo za dra gor lin mer sta tor vel quin brau".split()


def name(chance):
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()


def invented(examples, number, seed=1):
    """Dictionaries as `fabula` reads them; stories of a few articles, many of one."""
    chance = random.Random(seed)
    words = collections.defaultdict(list)
    for line in open(examples, encoding="utf-8"):
        article = json.loads(line)
        of = article["id"].rsplit("-", 2)[1]
        words[of] += [w for w in re.findall(r"\w+", article["text"]) if len(w) > 3 or ord(w[0]) > 0x2E80]
    languages = [language for language in sorted(words) if len(words[language]) > 60]
    outlets = [f"{name(chance).lower()}.example" for _ in range(300)]
    made = 0
    while made < number:
        size = min(number - made, 1 + int(chance.paretovariate(1.1)) if chance.random() < 0.5 else 1, 240)
        names = [name(chance) for _ in range(8)]
        numbers = [str(chance.randint(11, 9999)) for _ in range(5)]
        start = 1772323200 + chance.randrange(28 * 86400)
        own = {}
        for _ in range(size):
            language = chance.choice(languages if size > 2 else languages[:8])
            own.setdefault(language, chance.sample(words[language], 45))
            said = []
            for _ in range(chance.randint(4, 9)):
                sentence = chance.sample(own[language], 9) + [chance.choice(names), chance.choice(names)]
                if chance.random() < 0.5:
                    sentence.append(chance.choice(numbers))
                chance.shuffle(sentence)
                said.append(" ".join(sentence) + ".")
            made += 1
            yield {
                "id": f"n{made}",
                "title": " ".join([names[0], *chance.sample(own[language], 5), names[1]]),
                "text": "\n\n".join(said),
                "source": chance.choice(outlets),
                "published": start + chance.randrange(2 * 86400),
            }


if __name__ == "__main__":
    for article in invented(sys.argv[1], int(sys.argv[2])):
        print(json.dumps(article, ensure_ascii=False))
