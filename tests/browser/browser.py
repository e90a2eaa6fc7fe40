# SPDX-License-Identifier: Apache-2.0
"""Headless Chromium that remembers what a page has said and asked for."""

import base64
import json
import pathlib
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile

SKIPPED = 77
AXE_VERSION = "4.10.3"


def skip(sentence):
    print(f"SKIPPED: {sentence}")
    sys.exit(SKIPPED)


try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
except ImportError:
    skip("Selenium is not installed (Debian: python3-selenium)")


def axe_source(folder):
    """axe-core as npm or PyPI have it, fetched once; None where neither can be reached."""
    kept = pathlib.Path(folder) / f"axe-{AXE_VERSION}.min.js"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        for fetch in (_axe_from_npm, _axe_from_pypi):
            source = fetch(kept.parent)
            if source:
                kept.write_text(source, encoding="utf-8")
                break
        else:
            return None
    return kept.read_text(encoding="utf-8")


def _run(command, folder):
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _axe_from_npm(folder):
    if not shutil.which("npm") or not _run(["npm", "pack", f"axe-core@{AXE_VERSION}"], folder):
        return None
    with tarfile.open(folder / f"axe-core-{AXE_VERSION}.tgz") as archive:
        return archive.extractfile("package/axe.min.js").read().decode("utf-8")


def _axe_from_pypi(folder):
    package = "axe_playwright_python"
    if not _run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), package], folder):
        return None
    for wheel in folder.glob(f"{package}-*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(f"{package}/axe.min.js").decode("utf-8")
    return None


class Browser:
    def __init__(self):
        chromium = shutil.which("chromium")
        driver = shutil.which("chromedriver")
        if not chromium or not driver:
            skip("there is no Chromium with its driver (Debian: chromium chromium-driver)")
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for argument in ("--headless=new", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", "--disable-dev-shm-usage",
                         "--force-color-profile=srgb", "--lang=en"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        try:
            self.driver = webdriver.Chrome(service=Service(driver), options=options)
        except Exception as error:  # what a browser cannot start for is not what is tested
            skip(f"Chromium does not start here: {str(error).splitlines()[0]}")
        self.driver.set_script_timeout(120)
        self.driver.set_page_load_timeout(120)

    def close(self):
        self.driver.quit()

    def look(self, width=1280, height=800, dark=False, scale=1):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})

    def open(self, file, fragment=""):
        self.driver.get("about:blank")
        self.driver.get(pathlib.Path(file).resolve().as_uri() + fragment)
        self.wait(lambda: self.js("return performance.getEntriesByName('drawn').length") == 1, "the page has drawn itself")

    def go(self, fragment):
        self.js("location.hash = arguments[0]", fragment)
        self.wait(lambda: self.js("return document.querySelector('main h1') === document.activeElement"),
                  f"{fragment} is shown, and its heading has the focus")

    def js(self, script, *given):
        return self.driver.execute_script(script, *given)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.js("return document.querySelector(arguments[0]).textContent", selector)

    def press(self, *keys):
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def wait(self, condition, what, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.03)
        raise AssertionError(f"in {seconds} s it has not come true that {what}")

    def picture(self, file):
        data = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": False})["data"]
        pathlib.Path(file).write_bytes(base64.b64decode(data))

    def complaints(self):
        """What the page has said in the console, and what it has asked for besides itself."""
        said = [entry["message"] for entry in self.driver.get_log("browser")]
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] != "Network.requestWillBeSent":
                continue
            url = message["params"]["request"]["url"]
            is_document = message["params"].get("type") == "Document" and url.startswith("file:")
            if not is_document and not url.startswith(("data:", "about:", "chrome:")):
                asked.append(url)
        return said + [f"asked for {url}" for url in asked]

    def axe(self, source):
        self.js(source + "; window.axe = axe;")
        result = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then((r) => done(r.violations), (e) => done(String(e)));")
        return [f"{v['id']}: {v['help']}: {node['html'][:150]}" for v in result for node in v["nodes"][:3]] \
            if isinstance(result, list) else [result]


__all__ = ["Browser", "By", "Keys", "axe_source", "skip"]
