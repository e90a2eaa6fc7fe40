#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0

# Makes the language identification model from scratch, the same bytes on the same kind of machine:
#
#     train.sh TRAIN_DATA_DIR OUTPUT.ftz [PROGRAM_DIR]
#
# PROGRAM_DIR holds the built fabula_language_id_* programs (FABULA_BUILD_TRAINING=ON); the default
# is where the dev preset puts them. Takes some three minutes on one core.
set -euo pipefail

if [ $# -lt 2 ]; then
    echo "usage: $0 TRAIN_DATA_DIR OUTPUT.ftz [PROGRAM_DIR]" >&2
    exit 2
fi
# In a function, so that the whole script is read before it starts: it runs for minutes.
make_model() {
    local data=$1 output=$2 here programs
    here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
    programs=${3:-$here/../../../build/dev/models/train/language_id}

    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT

    source_file() { xzcat "$data/$1.tsv.xz"; }

    "$programs/fabula_language_id_prepare" 12000 \
        flores=<(source_file sentences-flores-dev) \
        tico=<(source_file sentences-tico19) \
        tatoeba=<(source_file sentences-tatoeba) \
        courses=<(source_file sentences-courses) \
        frequency=<(source_file word-frequency) \
        lexicon=<(source_file lexicon-wiktionary-forms) \
        lexicon=<(source_file lexicon-wiktionary) \
        lexicon=<(source_file lexicon-omw) \
        lexicon=<(source_file lexicon-osm) \
        >"$work/train.txt"

    "$programs/fabula_language_id_train" "$work/train.txt" "$work/model.ftz"
    mv "$work/model.ftz" "$output"
}

make_model "$@"
