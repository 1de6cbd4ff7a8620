import { beforeEach, describe, expect, it } from 'vitest';
import { pinnedSigners, signerOffered } from '../../../main/keeping/report/list-signers.ts';
import { asFailure, Failure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import { Confirmations } from '../../../main/station/confirmation.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import { signerAnswers } from '../../../main/station/signer-answers.ts';
import { SignerLook } from '../../../main/station/signer-look.ts';
import type { Operator } from '../../../main/store/operators/operator.ts';
import type { ListSigning } from '../../../main/trust/lists/list-signing.ts';
import type { Pin, PinProposal } from '../../../main/trust/lists/pins.ts';
import type { ConfirmView } from '../../../preload/confirm-contract.ts';
import type { MethodName } from '../../../preload/contract.ts';
import { FakeHouse, FakeTimers } from '../../support/fake-house.ts';
import { fakeOperators, operatorOf } from '../../support/fake-operators.ts';
import { madeListSigner } from '../../support/made-trust-files.ts';
import { ecTestKey, nameOf, testAuthority } from '../../support/test-pki.ts';

/*
 * Vouching for a signer of lists at the desk: the page names nobody whom it was not shown, and what people confirm outside it is read
 * from the bytes that are pinned.
 */

const today = '2026-11-23' as PlainDate;
const { proposal, certificate } = signerOffered(madeListSigner, today, new Set());
const { fingerprint } = proposal;
const signing: ListSigning = {
  kind: 'master-list',
  date: '2026-05-28' as PlainDate,
  certificates: [{ part: 'issuer', der: madeListSigner }],
};
const pinOf = (given: PinProposal): Pin => ({
  id: 1,
  ...given,
  proposedBy: 'AB',
  proposedAt: '2026-11-23T09:00:00Z',
  confirmedBy: 'CD',
  confirmedAt: '2026-11-23T09:00:00Z',
  withdrawalProposedBy: null,
  withdrawalProposedAt: null,
  withdrawnBy: null,
  withdrawnAt: null,
});
const standing = pinnedSigners({ list: () => [pinOf(proposal)] }, today);

let fake: FakeHouse;
let call: (method: MethodName, ...args: readonly unknown[]) => Promise<unknown>;
let pinned: { readonly proposal: PinProposal; readonly names: readonly string[] }[];
let asked: ConfirmView[];
let signed: string[];

beforeEach(() => {
  fake = new FakeHouse();
  pinned = [];
  asked = [];
  signed = [];
  fake.pinSigner = (given, names) => {
    pinned.push({ proposal: given, names });
    fake.trustReport = { ...fake.trustReport, signers: () => standing };
    return pinOf(given);
  };
  fake.workshop = {
    ...fake.workshop,
    importFiles: async () => {
      throw new Failure('trust.signer-not-pinned', { file: 'de.ml' });
    },
    signingOf: async (path) => {
      signed.push(path);
      return signing;
    },
  };
  fake.people = async (window) => {
    const view = window.view();
    if (view !== null) asked.push(view);
    await window.answer({ kind: 'names', first: 'AB', second: 'CD' });
  };
  const desk = createDesk({
    ...fake.beside,
    house: fake.house,
    standIn: false,
    newCaseId: () => 'case-1',
    timers: new FakeTimers(),
  });
  const around = { answers: desk.answers, pageOrigin: appOrigin, log: () => undefined };
  call = (method, ...args) => answerCall(around, method, { url: 'styrk://app/index.html', mainFrame: true }, args);
});

const refusedImport = async () => {
  fake.chosen = ['/media/usb/se.crl', '/media/usb/de.ml'];
  expect(await call('trust.import')).toMatchObject({ ok: false, code: 'trust.signer-not-pinned' });
};

describe('a list that nobody vouches for', () => {
  it('is named, looked at, pinned by two people, and taken with what was refused beside it', async () => {
    expect(await call('trust.signers')).toEqual({
      ok: true,
      value: { pins: [], pinCount: 0, refused: null, looked: null },
    });
    await call('app.setLanguage', 'sv');
    await refusedImport();
    expect(await call('trust.signers')).toMatchObject({ ok: true, value: { refused: 'de.ml', looked: null } });
    const view = {
      file: 'de.ml',
      kind: 'master-list',
      date: '2026-05-28',
      certificates: [{ part: 'issuer', state: null, certificate: { fingerprint, country: 'DE', validity: 'valid' } }],
    };
    expect(await call('trust.lookAtSigner', 'refused')).toMatchObject({ ok: true, value: view });
    expect(signed).toEqual(['/media/usb/de.ml']);
    expect(await call('trust.signers')).toMatchObject({ ok: true, value: { looked: view } });

    expect(await call('trust.pin', fingerprint)).toEqual({ ok: true, value: null });
    expect(pinned).toEqual([{ proposal, names: ['AB', 'CD'] }]);
    const rows = asked[0]?.rows.map(({ label, value }) => `${label}: ${value}`);
    expect(rows).toEqual([
      `Fingeravtryck (SHA-256): ${fingerprint.match(/.{4}/g)?.join(' ')}`,
      `Certifikat för: ${certificate.subject}`,
      'Land: DE',
      `Utfärdat av: ${certificate.issuer}`,
      `Gäller: ${certificate.notBefore} till ${certificate.notAfter}`,
      'Kom i filen: de.ml',
    ]);

    const taken: (readonly string[])[] = [];
    fake.workshop = {
      ...fake.workshop,
      importFiles: async (paths) => {
        taken.push(paths);
        throw new Failure('trust.list-older', { file: 'de.ml' });
      },
    };
    // Another reason than the signer: what is looked at stays, and can be tried again.
    expect(await call('trust.takeAgain')).toMatchObject({ ok: false, code: 'trust.list-older' });
    expect(await call('trust.signers')).toMatchObject({ value: { looked: { certificates: [{ state: 'stands' }] } } });
    expect(taken).toEqual([['/media/usb/se.crl', '/media/usb/de.ml']]);
    expect(await call('trust.leaveSigner')).toEqual({ ok: true, value: null });
    expect(await call('trust.signers')).toMatchObject({ value: { refused: null, looked: null } });
    expect(await call('trust.takeAgain')).toMatchObject({ ok: false, code: 'trust.pin-unknown' });
  });

  it('of another signer than the one that is looked at takes its place', async () => {
    await refusedImport();
    await call('trust.lookAtSigner', 'refused');
    fake.workshop = {
      ...fake.workshop,
      importFiles: async () => {
        throw new Failure('trust.signer-not-pinned', { file: 'nl.ml' });
      },
    };
    fake.chosen = ['/media/usb/nl.ml'];
    await call('trust.import');
    expect(await call('trust.signers')).toMatchObject({ value: { refused: 'nl.ml', looked: null } });
    expect(await call('trust.pin', fingerprint)).toMatchObject({ ok: false, code: 'trust.pin-unknown' });
  });
});

describe('a file that is chosen', () => {
  it('is looked at by itself, and several are none', async () => {
    expect(await call('trust.lookAtSigner', 'chosen')).toEqual({ ok: true, value: null });
    fake.chosen = ['/media/usb/csca.cer'];
    expect(await call('trust.lookAtSigner', 'chosen')).toMatchObject({ ok: true, value: { file: 'csca.cer' } });
    fake.chosen = ['/a.cer', '/b.cer'];
    expect(await call('trust.lookAtSigner', 'chosen')).toMatchObject({ code: 'trust.pin-not-certificate' });
    expect(signed).toEqual(['/media/usb/csca.cer']);
    expect(await call('trust.lookAtSigner', 'refused')).toMatchObject({ ok: false, code: 'trust.pin-unknown' });
  });

  it('with a name that deceives the eye is shown with what is not seen left out, or as a sign that is', async () => {
    const hidden = nameOf('DE', 'Root\u202egnp.\u200b');
    const odd = testAuthority(
      ecTestKey('P-256', 'named', 5),
      { scheme: 'ECDSA', hash: 'SHA-256' },
      { subject: hidden, issuer: hidden },
    );
    fake.workshop = {
      ...fake.workshop,
      signingOf: async () => ({ kind: 'certificate', date: null, certificates: [{ part: 'certificate', der: odd }] }),
    };
    fake.chosen = ['/media/usb/odd\u202e.cer'];
    expect(await call('trust.lookAtSigner', 'chosen')).toMatchObject({
      value: { file: 'odd.cer', certificates: [{ certificate: { subject: 'CN=Root�gnp.�,C=DE' } }] },
    });
  });

  it('is nothing where the worker tells bytes that are no certificate', async () => {
    fake.workshop = {
      ...fake.workshop,
      signingOf: async () => ({ ...signing, certificates: [{ part: 'signer', der: new Uint8Array([0x30, 0]) }] }),
    };
    fake.chosen = ['/media/usb/de.ml'];
    expect(await call('trust.lookAtSigner', 'chosen')).toMatchObject({ ok: false, code: 'trust.pin-not-certificate' });
    expect(await call('trust.signers')).toMatchObject({ value: { looked: null } });
  });
});

describe('a page that was taken over', () => {
  it('pins nobody whom it was not shown, and names no path', async () => {
    await refusedImport();
    expect(await call('trust.pin', fingerprint)).toMatchObject({ ok: false, code: 'trust.pin-unknown' });
    await call('trust.lookAtSigner', 'refused');
    expect(await call('trust.pin', 'ab'.repeat(32))).toMatchObject({ ok: false, code: 'trust.pin-unknown' });
    for (const args of [[], [null], ['x'.repeat(65)], [fingerprint, 'AB', 'CD'], [{ fingerprint }]])
      expect(await call('trust.pin', ...args)).toMatchObject({ ok: false, code: 'call.malformed' });
    for (const args of [[], ['/etc/passwd'], ['chosen', '/etc/passwd']])
      expect(await call('trust.lookAtSigner', ...args)).toMatchObject({ ok: false, code: 'call.malformed' });
    expect(asked).toEqual([]);
    expect(pinned).toEqual([]);
  });

  it('gets nothing pinned that nobody confirms', async () => {
    await refusedImport();
    await call('trust.lookAtSigner', 'refused');
    fake.people = async (window) => window.cancel();
    expect(await call('trust.pin', fingerprint)).toMatchObject({ ok: false, code: 'trust.not-confirmed' });
    expect(pinned).toEqual([]);
  });
});

describe('what is confirmed is what is done', () => {
  it('a signer that somebody pinned meanwhile is not pinned unseen', async () => {
    await refusedImport();
    await call('trust.lookAtSigner', 'refused');
    fake.people = async (window) => {
      fake.trustReport = { ...fake.trustReport, signers: () => standing };
      await window.answer({ kind: 'names', first: 'AB', second: 'CD' });
    };
    expect(await call('trust.pin', fingerprint)).toMatchObject({ ok: false, code: 'confirm.changed' });
    expect(pinned).toEqual([]);
  });

  it('a pin is taken back by its fingerprint; one that is gone meanwhile is not', async () => {
    const withdrawn: unknown[] = [];
    fake.withdrawPin = (...given) => {
      withdrawn.push(given);
      return { pin: pinOf(proposal), entry: null };
    };
    expect(await call('trust.unpin', fingerprint)).toMatchObject({ ok: false, code: 'trust.pin-unknown' });
    fake.trustReport = { ...fake.trustReport, signers: () => standing };
    // Six digits are enough at the side door, where a person types them.
    expect(await call('trust.unpin', fingerprint.slice(0, 6))).toMatchObject({ ok: false, code: 'trust.pin-unknown' });
    expect(await call('trust.unpin', fingerprint)).toEqual({ ok: true, value: null });
    expect(withdrawn).toEqual([[fingerprint, ['AB', 'CD']]]);
    expect(asked[0]?.rows[0]?.value.replaceAll(' ', '')).toBe(fingerprint);
    fake.people = async (window) => {
      fake.trustReport = { ...fake.trustReport, signers: () => [] };
      await window.answer({ kind: 'names', first: 'AB', second: 'CD' });
    };
    expect(await call('trust.unpin', fingerprint)).toMatchObject({ ok: false, code: 'confirm.changed' });
    expect(withdrawn).toHaveLength(1);
  });

  it('nothing is asked in a folder that is locked: no act could be recorded', async () => {
    await refusedImport();
    await call('trust.lookAtSigner', 'refused');
    fake.key = 'locked';
    expect(await call('trust.pin', fingerprint)).toMatchObject({ ok: false, code: 'storage.locked' });
    expect(asked).toEqual([]);
  });
});

describe('with operators', () => {
  const at = async (staff: Operator[], ...people: readonly string[]) => {
    const operators = fakeOperators(staff);
    const signIns = [...people];
    const confirmations = new Confirmations({
      operators,
      timers: new FakeTimers(),
      show: async (window) => {
        for (const sign of signIns)
          await window.answer({ kind: 'sign-in', sign, secret: sign.toLowerCase() }).catch(() => window.cancel());
      },
    });
    const look = new SignerLook(
      {
        importFiles: () => Promise.reject(new Failure('trust.busy')),
        signingOf: async () => signing,
      },
      fake.house.keeping.report,
    );
    const { house } = fake;
    const answers = signerAnswers({
      house: { ...house, keeping: { ...house.keeping, operators } },
      tending: { refuseIfBusy: () => undefined },
      look,
      chooseFiles: async () => ['/media/usb/de.ml'],
      confirm: (act) => confirmations.ask(act),
      changed: () => null,
    });
    await answers['trust.lookAtSigner']('chosen');
    return Promise.resolve(answers['trust.pin'](fingerprint)).then(
      () => 'pinned',
      (thrown) => asFailure(thrown).code,
    );
  };
  const [ab, cd, su] = [
    operatorOf('AB', 'administrator'),
    operatorOf('CD', 'administrator'),
    operatorOf('SU', 'supervisor'),
  ];

  it('two administrators sign in for it, wherever the key lies; one alone, a supervisor, or one twice is none', async () => {
    expect(await at([ab, cd], 'AB', 'CD')).toBe('pinned');
    expect(pinned.map(({ names }) => names)).toEqual([['AB', 'CD']]);
    fake.trustReport = { ...fake.trustReport, signers: () => [] };
    expect(await at([ab], 'AB')).toBe('operator.second-needed');
    expect(await at([ab, cd, su], 'AB', 'SU')).toBe('trust.not-confirmed');
    expect(await at([ab, cd], 'AB', 'AB')).toBe('trust.not-confirmed');
    expect(pinned).toHaveLength(1);
  });
});
