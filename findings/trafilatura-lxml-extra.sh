#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# trafilatura 2.3.1 with lxml 6.1.3, installed by pip 23.2.1 (Debian 12 has 23.0.1), cannot be imported; by pip 25.0 it can.
#
# jusText 3.0.2, which trafilatura needs, asks for lxml[html_clean]; lxml 6.1.3 calls its extra html-clean. Both names are one by the rules
# for names (PEP 685), and an installation that ends with status 0 was expected to be one that works. Seen: pip 23.2.1 compares the
# letters, warns that lxml "does not provide the extra", leaves lxml_html_clean out and ends with 0; `import trafilatura` then
# raises ImportError. The remedy is to name lxml_html_clean among what is installed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for pip in 23.2.1 25.0; do
    python3 -m venv "$pip"
    "$pip/bin/python" -m pip install --quiet --disable-pip-version-check "pip==$pip"
    "$pip/bin/python" -m pip install --quiet --disable-pip-version-check 'trafilatura==2.3.1' 'jusText==3.0.2' 'lxml==6.1.3' 2> warned
    echo "pip $pip: status $?, $(grep -c "does not provide the extra 'html_clean'" warned || :) warning"
    "$pip/bin/python" -c 'import trafilatura; print("imported")' 2>&1 | tail -1
    "$pip/bin/python" -c 'import importlib.metadata as m
print(sorted(name for d in m.distributions() if (name := d.metadata["Name"].lower().replace("-", "_")).startswith("lxml")))'
done | tee seen
cat > expected <<'SEEN'
pip 23.2.1: status 0, 1 warning
Install lxml[html-clean] or lxml_html_clean directly.
['lxml']
pip 25.0: status 0, 0 warning
imported
['lxml', 'lxml_html_clean']
SEEN
diff expected seen
