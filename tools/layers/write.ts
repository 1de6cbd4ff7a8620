import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { layerSettings } from './layer-rules.ts';

/*
 * `npm run layers`: writes the layer rules that `biome.json` takes over. With `--check` nothing is written: it fails where
 * what is written is not what the plan says.
 */

const file = resolve(import.meta.dirname, 'biome-layers.json');
if (!process.argv.includes('--check')) writeFileSync(file, layerSettings());
else if (readFileSync(file, 'utf8') !== layerSettings()) {
  process.stderr.write('tools/layers/biome-layers.json is not what tools/layers.json says: npm run layers\n');
  process.exitCode = 1;
}
