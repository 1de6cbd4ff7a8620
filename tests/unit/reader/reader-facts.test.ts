import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../main/reader/reader-facts.ts';
import { ScardError } from '../../../main/reader/scard.ts';
import { createScardPort } from '../../../main/reader/scard-port.ts';
import { fakeCard, fakeScard, manualScheduler, turn } from './fake-scard.ts';

const utf8 = new TextEncoder();

/** A driver as libccid is one: vendor, version, place and the length of APDUs. */
const libccid = {
  attribute: (id: number) => {
    if (id === 0x0001_0100) return Promise.resolve(utf8.encode('A maker\0'));
    if (id === 0x0001_0102) return Promise.resolve(Uint8Array.of(0x07, 0x00, 0x05, 0x01));
    return Promise.reject(new ScardError(0x8010001f));
  },
  control: (code: { readonly ioctl: number } | { readonly whole: number }) => {
    if ('whole' in code) return Promise.resolve(Uint8Array.of(0x0a, 4, 0, 0, 1, 0));
    if (code.ioctl === 3400) return Promise.resolve(Uint8Array.of(0x12, 4, 0x42, 0x33, 0, 0x12));
    return code.ioctl === 3601 ? Promise.resolve(utf8.encode('1-2.1')) : Promise.reject(new ScardError(0x80100004));
  },
};
const nothing = { vendor: null, version: null, place: null, maxApduDataSize: null, extendedLength: 'unknown' };

describe('what a reader tells of itself', () => {
  it('is its maker, its version, its place and the length of its APDUs', async () => {
    expect(await readFacts('Some reader', 'linux', libccid)).toEqual({
      vendor: 'A maker',
      version: '1.5.7',
      place: '1-2.1',
      maxApduDataSize: 65_536,
      extendedLength: 'yes',
    });
  });

  it('is held against what is known of readers that say more than they bear', async () => {
    expect(await readFacts('Some reader', 'darwin', libccid)).toMatchObject({
      maxApduDataSize: 65_536,
      extendedLength: 'no',
    });
    expect(await readFacts('ACS ACR1252 1S CL Reader PICC 0', 'linux', libccid)).toMatchObject({
      extendedLength: 'no',
    });
  });

  it('is nothing where the driver refuses every question', async () => {
    expect(await readFacts('Some reader', 'linux', fakeCard())).toEqual(nothing);
  });

  it.each([
    ['a version of another length', { attribute: () => Promise.resolve(Uint8Array.of(1, 2, 3)) }],
    ['a place that steers a terminal', { control: () => Promise.resolve(Uint8Array.of(0x31, 0x1b, 0x5b)) }],
    ['a place without end', { control: () => Promise.resolve(new Uint8Array(300).fill(0x31)) }],
    ['an empty answer', { control: () => Promise.resolve(new Uint8Array()) }],
  ])('is bounded: %s is none', async (_what, parts) => {
    expect(await readFacts('Some reader', 'linux', fakeCard(parts))).toMatchObject({
      version: null,
      place: null,
      maxApduDataSize: null,
    });
  });
});

describe('a port', () => {
  const empty = 0x10;
  const withCard = 0x20;

  async function portWith(direct: ReturnType<typeof fakeScard>['direct'], flags = empty) {
    const scard = fakeScard();
    if (direct !== undefined) scard.direct = direct;
    const { scheduler, advance } = manualScheduler();
    const port = createScardPort('pcsc-mini', () => Promise.resolve(scard), { scheduler });
    const started = port.start(() => undefined);
    await turn();
    scard.say({ reader: 'Some reader', flags });
    await advance(1000);
    await started;
    return { port, advance };
  }

  it('asks an empty reader, and lets it go', async () => {
    let left = '';
    const card = fakeCard({
      ...libccid,
      disconnect: (how) => {
        left = how;
        return Promise.resolve();
      },
    });
    const { port } = await portWith(() => Promise.resolve(card));
    expect(await port.facts?.('Some reader')).toMatchObject({ vendor: 'A maker' });
    expect(left).toBe('leave');
    await port.stop();
  });

  it('asks none on which a card lies, and none that is not there', async () => {
    let asked = 0;
    const direct = () => {
      asked += 1;
      return Promise.resolve(fakeCard(libccid));
    };
    const { port } = await portWith(direct, withCard);
    expect([await port.facts?.('Some reader'), await port.facts?.('Another'), asked]).toEqual([null, null, 0]);
    await port.stop();
  });

  it.each([
    ['refuses', () => Promise.reject(new ScardError(0x8010000b))],
    ['cannot', undefined],
  ])('is told nothing where the binding %s', async (_what, direct) => {
    const { port } = await portWith(direct);
    expect(await port.facts?.('Some reader')).toBeNull();
    await port.stop();
  });

  it('waits no longer than an answer takes', async () => {
    const { port, advance } = await portWith(() => new Promise(() => undefined));
    const asked = port.facts?.('Some reader');
    await advance(2000);
    expect(await asked).toBeNull();
    await port.stop();
  });
});
