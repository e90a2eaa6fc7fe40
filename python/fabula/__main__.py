# SPDX-License-Identifier: Apache-2.0
"""The program ``fabula`` that comes with the package."""

import os
import sys
from pathlib import Path
from typing import NoReturn


def main() -> NoReturn:
    program = Path(__file__).with_name("bin") / "fabula"
    if not program.exists():
        sys.exit(f"{program} is not there: this package was built without the program; pip install from the sources has it")
    os.execv(program, ["fabula", *sys.argv[1:]])


if __name__ == "__main__":
    main()
