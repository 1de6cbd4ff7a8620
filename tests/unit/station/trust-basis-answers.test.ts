import { beforeEach, describe, expect, it } from 'vitest';
import { shownCertificate } from '../../../main/keeping/report/list-signers.ts';
import type { VouchedAuthority } from '../../../main/keeping/report/trust-basis.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import type { TrustLimits } from '../../../main/trust/types.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import type { ConfirmView } from '../../../preload/confirm-contract.ts';
import type { MethodName } from '../../../preload/contract.ts';
import { FakeHouse, FakeTimers } from '../../support/fake-house.ts';
import { madeAuthorities, madeDocumentSigner } from '../../support/made-trust-files.ts';

/* What trust rests on, as the desk changes it: no page names a certificate that it was not shown, and people confirm all of it. */

const [der = new Uint8Array()] = madeAuthorities(1);
const certificate = shownCertificate(parseCertificate(der), '2026-11-23' as PlainDate);
const { fingerprint } = certificate;
const standing: VouchedAuthority = {
  ...{ certificate, since: '2026-11-23' as PlainDate, until: '2027-11-23' as PlainDate, daysLeft: 365 },
  ...{ freshness: 'soon stale', own: true, alsoHeld: false },
};

let fake: FakeHouse;
let call: (method: MethodName, ...args: readonly unknown[]) => Promise<unknown>;
let asked: ConfirmView[];
let done: unknown[];
let limits: TrustLimits;

beforeEach(() => {
  fake = new FakeHouse();
  [asked, done, limits] = [[], [], standardLimits];
  fake.pinAuthority = async (bytes, names) => {
    done.push({ bytes, names });
    return {} as never;
  };
  fake.withdrawAuthority = (...given) => {
    done.push(given);
    return {} as never;
  };
  fake.station = {
    publicKey: () => ({ fingerprint: 'ab'.repeat(32), pem: 'PEM', hex: 'cd'.repeat(32) }),
    name: () => 'Till 3',
    logKeys: () => ['log key'],
    limits: () => limits,
    setLimits: (change) => {
      limits = { ...limits, ...change };
      return limits;
    },
  };
  let source: ReturnType<typeof fake.trustUpkeep.source> = null;
  let states: readonly string[] = [];
  fake.trustUpkeep = {
    ...fake.trustUpkeep,
    source: () => source,
    setSource: (wanted) => {
      source = wanted;
    },
    revocationStates: () => states,
    setRevocationStates: (wanted) => {
      states = wanted;
    },
  };
  fake.people = async (window) => {
    const view = window.view();
    if (view === null) return;
    asked.push(view);
    await window.answer(view.step === 'names' ? { kind: 'names', first: 'AB', second: 'CD' } : { kind: 'yes' });
  };
  const desk = () =>
    createDesk({
      ...fake.beside,
      house: fake.house,
      standIn: false,
      newCaseId: () => 'case-1',
      timers: new FakeTimers(),
    });
  let made: ReturnType<typeof desk> | null = null;
  call = (method, ...args) => {
    made ??= desk();
    const around = { answers: made.answers, pageOrigin: appOrigin, log: () => undefined };
    return answerCall(around, method, { url: 'styrk://app/index.html', mainFrame: true }, args);
  };
});

const lookAt = async (bytes = der) => {
  fake.workshop = {
    ...fake.workshop,
    signingOf: async () => ({ kind: 'certificate', date: null, certificates: [{ part: 'certificate', der: bytes }] }),
  };
  fake.chosen = ['/media/usb/csca.cer'];
  return call('trust.lookAtSigner', 'chosen');
};
const held = (...all: readonly VouchedAuthority[]) => {
  fake.trustReport = { ...fake.trustReport, authorities: async () => all };
};

describe('a certificate as a state’s own', () => {
  it('is offered where it is one, and taken with what two people read of its bytes', async () => {
    expect(await lookAt()).toMatchObject({ value: { asIssuer: { refusal: null, stands: false } } });
    expect(await call('trust.pinAuthority', fingerprint)).toEqual({ ok: true, value: null });
    expect(done).toEqual([{ bytes: der, names: ['AB', 'CD'] }]);
    expect(asked[0]?.rows.map(({ value }) => value.replaceAll(' ', ''))).toEqual(
      expect.arrayContaining([fingerprint, 'csca.cer']),
    );
  });

  it('is not offered where it is none, nor taken from a page that asks for it all the same', async () => {
    const signer = madeDocumentSigner();
    const other = parseCertificate(signer).fingerprint;
    expect(await lookAt(signer)).toMatchObject({ value: { asIssuer: { refusal: 'certificate.not-authority' } } });
    expect(await call('trust.pinAuthority', other)).toMatchObject({ ok: false, code: 'certificate.not-authority' });
    expect(await call('trust.pinAuthority', fingerprint)).toMatchObject({ ok: false, code: 'trust.pin-unknown' });
    for (const args of [[], [null], ['x'.repeat(65)], [fingerprint, 'AB']])
      expect(await call('trust.pinAuthority', ...args)).toMatchObject({ ok: false, code: 'call.malformed' });
    expect(asked).toEqual([]);
    expect(done).toEqual([]);
  });

  it('is not taken that nobody confirms, nor unseen where it changed meanwhile, nor in a locked folder', async () => {
    await lookAt();
    const { people } = fake;
    fake.people = async (window) => window.cancel();
    expect(await call('trust.pinAuthority', fingerprint)).toMatchObject({ code: 'trust.not-confirmed' });
    fake.people = async (window) => {
      held(standing);
      await people(window);
    };
    expect(await call('trust.pinAuthority', fingerprint)).toMatchObject({ code: 'confirm.changed' });
    fake.key = 'locked';
    expect(await call('trust.pinAuthority', fingerprint)).toMatchObject({ code: 'storage.locked' });
    expect(done).toEqual([]);
  });

  it('goes again by two; another station’s word is not taken back here', async () => {
    expect(await call('trust.unpinAuthority', fingerprint)).toMatchObject({ code: 'trust.pin-unknown' });
    held({ ...standing, own: false });
    expect(await call('trust.unpinAuthority', fingerprint)).toMatchObject({ code: 'trust.pin-unknown' });
    held(standing);
    expect(await call('trust.unpinAuthority', fingerprint)).toEqual({ ok: true, value: null });
    expect(done).toEqual([[fingerprint, ['AB', 'CD']]]);
    expect(asked).toHaveLength(1);
  });
});

describe('what is shown', () => {
  it('is the station’s own key, the words, the limits and the places', async () => {
    held(standing);
    expect(await call('trust.basis')).toMatchObject({
      ok: true,
      value: {
        station: { name: 'Till 3', fingerprint: 'ab'.repeat(32), pem: 'PEM', logKeys: ['log key'] },
        authorities: [{ certificate: { fingerprint }, freshness: 'soon-stale', own: true }],
        ...{ authorityCount: 1, limits: standardLimits, standardLimits, places: [], states: [], ownAuthority: false },
      },
    });
  });
});

describe('limits', () => {
  const longer = { ...standardLimits, masterListDays: 400 };
  it('are set as they are confirmed, and back to the app’s own', async () => {
    expect(await call('trust.setLimits', longer)).toEqual({ ok: true, value: null });
    expect(limits).toEqual(longer);
    expect(asked[0]?.rows).toEqual([{ label: 'Master list', value: '365 days → 400 days' }]);
    expect(await call('trust.setLimits', null)).toEqual({ ok: true, value: null });
    expect(limits).toEqual(standardLimits);
  });

  it('that stay as they are ask nobody; those out of bounds are no argument', async () => {
    expect(await call('trust.setLimits', standardLimits)).toEqual({ ok: true, value: null });
    for (const masterListDays of [0, 3651, 1.5, '365'])
      expect(await call('trust.setLimits', { ...standardLimits, masterListDays })).toMatchObject({
        code: 'call.malformed',
      });
    expect(await call('trust.setLimits', { ...longer, more: 1 })).toMatchObject({ code: 'call.malformed' });
    expect(asked).toEqual([]);
  });
});

describe('places', () => {
  const places = ['https://lists.bank.example/de.ml'];
  it('are set with the states, and emptied', async () => {
    expect(await call('trust.setPlaces', { places, states: ['swe', 'D'] })).toEqual({ ok: true, value: null });
    expect(fake.trustUpkeep.source()).toMatchObject({ kind: 'https', places });
    expect(fake.trustUpkeep.revocationStates()).toEqual(['SWE', 'D']);
    expect(asked[0]?.rows.map(({ value }) => value)).toEqual([...places, 'SWE, D']);
    expect(await call('trust.setPlaces', { places: [], states: [] })).toEqual({ ok: true, value: null });
    expect(fake.trustUpkeep.source()).toBeNull();
    expect(fake.trustUpkeep.revocationStates()).toEqual([]);
    expect(asked[1]?.rows.map(({ value }) => value)).toEqual(['Nowhere']);
  });

  it('keep the authority of the bank’s own that the side door set, and a folder has none', async () => {
    fake.trustUpkeep.setSource({ kind: 'https', places: ['https://old.example/a.ml'], authority: 'PEM' });
    await call('trust.setPlaces', { places, states: [] });
    expect(fake.trustUpkeep.source()).toMatchObject({ places, authority: 'PEM' });
    await call('trust.setPlaces', { places: ['/mnt/lists'], states: [] });
    expect(fake.trustUpkeep.source()).toEqual({ kind: 'folder', places: ['/mnt/lists'], authority: null });
  });

  it.each([
    [{ places: ['http://lists.bank.example/de.ml'], states: [] }, 'update.source-unusable'],
    [{ places: ['lists'], states: [] }, 'update.source-unusable'],
    [{ places: ['https://user:secret@lists.example/a.ml'], states: [] }, 'update.source-unusable'],
    [{ places, states: ['XXA'] }, 'update.source-unusable'],
    [{ places: Array.from({ length: 17 }, () => places[0]), states: [] }, 'call.malformed'],
    [{ places }, 'call.malformed'],
  ])('%j are refused before anybody is asked', async (given, code) => {
    expect(await call('trust.setPlaces', given)).toMatchObject({ ok: false, code });
    expect(asked).toEqual([]);
  });

  it('that are managed are nobody’s to change', async () => {
    fake.managed = { place: 'policy', names: ['trustPlaces'] };
    expect(await call('trust.basis')).toMatchObject({ value: { placesManaged: true } });
    expect(await call('trust.setPlaces', { places, states: [] })).toMatchObject({ code: 'settings.managed' });
    expect(asked).toEqual([]);
  });
});
