import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { updateOf, updateSigner } from './update-list.ts';

/*
 * `npm run sign-update -- --key KEY.pem --name NAME [PACKAGE...]`: writes the list of these packages, signed, beside the first one. An
 * installed app proves packages by it before they are installed (docs/installation.md). Without a package it prints the key as
 * `npm run package -- --update-key` takes it. Exit status: 0 done, 1 the packages do not fit together, 2 unusable arguments.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string' }, name: { type: 'string' } },
});
if (values.key === undefined || values.name === undefined) {
  process.stderr.write('npm run sign-update -- --key KEY.pem --name NAME [PACKAGE...]\n');
  process.exit(2);
}
try {
  using signer = updateSigner(readFileSync(values.key, 'utf8'), values.name);
  process.stdout.write(`${signer.text}\n`);
  if (positionals.length > 0) {
    const update = updateOf(positionals.map((file) => resolve(file)));
    const list = join(dirname(resolve(positionals[0] ?? '')), `styrk-${update.version.join('.')}.update`);
    writeFileSync(list, signer.sign(update));
    process.stdout.write(`${list}: version ${update.version.join('.')}, ${update.edition} edition\n`);
    for (const { name, sha256 } of update.files) process.stdout.write(`  ${sha256}  ${name}\n`);
  }
} catch (thrown) {
  process.stderr.write(`Nothing was signed: ${thrown instanceof Error ? thrown.message : 'unknown'}\n`);
  process.exitCode = 1;
}
