import type { PcscService } from '../machine/pcsc-service.ts';
import type { ReaderPort } from '../reader/port.ts';
import type { ReaderFacts } from '../reader/reader-facts.ts';
import { nameAt } from '../reader/reader-place.ts';
import type { Item } from './doctor-item.ts';

/** By which way the service is spoken to. */
export function bindingText(name: ReaderPort['name']): string {
  return name === 'pcscd' ? "pcscd: by the service's socket, no library" : `${name}: by the system's library`;
}

/** What is installed of the service; nothing where nobody looked. */
export function serviceText(pcsc: PcscService | null): string {
  if (pcsc === null) return '';
  const { version, driver } = pcsc;
  const named = driver === null ? 'not known' : `ccid ${driver.version ?? 'of a version not known'}, ${driver.place}`;
  return `; installed: ${version ?? 'not known'}; driver: ${named}`;
}

/** Whether polkit lets this account use readers and cards, where the service asks it. */
export function polkitItems(pcsc: PcscService | null): readonly Item[] {
  const polkit = pcsc?.polkit ?? null;
  if (polkit === null) return [];
  if (polkit === 'not-asked')
    return [{ id: 'polkit', state: 'ok', code: null, detail: 'not asked: the service is built without it' }];
  if (polkit === 'unknown')
    return [{ id: 'polkit', state: 'warning', code: null, detail: 'not known whether the service asks it' }];
  const leaves = Object.entries(polkit).map(([action, leave]) => `${action} ${leaveTexts[leave]}`);
  const refused = Object.values(polkit).includes('refused');
  const allowed = Object.values(polkit).every((leave) => leave === 'allowed');
  const code = refused ? 'reader.service-denied' : null;
  return [{ id: 'polkit', state: allowed ? 'ok' : 'warning', code, detail: leaves.join(', ') }];
}

const leaveTexts = { allowed: 'allowed', refused: 'refused', unknown: 'not known' } as const;

/** What a reader is and bears, as far as it and its driver say. Null: it was not asked, or did not answer. */
export function factsItem(name: string, facts: ReaderFacts | null): Item {
  const detail = facts === null ? 'not known what it bears: only an empty reader is asked' : factsText(name, facts);
  return { id: 'reader', state: 'ok', code: null, detail: `${name}: ${detail}` };
}

function factsText(name: string, { vendor, version, place, maxApduDataSize, extendedLength }: ReaderFacts): string {
  const silent = `its driver does not say${extendedLength === 'unknown' ? '' : ', the table of known readers does'}`;
  const told = maxApduDataSize === null ? silent : `its driver says ${maxApduDataSize} bytes`;
  const extended = extendedLength === 'unknown' ? 'not known' : extendedLength;
  return [
    `extended APDUs ${extended} (${told})`,
    `maker ${vendor ?? 'not known'}`,
    `version of the reader ${version ?? 'not known'}`,
    place === null
      ? 'place not known (neither its driver nor the system says)'
      : `place ${place}; found again by --reader '${nameAt(name, place)}'`,
  ].join(', ');
}
