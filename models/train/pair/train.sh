#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Puts a background and the coefficients of the pair model into a model file, on two cores, in about two minutes.
#
# usage: models/train/pair/train.sh PROGRAMS SENTENCES NAMES SETS MODEL OUTPUT
#
# PROGRAMS   folder of the built fabula_build_background and fabula_fit_pair_model
# SENTENCES  the same sentences in every language of the model (group TAB language TAB text)
# NAMES      names of territories in every language (t.CODE TAB language TAB name)
# SETS       folder of labelled articles: SET.jsonl of those below, and og2021_titles.jsonl, which is only measured
# MODEL      model file from fabula_build_pack
# OUTPUT     the same with both; figures of each collection, left out of the fit, on standard output
set -eu
if [ $# -ne 6 ]; then
    sed -n 's/^# usage/usage/p' "$0" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
programs=$1 sentences=$2 names=$3 sets=$4 model=$5 output=$6
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$here/make_background.py" "$sentences:45" --output "$work/background.jsonl"
"$programs/fabula_build_background" "$model" "$work/background.jsonl" --names "$names" \
    --output "$work/background.fabula" >&2

cp "$here/../../../examples/data/articles.jsonl" "$work/examples.jsonl"
for set in basil ecbplus itn_clean meantime neus ntrex og2021_titles onestop vietnamese_mds; do
    cp "$sets/$set.jsonl" "$work/"
done
for file in "$work"/[!b]*.jsonl "$work"/basil.jsonl; do
    case $file in
    */itn_clean.jsonl | */og2021_titles.jsonl) kinds=half,neg ;; # sentences, headlines
    *) kinds=titles,leads,mixed,half,neg ;;
    esac
    "$here/make_copies.py" "$file" "$work" --kinds $kinds >&2
done
(cd "$work" && "$here/make_company.py" basil-mixed.jsonl ecbplus-mixed.jsonl examples-mixed.jsonl itn_clean.jsonl \
    meantime-mixed.jsonl neus-mixed.jsonl:0.2 ntrex-mixed.jsonl:0.3 onestop-mixed.jsonl vietnamese_mds-mixed.jsonl \
    --output company.jsonl) >&2
find "$work" -name '*.jsonl' -empty -delete # copies of what a set has none of, such as titles
for split in train heldout; do
    for fillings in 2 5 20 200; do
        "$here/make_forms.py" --split $split --fillings $fillings --output "$work/forms-$split-$fillings.jsonl"
    done
    "$here/make_forms.py" --split $split --undated --output "$work/forms-$split-20-undated.jsonl"
done

rm "$work/background.jsonl"
measured=$(ls "$work"/og2021_titles*.jsonl "$work"/forms-heldout-*.jsonl "$work"/*-mixed.jsonl "$work"/company.jsonl)
fitted=$(ls "$work"/*.jsonl | grep -v -e /og2021_titles -e /forms-heldout -e '-mixed\.jsonl' -e /company)
# shellcheck disable=SC2086 # lists of files
"$programs/fabula_fit_pair_model" "$work/background.fabula" $fitted --forms forms --measure $measured \
    --languages "$sets/ntrex.jsonl" --shift bias 0.15 --shift cross_language 3.75 --shift cross_length -2.5 \
    --shift cross_s_norm 1 --shift cross_unmatched_names -4.8 --shift length -0.5 --shift brevity -2.5 \
    --output "$output"
