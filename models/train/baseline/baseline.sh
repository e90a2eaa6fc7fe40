#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0

# Measures the baseline that Fabula's vectors stand beside: averages of aligned fastText vectors, made
# from the same training data. Prints the tables of RESULTS.md, the same figures every time:
#
#     baseline.sh TRAIN_DATA_DIR DEVTEST.tsv.xz WORK_DIR [PROGRAM_DIR]
#
# WORK_DIR keeps what is in between (60 MB a language); vectors that are there already are not trained
# again. PROGRAM_DIR holds the built fabula_baseline_* programs (FABULA_BUILD_TRAINING=ON); the
# default is where the dev preset puts them. Needs the stock `fasttext` program. One core, some
# twelve minutes.
set -euo pipefail

if [ $# -lt 3 ]; then
    echo "usage: $0 TRAIN_DATA_DIR DEVTEST.tsv.xz WORK_DIR [PROGRAM_DIR]" >&2
    exit 2
fi

# Most words of a language's text, and words read in all epochs together: a language with little text
# reads it more often. At fastText's own learning rate of 0.05 so few words hardly move the vectors
# from their random beginnings (German with English: 0.005 against 0.095 at 0.25).
words=${BASELINE_WORDS:-150000}
read_words=${BASELINE_READ_WORDS:-1500000}

# In a function, so that the whole script is read before it starts: it runs for minutes.
make_baseline() {
    local data=$1 devtest=$2 work=$3 here programs language count
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
    while IFS=$'\t' read -r language count _; do
        [ -e "$work/vectors/$language.bin" ] && continue
        count=${count% words}
        fasttext skipgram -input "$work/text/$language.txt" -output "$work/vectors/$language.part" \
            -dim 128 -minn 3 -maxn 5 -bucket 100000 -minCount 2 -lr 0.25 \
            -epoch $(((read_words + count - 1) / count)) -thread 1 -seed 1 -verbose 0 </dev/null >&2
        rm "$work/vectors/$language.part.vec"
        mv "$work/vectors/$language.part.bin" "$work/vectors/$language.bin"
    done < <(grep -v '^sr-Latn' "$work/prepared") # DEVTEST has Serbian in Cyrillic letters only

    "$programs/fabula_baseline_measure" "$work/vectors" \
        --dictionary <(source_file lexicon-wiktionary) \
        --dictionary <(source_file lexicon-omw) \
        --mean <(source_file sentences-flores-dev) \
        --sentences <(xzcat "$devtest")
}

make_baseline "$@"
