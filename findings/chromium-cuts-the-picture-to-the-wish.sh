#!/usr/bin/env bash
# A page takes a face by the camera and wants it upright, three by four. The camera here is a file: pictures of 640 by 480 and no other
# size, dark in its left quarter, bright in its right one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: `exact` takes what the camera has, or is refused as OverconstrainedError; `ideal` is a wish: the nearest size that there is, with
       the whole picture in it; and `getCapabilities()` says which sizes those are.
true:  a size or shape that the camera lacks is made: the middle is cut out and scaled, for an `ideal` as for an `exact`. Of a wish for 480
       by 640 come 480 by 480, which neither side has asked for or has. The capabilities are 1 to 640 and 1 to 480. Only
       `resizeMode` in `getSettings()` tells that something is missing at the sides; asked for as `none`, it brings the guess: the
       exact size is refused, the wish gets the whole picture.
TEXT
python3 - <<'PY'
line = bytes([40] * 160 + [128] * 320 + [220] * 160)
with open('camera.y4m', 'wb') as camera:
    camera.write(b'YUV4MPEG2 W640 H480 F20:1 Ip A1:1 C420\n')
    for _ in range(10):
        camera.write(b'FRAME\n' + line * 480 + bytes([128]) * (640 * 480 // 2))
PY
cat >page.html <<'HTML'
<!doctype html><title>camera</title><script type="module">
  // Size, how it was made, and how much of a line of the picture is dark or bright: a half where the whole picture is there.
  async function taken(video) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video });
      const [track] = stream.getVideoTracks();
      const { width, height, resizeMode } = track.getSettings();
      const able = track.getCapabilities();
      const shown = document.createElement('video');
      shown.srcObject = stream;
      await shown.play();
      const drawn = new OffscreenCanvas(width, height).getContext('2d');
      drawn.drawImage(shown, 0, 0);
      const line = drawn.getImageData(0, height >> 1, width, 1).data;
      const sides = Array.from({ length: width }, (_, x) => line[4 * x]).filter((grey) => grey < 80 || grey > 180).length;
      track.stop();
      const range = ({ min, max }) => `${min}-${max}`;
      return { size: `${width}x${height}`, resizeMode, sides: (sides / width).toFixed(1), able: `${range(able.width)} ${range(able.height)}` };
    } catch (thrown) {
      return { refused: thrown.name };
    }
  }
  const small = { width: { exact: 300 }, height: { exact: 400 } };
  const upright = { width: { ideal: 480 }, height: { ideal: 640 } };
  const asked = {
    whatever: true,
    'exact 300x400': small,
    'ideal 480x640': upright,
    'ideal three by four': { aspectRatio: { ideal: 0.75 } },
    'exact 300x400, none': { ...small, resizeMode: { exact: 'none' } },
    'ideal 480x640, none': { ...upright, resizeMode: 'none' },
  };
  const seen = {};
  for (const [kind, video] of Object.entries(asked)) seen[kind] = await taken(video);
  await fetch('seen', { method: 'POST', body: JSON.stringify(seen) });
</script>
HTML
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

let told;
const seenByPage = new Promise((settle) => (told = settle));
const server = createServer(async (asked, answer) => {
  if (asked.method === 'POST') told(JSON.parse(await text(asked)));
  answer.setHeader('Content-Type', 'text/html');
  answer.end(readFileSync('page.html'));
}).listen(0, '127.0.0.1');
await new Promise((settle) => server.once('listening', settle));
const here = process.cwd();
const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${here}/camera.y4m`];
const options = ['--headless', '--disable-gpu', '--no-first-run', `--user-data-dir=${here}/profile`, '--autoplay-policy=no-user-gesture-required'];
if (process.getuid() === 0) options.push('--no-sandbox');
const browser = spawn('chromium', [...options, ...camera, `http://127.0.0.1:${server.address().port}/`], { stdio: 'ignore' });
const ended = new Promise((settle) => browser.once('exit', settle));
const seen = await Promise.race([seenByPage, ended]);
browser.kill();
await ended;
server.close();
for (const [kind, answer] of Object.entries(seen)) console.log(`seen:  ${kind}:`, JSON.stringify(answer));
const whole = { size: '640x480', resizeMode: 'none', sides: '0.5', able: '1-640 1-480' };
const cut = (size, sides) => ({ ...whole, size, sides, resizeMode: 'crop-and-scale' });
assert.deepEqual(Object.values(seen), [
  whole,
  cut('300x400', '0.1'),
  cut('480x480', '0.3'),
  cut('360x480', '0.1'),
  { refused: 'OverconstrainedError' },
  whole,
]);
JS
echo "version: chromium $(dpkg-query -W -f '${Version}' chromium)"
node seen.mjs
