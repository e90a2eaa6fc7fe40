#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0

# Measures the baseline that Fabula's vectors stand beside: averages of aligned fastText vectors, made
# from the same training data. Prints the tables of RESULTS.md, the same figures every time:
#
#     baseline.sh TRAIN_DATA_DIR DEVTEST.tsv.xz WORK_DIR [PROGRAM_DIR]
#
# WORK_DIR keeps what is in between (55 MB a language); vectors that are there already are not
# trained again. PROGRAM_DIR holds the built fabula_baseline_* programs (FABULA_BUILD_TRAINING=ON);
# the default is where the dev preset puts them. Needs the stock `fasttext` program. One core,
# some ten minutes.
set -euo pipefail

if [ $# -lt 3 ]; then
    echo "usage: $0 TRAIN_DATA_DIR DEVTEST.tsv.xz WORK_DIR [PROGRAM_DIR]" >&2
    exit 2
fi

# Most words of a language's text: what the poorer languages lack shall not only be English's gain.
words=${BASELINE_WORDS:-50000}

# In a function, so that the whole script is read before it starts: it runs for minutes.
make_baseline() {
    local data=$1 devtest=$2 work=$3 here programs language
    here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
    programs=${4:-$here/../../../build/dev/models/train/baseline}
    mkdir -p "$work/vectors"

    source_file() { xzcat "$data/$1.tsv.xz"; }

    [ -e "$work/prepared" ] || {
        "$programs/fabula_baseline_prepare" "$work/text" "$words" \
            <(source_file sentences-flores-dev) \
            <(source_file sentences-tico19) \
            <(source_file sentences-tatoeba) \
            <(source_file sentences-courses) >"$work/prepared.part"
        mv "$work/prepared.part" "$work/prepared"
    }

    # One thread and a seed: fastText then gives the same vectors every time.
    for language in $(xzcat "$devtest" | cut -f2 | sort -u); do
        [ -e "$work/vectors/$language.bin" ] && continue
        fasttext skipgram -input "$work/text/$language.txt" -output "$work/vectors/$language.part" \
            -dim 128 -minn 3 -maxn 5 -bucket 100000 -minCount 2 -epoch 5 -thread 1 -seed 1 \
            -verbose 0 >&2
        rm "$work/vectors/$language.part.vec"
        mv "$work/vectors/$language.part.bin" "$work/vectors/$language.bin"
    done

    "$programs/fabula_baseline_measure" "$work/vectors" \
        --dictionary <(source_file lexicon-wiktionary) \
        --dictionary <(source_file lexicon-omw) \
        --mean <(source_file sentences-flores-dev) \
        --sentences <(xzcat "$devtest")
}

make_baseline "$@"
