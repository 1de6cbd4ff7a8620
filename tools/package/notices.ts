import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licenceOf } from './licences.ts';
import type { ProductParts } from './parts.ts';

/**
 * The third-party notices: name, version, licence and the licence's text of every part, in the order of the names. A part
 * whose package brings no text is listed by its licence's name, and said to be so.
 */
export function notices(root: string, { packages, bundled }: ProductParts): string {
  const parts = [...packages, ...bundled].sort((one, other) => (one.place < other.place ? -1 : 1));
  const sections = parts.map((part) => {
    const texts = licenceTexts(join(root, part.place));
    const text =
      texts.length === 0
        ? `(The package brings no text. Licence: ${licenceOf(part) ?? 'unknown'}.)`
        : texts.join('\n\n');
    return `${part.name} ${part.version} (${licenceOf(part) ?? 'unknown'})\n\n${text}`;
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `Styrk is made of its own sources and of these parts.${rule}${sections.join(rule)}\n`;
}

function licenceTexts(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|notice|copying)/i.test(name) && !/\.(js|ts|json)$/.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
}
