import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linuxSockets, nameAndPlace, nameAt, placeOf, samePlace } from '../../../main/reader/reader-place.ts';
import { ScardError } from '../../../main/reader/scard.ts';
import { fakeCard } from './fake-scard.ts';

const utf8 = new TextEncoder();
const refuses = () => Promise.reject(new ScardError(0x80100016));
const nobody = () => null;

/** A driver that tells its place by 3601 and the address of its device as the channel; null: it does not know the question. */
const driver = (place: string | null, channel: readonly number[] | null) =>
  fakeCard({
    control: (code) =>
      'ioctl' in code && code.ioctl === 3601 && place !== null ? Promise.resolve(utf8.encode(place)) : refuses(),
    attribute: (id) => (id === 0x20110 && channel !== null ? Promise.resolve(Uint8Array.from(channel)) : refuses()),
  });
const bus1Address5 = [0x05, 0x01, 0x20, 0x00];

describe('the place of a reader', () => {
  it('is what its driver says', async () => {
    expect(await placeOf(driver('1-1.3.2:1.0', bus1Address5), () => '9-9')).toBe('1-1.3.2:1.0');
    expect(await placeOf(driver('1-1.3.2:1.0\0', null), nobody)).toBe('1-1.3.2:1.0');
  });

  it('is, of an older driver, where the kernel has the device of its bus and address', async () => {
    const asked: number[][] = [];
    const sockets = (...device: [number, number]) => {
      asked.push(device);
      return '1-1.3.2';
    };
    expect(await placeOf(driver(null, bus1Address5), sockets)).toBe('1-1.3.2');
    expect(asked).toEqual([[1, 5]]);
  });

  it.each([
    ['neither is told', null, null],
    ['the channel is a serial port', null, [0x01, 0x00, 0x01, 0x00]],
    ['the channel has another length', null, [0x05, 0x01, 0x20]],
    ['the answer is another maker’s', 'FW 1.03', null],
    ['the answer has no end', `1-1${'.1'.repeat(40)}`, null],
  ] as const)('is not known where %s', async (_what, place, channel) => {
    expect(await placeOf(driver(place, channel), () => '1-1')).toBeNull();
  });

  it('is not the address alone, which the next plugging changes', async () => {
    expect(await placeOf(driver(null, bus1Address5), nobody)).toBeNull();
    expect(await placeOf(driver(null, bus1Address5), () => '../../etc')).toBeNull();
  });

  it('is found among the devices of Linux', () => {
    const folder = mkdtempSync(join(tmpdir(), 'styrk-usb-'));
    try {
      const device = (name: string, numbers?: readonly [number, number]) => {
        mkdirSync(join(folder, name));
        if (numbers === undefined) return;
        writeFileSync(join(folder, name, 'busnum'), `${numbers[0]}\n`);
        writeFileSync(join(folder, name, 'devnum'), `${numbers[1]}\n`);
      };
      device('usb1', [1, 1]);
      device('1-0:1.0');
      device('1-1.3.2', [1, 5]);
      device('2-1', [2, 5]);
      device('1-4', [1, 6]);
      expect(linuxSockets(1, 5, folder)).toBe('1-1.3.2');
      expect(linuxSockets(2, 5, folder)).toBe('2-1');
      expect(linuxSockets(1, 1, folder)).toBeNull();
      expect(linuxSockets(3, 5, folder)).toBeNull();
      expect(linuxSockets(1, 5, join(folder, 'none'))).toBeNull();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('stands behind the name, and is read from there', () => {
    const name = nameAt('ACME [CL] (A1) 00 00', '1-1.3:1.0');
    expect(nameAndPlace(name)).toEqual({ name: 'ACME [CL] (A1) 00 00', place: '1-1.3:1.0' });
    expect(nameAndPlace('mail@1-1')).toEqual({ name: 'mail@1-1', place: null });
    expect(nameAndPlace('ACME 00 00 @the desk')).toEqual({ name: 'ACME 00 00 @the desk', place: null });
  });

  it('is the same with and without its interface, and another at another interface', () => {
    expect(samePlace('1-1.3', '1-1.3:1.0')).toBe(true);
    expect(samePlace('1-1.3:1.1', '1-1.3:1.0')).toBe(false);
    expect(samePlace('1-1', '1-1.3')).toBe(false);
    expect(samePlace('', '1-1')).toBe(false);
  });
});
