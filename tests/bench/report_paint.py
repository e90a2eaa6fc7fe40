# SPDX-License-Identifier: Apache-2.0
"""How soon a report is there: python3 tests/bench/report_paint.py REPORT.html [TIMES]

Opens the file in headless Chromium and prints the median and the range, in milliseconds from the start of the navigation, of the
first paint, the first paint with contents, and the moment when the script has drawn the first stories; then of a first search over all
articles, and of the first story.
"""

import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "browser"))
from browser import Browser  # noqa: E402


def measure(browser, file):
    browser.open(file)
    browser.wait(lambda: browser.js("return performance.getEntriesByType('paint').length") == 2, "it is painted")
    times = browser.js("""return Object.fromEntries([
        ...performance.getEntriesByType('paint').map((entry) => [entry.name, entry.startTime]),
        ['stories drawn', performance.getEntriesByName('drawn')[0].startTime]])""")
    times["first search"] = browser.js("""
        const field = document.querySelector('input[type=search]');
        const begun = performance.now();
        field.value = 'nowhere xyzzy';
        field.dispatchEvent(new Event('input'));
        return new Promise((done) => {
            const look = () => document.querySelector('.tally').textContent.startsWith('No story') ?
                done(performance.now() - begun) : setTimeout(look, 1);
            look();
        });""")
    times["first story"] = browser.js("""
        const begun = performance.now();
        return new Promise((done) => {
            window.addEventListener('hashchange', () => requestAnimationFrame(() => done(performance.now() - begun)), {once: true});
            location.hash = '#/story/' + JSON.parse(document.getElementById('core').textContent).stories[0].i;
        });""")
    return times


def main():
    file = pathlib.Path(sys.argv[1])
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    browser = Browser()
    try:
        browser.look()
        measure(browser, file)  # the disk
        found = [measure(browser, file) for _ in range(repeats)]
        version = browser.driver.capabilities["browserVersion"]
    finally:
        browser.close()
    print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB, Chromium {version}, {repeats} times")
    for name in found[0]:
        values = [times[name] for times in found]
        print(f"{name:24} {statistics.median(values):7.0f} ms   {min(values):.0f} to {max(values):.0f}")


if __name__ == "__main__":
    main()
