import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { publishedIssuerKeyFingerprints } from '../../main/simulator/issuing/issuers.ts';

/*
 * `npm run training-issuers`: names the specimens' issuing keys for products that do not hold them
 * (resources/training-issuers.json), after a key was added. A test compares both.
 */

const fingerprints = [...publishedIssuerKeyFingerprints()].sort();
const file = resolve(import.meta.dirname, '../../resources/training-issuers.json');
writeFileSync(file, `${JSON.stringify({ fingerprints }, null, 2)}\n`);
