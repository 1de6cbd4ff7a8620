#!/usr/bin/env bash
# Making test portraits: raw YCbCr with chroma at half size, of odd width and height, put into JPEG 2000 by OpenJPEG's own tool.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: the tool reads ceil(63 / 2) x ceil(63 / 2) = 1 024 samples of each chroma plane, as many as the image that it writes has.
true:  it reads 63 x 63 / 4 = 992. A raw file of the right size gives a warning about its end, and a picture whose third plane begins
       with the rest of the second; a file that is 64 bytes short passes without a word. The exit status is 0 for both.
TEXT
cat >image.py <<'PY'
luma = bytes([120]) * (63 * 63)
open('right.raw', 'wb').write(luma + bytes([50]) * 1024 + bytes([200]) * 1024)
open('short.raw', 'wb').write(luma + bytes([50]) * 992 + bytes([200]) * 992)
PY
python3 image.py
echo "version: $(dpkg-query -W -f '${Package} ${Version}' libopenjp2-tools)"
for kind in right short; do
  opj_compress -i $kind.raw -o $kind.j2k -F 63,63,3,8,u@1x1:2x2:2x2 -mct 0 >$kind.out 2>&1
  echo "seen:  $kind: $(stat -c %s $kind.raw) bytes, status 0, says: $(grep -i 'end of raw' $kind.out || echo nothing)"
done
grep -q 'End of raw file not reached' right.out
! grep -qi 'warning\|error' short.out
# Where the third plane begins: the first samples of the picture, back as raw (RGB, since the tool takes such a file for YCbCr).
for kind in right short; do
  opj_decompress -i $kind.j2k -o $kind.ppm >/dev/null 2>&1
done
python3 - <<'PY'
def pixels(name):
    data = open(name, 'rb').read()
    return data[-63 * 63 * 3:]
right, short = pixels('right.ppm'), pixels('short.ppm')
middle = (31 * 63 + 31) * 3
print('seen:  first pixel and middle one, right size:', list(right[:3]), list(right[middle:middle + 3]), ' short:', list(short[:3]), list(short[middle:middle + 3]))
assert right[:3] != right[middle:middle + 3], 'the picture of one colour has one'
assert short[:3] == short[middle:middle + 3]
PY
