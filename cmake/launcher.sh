# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Shared by the launchers ./fabula and ./check, which set $root, the top of the source tree, and source this file.
# Everything for human eyes goes to stderr, everything of the tools to $log: stdout belongs to the program.

: "${root:?is set by the launcher}"
build_dir="$root/build/release"
log="$root/build/launcher.log"

say() { printf '%s\n' "${0##*/}: $*" >&2; }

# 125: the launcher failed, as with env(1) and timeout(1); the program itself ends with 0, 1 or 2.
fail() {
    say "$*"
    exit 125
}

# fail_with_log SENTENCE: shows the errors in the log, or its end where the word does not occur.
fail_with_log() {
    say "$1; the end of $log:"
    { grep -n -i -A 3 -E 'error|fatal|FAILED' "$log" || tail -n 40 "$log"; } | tail -n 60 >&2
    exit 125
}

# as_root COMMAND...: its input is not ours, which may hold the articles to read; sudo asks at the terminal itself.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi >>"$log" 2>&1 </dev/null
}

may_become_root() {
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null 2>&1 || return 1
    sudo -n true 2>/dev/null && return 0
    # With a terminal, the password can be asked for here, where the question is seen.
    (: </dev/tty) 2>/dev/null && sudo -v >&2
}

# install_packages PURPOSE...: installs what is missing of the packages listed for these purposes.
install_packages() {
    missing=
    while read -r purpose package; do
        case " $* " in *" $purpose "*) ;; *) continue ;; esac
        if ! command -v dpkg-query >/dev/null 2>&1 ||
            [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            missing="$missing $package"
        fi
    done <"$root/cmake/debian-packages.txt"
    if ! command -v "${CXX:-c++}" >/dev/null 2>&1 && ! command -v clang++ >/dev/null 2>&1; then
        missing="$missing g++"
    fi
    [ -n "$missing" ] || return 0

    if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
        say "this is no Debian system, so nothing is installed here; the build needs what Debian calls:$missing"
        return 0
    fi
    may_become_root || fail "missing packages; please install them first, as root: apt-get install$missing"

    say "installing the Debian packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    # Package lists that are absent or older than a day may name versions that the mirror no longer has.
    if [ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mtime -1 -print -quit 2>/dev/null)" ]; then
        as_root apt-get update || say "apt-get update failed; trying with the package lists at hand"
    fi
    # shellcheck disable=SC2086 # the list is meant to be split
    as_root apt-get install -y --no-install-recommends $missing && return 0
    as_root apt-get update
    # shellcheck disable=SC2086
    as_root apt-get install -y --no-install-recommends $missing ||
        fail_with_log "apt-get could not install:$missing"
}

# configure OPTION...: with the preset; from scratch where the folder was configured for another place.
configure() {
    fresh=
    if [ -f "$build_dir/CMakeCache.txt" ] &&
        ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build_dir/CMakeCache.txt"; then
        fresh=--fresh
    fi
    (cd "$root" && cmake $fresh --preset release "$@") >>"$log" 2>&1 </dev/null ||
        fail_with_log "configuring failed"
}

# build TARGET...: the stamp of a build that succeeds holds the folder it was made in, and its time is that of the
# start, so that an edit during the build counts as newer. ./fabula looks at it to see whether to build again.
build() {
    printf '%s\n' "$root" >"$build_dir/.launcher-stamp.new" || fail "cannot write to $build_dir"
    cmake --build "$build_dir" --parallel "$(nproc 2>/dev/null || echo 2)" --target "$@" >>"$log" 2>&1 </dev/null ||
        fail_with_log "building failed"
    mv -f "$build_dir/.launcher-stamp.new" "$build_dir/.launcher-stamp"
}

# Launchers that start at the same time wait for each other instead of building into one folder at once.
begin() {
    mkdir -p "$root/build" || fail "cannot write to $root/build"
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$root/build/launcher.lock"
        flock 9
    fi
    : >"$log"
}
