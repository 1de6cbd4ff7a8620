import { describe, expect, it } from 'vitest';
import { bindingText, factsItem, polkitItems, serviceText } from '../../../main/commands/doctor-pcsc.ts';
import type { PcscService } from '../../../main/machine/pcsc-service.ts';

const pcsc: PcscService = {
  version: 'pcsc-lite 2.3.3',
  driver: { version: '1.6.2', place: '/usr/lib/pcsc/drivers/ifd-ccid.bundle' },
  polkit: { access_pcsc: 'allowed', access_card: 'allowed' },
};
const facts = {
  vendor: 'A maker',
  version: '1.2.0',
  place: '1-2.1',
  maxApduDataSize: 65_536,
  extendedLength: 'yes',
} as const;

describe('what doctor tells of the service', () => {
  it('is version, driver and way', () => {
    expect(serviceText(pcsc)).toBe(
      '; installed: pcsc-lite 2.3.3; driver: ccid 1.6.2, /usr/lib/pcsc/drivers/ifd-ccid.bundle',
    );
    expect(bindingText('pcscd')).toContain('no library');
    expect(bindingText('pcsc-mini')).toContain('library');
  });

  it('says what is not known, and nothing where nobody looked', () => {
    expect(serviceText({ version: null, driver: null, polkit: null })).toBe(
      '; installed: not known; driver: not known',
    );
    expect(serviceText({ ...pcsc, driver: { version: null, place: '/d' } })).toContain(
      'ccid of a version not known, /d',
    );
    expect([serviceText(null), polkitItems(null)]).toEqual(['', []]);
  });
});

describe('what doctor tells of polkit', () => {
  const of = (polkit: PcscService['polkit']) => polkitItems({ ...pcsc, polkit });

  it('has a tick where both actions are allowed, or nobody is asked', () => {
    expect(of(pcsc.polkit)).toMatchObject([{ state: 'ok', code: null }]);
    expect(of('not-asked')).toMatchObject([{ state: 'ok', code: null }]);
    expect(of(null)).toEqual([]);
  });

  it('has none for a refusal, which bears its code, nor for what is not known, which bears none', () => {
    expect(of({ access_pcsc: 'allowed', access_card: 'refused' })).toEqual([
      {
        id: 'polkit',
        state: 'warning',
        code: 'reader.service-denied',
        detail: 'access_pcsc allowed, access_card refused',
      },
    ]);
    expect(of({ access_pcsc: 'unknown', access_card: 'allowed' })).toMatchObject([{ state: 'warning', code: null }]);
    expect(of('unknown')).toMatchObject([{ state: 'warning', code: null }]);
  });
});

describe('what doctor tells of a reader', () => {
  it('is what the reader and its driver say, and whether that holds by what is known of readers', () => {
    expect(factsItem('Some reader', facts)).toEqual({
      id: 'reader',
      state: 'ok',
      code: null,
      detail:
        "Some reader: extended APDUs yes (its driver says 65536 bytes), maker A maker, version of the reader 1.2.0, place 1-2.1; found again by --reader 'Some reader @1-2.1'",
    });
    expect(factsItem('Some reader', { ...facts, extendedLength: 'no' }).detail).toContain(
      'extended APDUs no (its driver says 65536 bytes)',
    );
  });

  it('is not known where nothing was told, and where it was not asked', () => {
    const silent = {
      vendor: null,
      version: null,
      place: null,
      maxApduDataSize: null,
      extendedLength: 'unknown',
    } as const;
    expect(factsItem('Some reader', silent).detail).toBe(
      'Some reader: extended APDUs not known (its driver does not say), maker not known, version of the reader not known, place not known (neither its driver nor the system says)',
    );
    expect(factsItem('Some reader', { ...silent, extendedLength: 'yes' }).detail).toContain(
      'extended APDUs yes (its driver does not say, the table of known readers does)',
    );
    expect(factsItem('Some reader', null).detail).toContain('only an empty reader is asked');
  });
});
