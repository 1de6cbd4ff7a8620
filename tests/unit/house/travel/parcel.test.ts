import { describe, expect, it } from 'vitest';
import { agreedWith, newRecipientKey } from '../../../../main/crypto/recipient.ts';
import { newSigningKey, sign } from '../../../../main/crypto/sealing.ts';
import { writeSigned } from '../../../../main/fleet/signed-file.ts';
import { openParcel, writeParcel } from '../../../../main/house/travel/parcel.ts';
import { cardFingerprint, readCard, type StationCard, writeCard } from '../../../../main/house/travel/station-card.ts';
import { machineRandom } from '../../../../main/machine/random.ts';
import { concat, toHex } from '../../../../main/result/bytes.ts';
import { asFailure } from '../../../../main/result/failure.ts';

/* What stations hand each other is signed, sealed for one receiver, and refused whole where one byte of it is another (docs/referrals.md). */

function aStation(digit: string) {
  const { secretKey, publicKey } = newSigningKey(machineRandom);
  const receiving = newRecipientKey(machineRandom);
  const id = `station-${digit.repeat(16)}`;
  const card: StationCard = {
    station: id,
    name: 'Kiosk 2, Storgatan',
    publicKey: toHex(publicKey),
    receivingKey: toHex(receiving.publicKey),
  };
  return {
    card,
    station: { id, publicKey, sign: (message: Uint8Array) => sign(secretKey, message) },
    receiving: {
      publicKey: () => receiving.publicKey,
      agreedWith: (ephemeral: Uint8Array) => agreedWith(ephemeral, receiving.secretKey),
    },
  };
}

const kiosk = aStation('1');
const desk = aStation('2');
const stranger = aStation('3');
const plain = new TextEncoder().encode('{"cases":["Zyxwvutsson"]}');
const at = '2026-11-30T10:00:00Z';

const from = (sender: ReturnType<typeof aStation>, to = desk, changes: { readonly training?: boolean } = {}) =>
  writeParcel('referrals', plain, {
    station: sender.station,
    to: to.card,
    at,
    training: false,
    random: machineRandom,
    ...changes,
  });
const trusted = (station: string): StationCard | null => (station === kiosk.card.station ? kiosk.card : null);
const codeOf = async (bytes: Uint8Array, receiver = desk): Promise<string | null> =>
  openParcel('referrals', bytes, { ...receiver, training: false, trusted }).then(
    () => null,
    (thrown: unknown) => asFailure(thrown).code,
  );

describe('a parcel', () => {
  const whole = from(kiosk);

  it('opens at the station that it is for, and tells who sent it and when', async () => {
    const opened = await openParcel('referrals', whole, { ...desk, training: false, trusted });
    expect(opened.plain).toEqual(plain);
    expect(opened.head).toMatchObject({ from: kiosk.card.station, to: desk.card.station, at, training: false });
  });

  it('names nobody to whoever finds it', () => {
    expect(Buffer.from(whole).toString('latin1')).not.toContain('Zyxwvutsson');
  });

  it('is refused with any one byte changed', async () => {
    const taken: number[] = [];
    for (let place = 0; place < whole.length; place++) {
      const changed = whole.slice();
      changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
      if ((await codeOf(changed)) === null) taken.push(place);
    }
    expect(taken).toEqual([]);
  });

  it('is refused torn anywhere, and with anything behind it', async () => {
    const taken: number[] = [];
    for (let length = 0; length < whole.length; length++)
      if ((await codeOf(whole.slice(0, length))) === null) taken.push(length);
    expect(taken).toEqual([]);
    expect(await codeOf(concat(whole, Uint8Array.of(0)))).toBe('referral.file-malformed');
  });

  it.each([
    ['for another station', () => codeOf(from(kiosk, stranger)), 'referral.other-station'],
    ['of a station that nobody trusts', () => codeOf(from(stranger)), 'referral.station-unknown'],
    ['of training among ordinary data', () => codeOf(from(kiosk, desk, { training: true })), 'referral.file-malformed'],
    [
      'in the name of a trusted one, by another key',
      () => codeOf(from({ ...stranger, station: { ...stranger.station, id: kiosk.card.station } })),
      'fleet.signature-wrong',
    ],
    [
      'that names this station and is sealed for another',
      () => codeOf(from(kiosk, { ...desk, card: { ...desk.card, receivingKey: stranger.card.receivingKey } })),
      'referral.file-malformed',
    ],
    ['of another kind', () => codeOf(Buffer.from('styrk-fleet outcomes 1\n')), 'referral.file-malformed'],
    [
      'with more in its manifest than is known',
      () => {
        const head = { from: kiosk.card.station, to: desk.card.station, at, training: false, hurry: true };
        return codeOf(writeSigned('referrals', head, new Uint8Array(64), kiosk.station.sign));
      },
      'referral.file-malformed',
    ],
  ])('%s is refused', async (_, code, expected) => {
    expect(await code()).toBe(expected);
  });

  it('of cases is none of outcomes: the seal knows what it is for', async () => {
    const again = writeSigned(
      'outcomes',
      { from: kiosk.card.station, to: desk.card.station, at, training: false },
      whole.slice(whole.length - (32 + 24 + plain.length + 16)),
      kiosk.station.sign,
    );
    const opening = openParcel('outcomes', again, { ...desk, training: false, trusted });
    await expect(opening).rejects.toMatchObject({ code: 'referral.file-malformed', fields: { reason: 'seal' } });
  });
});

describe('the card of a station', () => {
  const written = writeCard(kiosk.card, kiosk.station.sign);

  it('is read as it was written, under a fingerprint of station and keys', async () => {
    const read = await readCard(written);
    expect(read).toEqual(kiosk.card);
    expect(cardFingerprint({ ...read, name: 'Renamed' })).toBe(cardFingerprint(kiosk.card));
    for (const other of [
      { ...read, station: desk.card.station },
      { ...read, publicKey: desk.card.publicKey },
      { ...read, receivingKey: desk.card.receivingKey },
    ])
      expect(cardFingerprint(other)).not.toBe(cardFingerprint(read));
  });

  it('is refused with any byte changed or missing', async () => {
    const taken: number[] = [];
    const isTaken = (bytes: Uint8Array): Promise<boolean> =>
      readCard(bytes).then(
        () => true,
        () => false,
      );
    for (let place = 0; place < written.length; place++) {
      const changed = written.slice();
      changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
      if ((await isTaken(changed)) || (await isTaken(written.slice(0, place)))) taken.push(place);
    }
    expect(taken).toEqual([]);
  });

  it.each([
    ['a key that anybody could open for', { receivingKey: '00'.repeat(32) }],
    ['a name with what nobody sees', { name: 'Kiosk\u202e2' }],
    ['an id that no station has', { station: 'station-1' }],
  ])('with %s is refused', async (_, changes) => {
    const card = writeCard({ ...kiosk.card, ...changes }, kiosk.station.sign);
    await expect(readCard(card)).rejects.toMatchObject({ code: 'referral.file-malformed' });
  });
});
