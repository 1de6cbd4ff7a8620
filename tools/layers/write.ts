import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { layerSettings } from './layer-rules.ts';

/* `npm run layers`: writes the layer rules that `biome.json` takes over. */

writeFileSync(resolve(import.meta.dirname, 'biome-layers.json'), layerSettings());
