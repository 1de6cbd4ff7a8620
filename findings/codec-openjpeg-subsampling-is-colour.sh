#!/usr/bin/env bash
# A bare JPEG 2000 codestream says nothing of its colour space; that stands in the JP2 box around it, which chips often leave
# out. Here one YCbCr picture is coded twice, with chroma at full size and at half size.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @cornerstonejs/codec-openjpeg@1.3.6

cat <<'TEXT'
guess: both decode alike: either the components as they are, or RGB.
true:  with chroma at half size the decoder takes the components for YCbCr and hands out RGB; at full size it hands out what is there.
       `getFrameInfo()` is the same for both. Only `getColorSpace()` differs (1 and 0), and the word of the file is in neither.
       Who converts by the kind of file is wrong for one of them; who converts never, for the other.
TEXT
cat >image.py <<'PY'
for name, chroma in (('full', 64 * 64), ('half', 32 * 32)):
    open(name + '.raw', 'wb').write(bytes([120]) * 4096 + bytes([108]) * chroma + bytes([158]) * chroma)
PY
python3 image.py
opj_compress -i full.raw -o full.j2k -F 64,64,3,8,u -mct 0 >/dev/null 2>&1
opj_compress -i half.raw -o half.j2k -F 64,64,3,8,u@1x1:2x2:2x2 -mct 0 >/dev/null 2>&1
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const codec = require('@cornerstonejs/codec-openjpeg');

const { version } = JSON.parse(readFileSync('node_modules/@cornerstonejs/codec-openjpeg/package.json', 'utf8'));
console.log(`version: @cornerstonejs/codec-openjpeg ${version}, node ${process.versions.node}`);
codec({ print() {}, printErr() {} }).then((openjpeg) => {
  const decode = (file) => {
    const bytes = readFileSync(file);
    const decoder = new openjpeg.J2KDecoder();
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    return { frame: decoder.getFrameInfo(), space: decoder.getColorSpace(), pixel: [...decoder.getDecodedBuffer().slice(0, 3)] };
  };
  const [full, half] = [decode('full.j2k'), decode('half.j2k')];
  console.log('seen:  chroma at full size', JSON.stringify(full));
  console.log('seen:  chroma at half size', JSON.stringify(half));
  assert.deepEqual(half.frame, full.frame);
  assert.deepEqual([full.space, half.space], [0, 1]);
  assert.deepEqual(full.pixel, [120, 108, 158]);
  const [y, cb, cr] = [120, 108 - 128, 158 - 128];
  const rgb = [y + 1.402 * cr, y - 0.344 * cb - 0.714 * cr, y + 1.772 * cb];
  for (const [at, value] of rgb.entries()) assert.ok(Math.abs(value - half.pixel[at]) <= 1, `${value}`);
});
JS
echo "version: $(dpkg-query -W -f '${Package} ${Version}' libopenjp2-tools)"
node seen.cjs
