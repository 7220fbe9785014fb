#!/bin/sh
# Fills corpus/decode with the recorded frames, one per file, so that fuzzing starts behind the first checks.
set -eu
cd "$(dirname "$0")"
mkdir -p corpus/decode
sed -n 's/^FRAME: //p' ../tests/fixtures/hj212_frames.txt | {
    number=0
    while IFS= read -r frame; do
        number=$((number + 1))
        printf '%s\r\n' "$frame" > "corpus/decode/frame-$number"
    done
}
