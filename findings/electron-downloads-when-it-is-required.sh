#!/usr/bin/env bash
# A build machine installs `electron` while it has the network, and the app starts later where there is none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund electron@45.4.1

cat <<'TEXT'
guess: the binary comes with `npm install`, by the package's install script, and a missing one fails there.
true:  the package has no install script any more. `require('electron')` downloads, at the first call and before it returns: about
       a hundred megabytes, without a time limit. Tools that only ask where the binary lies download it as well. The package's own
       program `install-electron` fetches it ahead.
TEXT
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { createServer } = require('node:http');

const { version, scripts = {} } = require('./node_modules/electron/package.json');
const before = existsSync('node_modules/electron/dist');
const asked = [];
// A mirror that has nothing: it only notes what it is asked for.
const mirror = createServer(({ url }, response) => {
  asked.push(url);
  response.writeHead(404).end();
});
mirror.listen(0, '127.0.0.1', () => {
  const env = { ...process.env, ELECTRON_MIRROR: `http://127.0.0.1:${mirror.address().port}/`, electron_config_cache: `${process.cwd()}/cache`, NO_PROXY: '127.0.0.1' };
  const child = spawn(process.execPath, ['-e', "try { require('electron') } catch (error) { console.log(error.message) }"], { env });
  let said = '';
  child.stdout.on('data', (part) => { said += part; });
  child.on('exit', () => {
    mirror.close();
    console.log(`version: electron ${version}, node ${process.versions.node}`);
    console.log('seen:  install scripts:', JSON.stringify(scripts), '; binary after npm install:', before);
    console.log('seen:  require asks for', asked.join(', '), 'and says:', said.trim().split('\n').at(-1));
    assert.equal(before, false);
    assert.equal(scripts.postinstall ?? scripts.install, undefined);
    assert.ok(asked.length > 0 && asked.every((url) => url.includes('/v45.4.1/electron-v45.4.1-')));
  });
});
JS
node seen.cjs
