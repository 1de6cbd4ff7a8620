import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { buildMrz } from '../../../main/document/mrz-build.ts';
import type { Holder } from '../../../main/holders/holder.ts';
import { findInDirectory } from '../../../main/house/asked-services.ts';
import type { House } from '../../../main/house/house.ts';
import { openHouse } from '../../../main/house/open-house.ts';
import type { Referral } from '../../../main/house/referral.ts';
import { type Role, roles } from '../../../main/result/roles.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { methodRoles } from '../../../main/station/method-roles.ts';
import type { Operator } from '../../../main/store/operators/operator.ts';
import { caseHolder } from '../../../main/verification/case-holder.ts';
import { noAnswers } from '../../../main/verification/errand-checks.ts';
import type { MethodName } from '../../../preload/contract.ts';
import { day, FakeHouse, FakeTimers, wholeInspection } from '../../support/fake-house.ts';
import { fakeOperators, operatorOf } from '../../support/fake-operators.ts';
import { caseOrder } from '../../support/orders.ts';
import { temporaryFolder } from '../../support/side-door.ts';
import { readDocument } from '../holders/support.ts';
import { caseFacts } from '../records/case-facts.ts';

/*
 * A protected identity at the desk (offentlighets- och sekretesslagen 2009:400 22 kap. 1 §; folkbokföringslagen 1991:481 16 §):
 * supervisors alone see who it is. Every method of the contract that can carry a person on file, by every role.
 */

const root = resolve(import.meta.dirname, '../../..');

const person: Holder = {
  id: 'h1',
  personalNumber: '198703142391',
  givenNames: 'Torsten',
  surname: 'Gyllenhök',
  birthDate: day('1987-03-14'),
};
const hidden: Holder = { ...person, protected: { since: null } };
const passport = buildMrz({
  ...{ format: 'TD3', documentCode: 'PP', issuer: 'SWE', documentNumber: 'XA0000001', nationality: 'SWE' },
  ...{ surname: 'Gyllenhök', givenNames: 'Torsten', birthDate: '870314', sex: 'M', expiryDate: '300131' },
  optionalData: '198703142391',
});
// What is on file, and the document and order of the record.
const secrets = ['Torsten', 'Gyllenhök', '8703142391', '1987-03-14', 'AASA', 'OEBERG', 'AA123456', 'kontot'];

const noFilter = { from: null, to: null, teller: null, purpose: null, verdict: null, document: null };

interface Asked {
  readonly args: readonly unknown[];
  /** What of the answer comes from what is on file. */
  readonly of?: (answer: never) => unknown;
}

// Methods that answer nothing of a person on file; what a case that is open shows stands in `desk.state`. A portrait is of the document
// that was read and lies in the hand.
const quiet = [
  ...([
    'app.info',
    'app.notices',
    'app.setLanguage',
    'app.setTextSize',
    'app.unlock',
    'app.log',
    'desk.setReader',
    'readers.known',
    'readers.test',
    'desk.dismissLink',
  ] as const),
  ...(['session.signIn', 'session.signOut', 'session.active'] as const),
  ...(['case.begin', 'case.choosePurpose', 'case.chooseHolder', 'case.holderNotOnFile', 'case.setAccessKey'] as const),
  ...(['case.tap', 'case.stopReading', 'case.dropSecond', 'case.portrait', 'case.portraitDecoded'] as const),
  ...(['case.consentToMachine', 'case.faceCompared', 'case.faceFilmed'] as const),
  ...(['case.answerFace', 'case.answerRegister', 'case.askRegister', 'case.camera', 'case.goTo'] as const),
  'case.chooseCamera',
  ...(['case.confirmPerson', 'case.lookAtPaper', 'case.askAge', 'case.sayWhyNotEid', 'case.typeOrder'] as const),
  ...([
    'case.readOrder',
    'case.findOrders',
    'case.takeOrder',
    'case.dropOrder',
    'case.decide',
    'case.abandon',
  ] as const),
  // What is typed and swiped is of the page in the hand; whom it leads to is asked below.
  ...(['case.takeDocument', 'mrz.judge', 'mrz.judgeFilmed', 'holders.byDocument'] as const),
  ...(['case.lastAnswer', 'case.reuse', 'referrals.open', 'referrals.putBack', 'records.check'] as const),
  ...(['records.stopCheck'] as const),
  ...(['case.lastReceipt', 'records.figures', 'records.receipt', 'records.export'] as const),
  ...(['retention.state', 'retention.event', 'retention.hold', 'retention.release', 'retention.erase'] as const),
  ...(['trust.countries', 'trust.country', 'trust.sources', 'trust.state', 'trust.update', 'trust.import'] as const),
  ...(['trust.cancel', 'trust.restore', 'operators.list', 'operators.add', 'operators.setRole'] as const),
  // Signers of lists: no person on file.
  ...([
    'trust.signers',
    'trust.lookAtSigner',
    'trust.leaveSigner',
    'trust.pin',
    'trust.unpin',
    'trust.takeAgain',
  ] as const),
  // Rules, and no case by them.
  ...(['policies.all', 'policies.explain', 'policies.choose'] as const),
  ...(['trust.basis', 'trust.pinAuthority', 'trust.unpinAuthority', 'trust.setLimits', 'trust.setPlaces'] as const),
  ...(['operators.train', 'operators.newSecret', 'operators.reset', 'operators.remove'] as const),
  // What stands in a file that somebody chose, and which of its lines were not taken.
  ...(['roster.choose', 'roster.try', 'roster.import', 'roster.cancel'] as const),
  ...(['headquarters.state', 'headquarters.deliver', 'headquarters.fetch', 'headquarters.cancel'] as const),
  ...(['headquarters.writeFile', 'headquarters.takeFile'] as const),
  ...(['headquarters.choose', 'headquarters.leave', 'headquarters.set', 'headquarters.unset'] as const),
  // Of cases that travel: their numbers, since when, and at which station.
  ...(['stations.state', 'stations.saveCard', 'stations.chooseCard', 'stations.leaveCard', 'stations.trust'] as const),
  ...(['stations.distrust', 'stations.handOver', 'stations.takeFile', 'stations.writeEnds'] as const),
  ...(['stations.setRoute', 'stations.endRoute', 'stations.giveBack'] as const),
  ...(['setUp.state', 'setUp.stand', 'setUp.note', 'setUp.testReader', 'setUp.finish', 'station.set'] as const),
  ...(['training.specimens', 'training.lay', 'training.lift'] as const),
] as const;

// All others: one that is in neither list does not compile.
const telling: Record<Exclude<MethodName, (typeof quiet)[number]>, Asked> = {
  'desk.state': { args: [] },
  'holders.find': { args: [person.personalNumber] },
  'holders.inDirectory': { args: [person.personalNumber] },
  // What the card itself says is the person's own word.
  'holders.byDigitalId': { args: ['BANKIDF.1'], of: ({ holders }: { readonly holders: unknown }) => holders },
  'referrals.list': { args: [] },
  'records.search': { args: [noFilter, null] },
  'records.show': { args: ['case-1'] },
};

async function houseWith(): Promise<House> {
  const house = await openHouse({
    directory: temporaryFolder(),
    kind: 'training',
    version: '0.1.0',
    resourcesDirectory: join(root, 'resources'),
    workerUrl: pathToFileURL(join(root, 'main/inspection/worker.ts')),
    key: { kind: 'key-file', path: null },
    readers: 'training',
  });
  onTestFinished(() => house.close());
  const file = join(temporaryFolder(), 'register.csv');
  const row = `${person.id},${person.personalNumber},${person.givenNames},${person.surname},${person.birthDate},yes`;
  writeFileSync(file, `id,personalNumber,givenNames,surname,birthDate,protected\n${row}\n`);
  const choice = { mapping: [], encoding: null, partial: false, rejects: null, dryRun: false };
  const { signal } = new AbortController();
  await house.importRoster({ ...choice, path: file }, { signal, onProgress: () => undefined });
  return house;
}

/** A case of then, when the identity was not protected yet, waits for a colleague, with its record. */
async function referred(house: House): Promise<void> {
  const { mrz } = readDocument({ givenNames: 'Bo', surname: 'Ek', birthDate: day('1970-01-01') }, day('2026-11-23'));
  const inspection = wholeInspection({ mrz });
  const by = { sign: 'ZZ', source: 'operator', operatorId: 'id-ZZ' } as const;
  const facts = caseFacts('case-1', {
    holder: caseHolder(person),
    checks: house.matchHolder(house.policy('renew-bankid'), person, inspection),
    order: caseOrder({ text: 'Till kontot', customer: person.personalNumber, reference: 'Gyllenhök' }),
    decision: { outcome: 'refer', reason: 'asks a colleague', by },
  });
  const { verdict, readAt, taps } = facts;
  const put: Referral = {
    ...{ id: 'case-1', at: facts.endedAt, by, handledBy: [by], reason: null, verdict, purpose: 'renew-bankid' },
    ...{ holder: person, holderNotOnFile: false, keyKind: 'can', face: null, confirmed: null, answers: noAnswers },
    ...{ order: null, readAt, taps, inspection },
  };
  await house.keepRecord(facts, { put });
}

const nobodyOnFile = { find: () => [] };

function deskFor(house: House, role: Role | null): { readonly desk: Desk; readonly staff: Operator[] } {
  const staff = role === null ? [] : [operatorOf('OP', role)];
  const services = { directory: () => ({ find: async () => ({ holders: [hidden], fetchedAt: '', code: null }) }) };
  const desk = createDesk({
    ...new FakeHouse().beside,
    house: {
      ...house,
      keeping: { ...house.keeping, operators: fakeOperators(staff) },
      findInDirectory: (query, viewer) =>
        findInDirectory(services, query, { today: house.today(), viewer, holders: nobodyOnFile }),
      verifyDigitalId: async () => ({
        personalNumber: person.personalNumber ?? '',
        givenNames: '',
        surname: '',
        verifiedAt: '',
      }),
      judgeAgain: async (inspection) => inspection,
    },
    standIn: false,
    newCaseId: () => crypto.randomUUID(),
    timers: new FakeTimers(),
  });
  return { desk, staff };
}

/** All that this role is told, as text, by the method that told it. */
async function told(house: House, role: Role | null): Promise<readonly (readonly [string, string])[]> {
  const { desk } = deskFor(house, role);
  if (role !== null) await desk.answers['session.signIn']('OP', 'op');
  const may = (method: MethodName): boolean => {
    const need: readonly Role[] | 'anyone' = methodRoles[method];
    return role === null || need === 'anyone' || need.includes(role);
  };
  const heard: (readonly [string, string])[] = [];
  const ask = async (): Promise<void> => {
    for (const [method, { args, of = (answer: unknown) => answer }] of Object.entries(telling)) {
      if (!may(method as MethodName)) continue;
      const answer = (desk.answers[method as MethodName] as (...given: readonly unknown[]) => unknown)(...args);
      heard.push([method, JSON.stringify((of as (answer: unknown) => unknown)(await answer))]);
    }
  };
  if (may('case.begin')) {
    await desk.answers['case.begin']();
    await desk.answers['case.choosePurpose']('renew-bankid');
    await desk.answers['case.chooseHolder'](hidden.id);
  }
  await ask();
  if (may('case.begin')) {
    await desk.answers['case.abandon'](null, null);
    await desk.answers['case.takeDocument'](passport.join('\n'));
    const candidates = desk.answers['holders.byDocument']();
    expect(candidates).toMatchObject({ found: [{ reasons: ['number', 'name-and-birth-date'] }] });
    heard.push(['holders.byDocument', JSON.stringify(candidates)]);
    await desk.answers['case.abandon'](null, null);
    await desk.answers['referrals.open']('case-1');
    heard.push(['referrals.open', JSON.stringify(desk.state())]);
    await desk.answers['referrals.putBack']();
  }
  return heard;
}

const saysWhy = '"holderName":null,"nameless":"protected"';
const stringWith = (part: string) => expect.stringContaining(part);

it('is told to supervisors alone, by every method, and to nobody where nobody signs in', {
  timeout: 300_000,
}, async () => {
  const house = await houseWith();
  await referred(house);
  const kept = await house.record('case-1', 'supervisor');
  expect(kept.content).toMatchObject({ holder: { surname: 'Gyllenhök' }, document: { number: 'AA123456' } });
  const methods = new Set<string>();
  for (const role of [...roles, null]) {
    const heard = await told(house, role);
    for (const [method, text] of heard) {
      methods.add(method);
      const found = secrets.filter((secret) => text.includes(secret));
      // A list of records names nobody, whoever looks at it.
      const open = role === 'supervisor' && method !== 'records.search';
      if (open) expect([role, method, found]).not.toEqual([role, method, []]);
      else expect([role, method, found]).toEqual([role, method, []]);
      // And says why: somebody was chosen.
      if (!open && method.endsWith('.list')) expect([role, method, text]).toEqual([role, method, stringWith(saysWhy)]);
    }
  }
  expect([...methods].sort()).toEqual([...Object.keys(telling), 'holders.byDocument', 'referrals.open'].sort());
});
