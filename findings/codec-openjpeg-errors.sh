#!/usr/bin/env bash
# Portraits of chips are JPEG 2000 as often as JPEG; this package is OpenJPEG as WebAssembly, for pages and Node.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @cornerstonejs/codec-openjpeg@1.3.6

cat <<'TEXT'
guess: what cannot be decoded throws an Error; a valid image of two or four components decodes, or throws one that says so.
true:  a cut file, or one that is no JPEG 2000 at all, throws nothing: `decode()` returns, and the frame is 0 by 0. A valid image of two
       or four components throws a bare number (an address within the WebAssembly memory), which `catch (error)` with
       `error.message` shows as undefined, and `instanceof Error` lets through.
TEXT
cat >image.py <<'PY'
pixels = bytes((x * 4) % 256 for _ in range(64) for x in range(64))
for components in (1, 2, 3, 4):
    open(f'{components}.raw', 'wb').write(pixels * components)
PY
python3 image.py
for components in 1 2 3 4; do
  opj_compress -i $components.raw -o $components.j2k -F "64,64,$components,8,u" -mct 0 >/dev/null 2>&1
done
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const codec = require('@cornerstonejs/codec-openjpeg');

const { version } = JSON.parse(readFileSync('node_modules/@cornerstonejs/codec-openjpeg/package.json', 'utf8'));
console.log(`version: @cornerstonejs/codec-openjpeg ${version}, node ${process.versions.node}`);
codec({ print() {}, printErr() {} }).then((openjpeg) => {
  const decode = (bytes) => {
    const decoder = new openjpeg.J2KDecoder();
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    try {
      decoder.decode();
    } catch (thrown) {
      return `threw a ${typeof thrown}`;
    }
    const { width, height, componentCount } = decoder.getFrameInfo();
    return `${width} x ${height} x ${componentCount}`;
  };
  const image = (components) => readFileSync(`${components}.j2k`);
  const seen = {
    '1 component': decode(image(1)),
    '2 components': decode(image(2)),
    '3 components': decode(image(3)),
    '4 components': decode(image(4)),
    'half of a file': decode(image(3).subarray(0, image(3).length / 2)),
    'plain text': decode(Buffer.from('this is no image')),
  };
  console.log('seen: ', JSON.stringify(seen));
  assert.deepEqual(Object.values(seen), ['64 x 64 x 1', 'threw a number', '64 x 64 x 3', 'threw a number', '0 x 0 x 0', '0 x 0 x 0']);
});
JS
echo "version: $(dpkg-query -W -f '${Package} ${Version}' libopenjp2-tools)"
node seen.cjs
