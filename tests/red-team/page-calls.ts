import { mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openHouse } from '../../main/house/open-house.ts';
import { Failure } from '../../main/result/failure.ts';
import { answerCall, type CallSender } from '../../main/station/call-gate.ts';
import { createDesk, type Desk } from '../../main/station/desk.ts';
import { appOrigin } from '../../main/station/page-origin.ts';
import type { MethodName } from '../../preload/contract.ts';
import type { Attack } from './attack.ts';
import { type AttackEnd, refusedBy } from './attack-end.ts';
import { builtWorker, type Station } from './station.ts';

const root = resolve(import.meta.dirname, '../..');
const houseOptions = {
  version: '0.0.0-test',
  resourcesDirectory: join(root, 'resources'),
  workerUrl: pathToFileURL(builtWorker),
};
const ourPage: CallSender = { url: `${appOrigin}/index.html`, mainFrame: true };

/** The calls that a page can make at a training desk, where specimens are laid by call. */
class Page {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** One call past the gate: the answer's value, or the code with which it was refused. */
  async call(
    method: string,
    args: readonly unknown[] = [],
    sender: CallSender | null = ourPage,
  ): Promise<{ readonly code: string | null; readonly value: unknown }> {
    const around = { answers: this.#desk.answers, pageOrigin: appOrigin, log: () => undefined };
    const answer = await answerCall(around, method as MethodName, sender, args);
    return answer.ok ? { code: null, value: answer.value } : { code: answer.code, value: null };
  }

  /** A call that the attack needs to succeed. */
  async must(method: string, ...args: readonly unknown[]): Promise<void> {
    const { code } = await this.call(method, args);
    if (code !== null) throw new Error(`${method}: ${code}`);
  }

  /** Resolves when the reading under way has come to an end. */
  read(): Promise<void> {
    const over = (): boolean => ['done', 'failed'].includes(this.#desk.state().case?.reading.state ?? '');
    return new Promise((done) => {
      const stop = this.#desk.onState(() => {
        if (!over()) return;
        stop();
        done();
      });
      if (over()) {
        stop();
        done();
      }
    });
  }

  verdict(): string {
    return this.#desk.state().case?.verdict?.verdict ?? 'none';
  }
}

const holder = 'asa';

/** A desk of training with the built worker; what it would record goes into a folder of its own. */
async function atDesk(station: Station, work: (page: Page) => Promise<AttackEnd>): Promise<AttackEnd> {
  const directory = mkdtempSync(join(station.folder, 'training-'));
  const key = { kind: 'key-file', path: null } as const;
  const house = await openHouse({ ...houseOptions, directory, kind: 'training', key, readers: 'training' });
  const nobody = () => Promise.reject(new Failure('update.cancelled'));
  const desk = createDesk({
    house,
    standIn: false,
    newCaseId: () => crypto.randomUUID(),
    workshop: { update: nobody, importFiles: nobody, endReading: () => undefined } as unknown as Parameters<
      typeof createDesk
    >[0]['workshop'],
    chooseFiles: async () => [],
    chooseNewFile: async () => null,
    // Nobody stands beside the page: the window outside it is closed.
    showConfirmation: (confirmation) => confirmation.cancel(),
  });
  try {
    await desk.start();
    return await work(new Page(desk));
  } finally {
    await desk.leave();
    await house.close();
  }
}

async function caseWith(page: Page, specimen: string | null, purpose = 'renew-bankid'): Promise<void> {
  await page.must('case.begin');
  await page.must('case.choosePurpose', purpose);
  await page.must('case.chooseHolder', holder);
  if (specimen === null) return;
  const { value } = await page.call('training.specimens');
  const chosen = (value as readonly { readonly id: string; readonly mrz: readonly string[] }[]).find(
    ({ id }) => id === specimen,
  );
  await page.must('training.lay', specimen);
  await page.must('case.setAccessKey', { kind: 'mrz', text: (chosen?.mrz ?? []).join('\n') });
  await page.read();
}

const refusedAs = ({ code }: { readonly code: string | null }): AttackEnd =>
  code === null ? { end: 'accept', stoppedBy: 'nothing' } : { end: 'refused', stoppedBy: code };
const goOn = (seen: string, reason: string | null = null) => ({ outcome: 'go-on', reason, sign: 'AB', seen });

const throughTheGate: readonly Attack[] = (
  [
    [
      'a call from another page',
      'a page of another origin asks for the portrait',
      'call.sender',
      (page) => page.call('case.portrait', [], { url: 'https://evil.example/', mainFrame: true }).then(refusedAs),
    ],
    [
      'a call from a frame',
      'a frame inside our own page asks',
      'call.sender',
      (page) => page.call('case.portrait', [], { ...ourPage, mainFrame: false }).then(refusedAs),
    ],
    [
      'a call of nobody',
      'a call whose sender is gone',
      'call.sender',
      (page) => page.call('desk.state', [], null).then(refusedAs),
    ],
    [
      'one argument more',
      'hides a second argument behind the one that is checked',
      'call.malformed',
      (page) => page.call('case.choosePurpose', ['renew-bankid', { admin: true }]).then(refusedAs),
    ],
    [
      'a purpose that is none',
      'asks for the purpose "__proto__"',
      'call.malformed',
      (page) => page.call('case.choosePurpose', ['__proto__']).then(refusedAs),
    ],
    [
      'go on with nothing',
      'decides before a case is there',
      'case.not-open',
      (page) => page.call('case.decide', [goOn('accept')]).then(refusedAs),
    ],
    [
      'go on without a document',
      'decides a case in which nothing was ever laid down',
      'decision.no-reading',
      async (page) => {
        await caseWith(page, null);
        return refusedAs(await page.call('case.decide', [goOn('refer', 'I know her')]));
      },
    ],
    [
      'go on without a face',
      'decides before anybody compared',
      'face.not-compared',
      async (page) => {
        await caseWith(page, 'se-passport');
        return refusedAs(await page.call('case.decide', [goOn('refer', 'I know her')]));
      },
    ],
    [
      'go on against a forgery',
      'goes on although the photo was changed',
      'decision.not-allowed',
      async (page) => {
        await caseWith(page, 'forged-photo');
        await page.call('case.answerFace', ['same', null]);
        return refusedAs(await page.call('case.decide', [goOn(page.verdict(), 'I know her')]));
      },
    ],
    [
      'go on alone',
      'overrides what the policy leaves to two people',
      'decision.not-allowed',
      async (page) => {
        await caseWith(page, 'unknown-issuer');
        await page.call('case.answerFace', ['same', null]);
        return refusedAs(await page.call('case.decide', [goOn(page.verdict(), 'I know her')]));
      },
    ],
    [
      'a verdict that nobody saw',
      'says that staff saw "accept" where the case says otherwise',
      'decision.verdict-changed',
      async (page) => {
        await caseWith(page, 'expired');
        await page.call('case.answerFace', ['same', null]);
        return refusedAs(await page.call('case.decide', [goOn('accept')]));
      },
    ],
    [
      'the same with no photo',
      'answers "same person" where the chip gave no photo to compare with',
      'case.not-open',
      async (page) => {
        await caseWith(page, null);
        return refusedAs(await page.call('case.answerFace', ['same', null]));
      },
    ],
    [
      'a camera before its time',
      'opens the camera where there is neither a face nor a document to film',
      'case.not-open',
      async (page) => {
        await page.must('case.begin');
        return refusedAs(await page.call('case.camera', [true]));
      },
    ],
    [
      'two names from the page',
      'takes a change of trust back with two invented names',
      'call.malformed',
      (page) => page.call('trust.restore', ['A. Berg', 'C. Dahl']).then(refusedAs),
    ],
    [
      'a signer that only the page knows',
      'has a certificate pinned that nobody opened, by its fingerprint alone',
      'trust.pin-unknown',
      (page) => page.call('trust.pin', ['ab'.repeat(32)]).then(refusedAs),
    ],
    [
      'a headquarters of the page itself',
      'has all records delivered to a server of its own, by its address alone',
      'fleet.not-set',
      (page) => page.call('headquarters.set', ['postgresql://thief.example/styrk']).then(refusedAs),
    ],
    [
      'a page that confirms by itself',
      'makes itself an administrator, and nobody answers in the window outside it',
      'trust.not-confirmed',
      (page) => {
        const given = { sign: 'XX', name: 'Nobody', role: 'administrator', competentUntil: null };
        return page.call('operators.add', [given]).then(refusedAs);
      },
    ],
    [
      'a query of ten thousand letters',
      'keeps the register busy',
      'call.malformed',
      (page) => page.call('holders.find', ['a'.repeat(10_000)]).then(refusedAs),
    ],
    [
      'a record by its path',
      'asks for a record by a name that is a path',
      'record.not-found',
      (page) => page.call('records.show', ['../../etc/passwd']).then(refusedAs),
    ],
  ] as readonly (readonly [string, string, string, (page: Page) => Promise<AttackEnd>])[]
).map(([kind, tries, stoppedBy, run]) => ({
  kind,
  area: 'page calls',
  tries,
  stopped: { end: 'refused', stoppedBy },
  run: (station) => atDesk(station, run),
}));

const withoutKey: Attack = {
  kind: 'a key of one letter',
  area: 'page calls',
  tries: 'opens a folder that has no key yet with the passphrase "1", which would be its key from then on',
  stopped: { end: 'refused', stoppedBy: 'storage.passphrase-weak' },
  run: async (station) => {
    const { data } = station.another();
    const house = await openHouse({
      ...houseOptions,
      directory: data,
      kind: 'ordinary',
      key: null,
      readers: 'pcsc-mini',
    });
    try {
      return await refusedBy(() => house.unlock('1'));
    } finally {
      await house.close();
    }
  },
};

export const pageAttacks: readonly Attack[] = [...throughTheGate, withoutKey];
