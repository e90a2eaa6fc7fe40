#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Run by debian.cmake in a new Debian 12 that has compilers and nothing of Fabula: in_clean_debian.sh VERSION
# Installs the packages with what they depend on, uses them, and takes them away again.
set -eu
version=$1
top=/tmp/inside
say() { echo "in a clean Debian: $*"; }

export DEBIAN_FRONTEND=noninteractive
apt-get install -y --no-install-recommends "$top"/debs/*.deb
[ "$(fabula --version)" = "fabula $version" ]
fabula cluster "$top/examples/data/articles.jsonl" >/tmp/stories.jsonl
cmp /tmp/stories.jsonl "$top/articles.stories.jsonl"
fabula cluster "$top/examples/data/articles.jsonl" --html /tmp/stories.html
say "the program writes the stories and the page"

cmake -S "$top/tests/consumer" -B /tmp/build -DCMAKE_BUILD_TYPE=Release
cmake --build /tmp/build
[ "$(/tmp/build/stranger)" = "fabula $version: 2 stories of 3 articles" ]
say "a stranger's project is built with CMake"

cmake -DROOT="$top" -DPREFIX=/usr -DWORK=/tmp/pkg-config -DVERSION="$version" -DCXX=g++ -DCC=gcc \
    -P "$top/tests/package/pkg_config.cmake"
[ "$(pkg-config --cflags --libs fabula)" = "-lfabula " ] || [ "$(pkg-config --cflags --libs fabula)" = "-lfabula" ]
say "strangers' programs in C++ and C are built with pkg-config"

apt-get purge -y fabula libfabula-dev fabula-model libfabula0
left=$(find /usr /etc /var/lib -path /var/lib/apt -prune -o -iname '*fabula*' -print)
[ -z "$left" ] || {
    say "purging leaves $left"
    exit 1
}
say "nothing is left of them"
