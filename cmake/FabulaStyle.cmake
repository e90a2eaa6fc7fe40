# SPDX-License-Identifier: Apache-2.0

# Targets format, format-check and tidy, over every C++ file that git knows or would add.
