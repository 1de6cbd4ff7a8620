import type { Locator, Page } from 'playwright-core';
import type { Role } from '../../main/result/roles.ts';
import type { Arguments, MethodName } from '../../preload/contract.ts';
import type { OfficePage } from '../../renderer/office/office-pages.ts';
import { button } from './desk-acts.ts';

/*
 * Every act of the office: where it is, what offers it there, and to whom. Who may make which call stands in
 * `main/station/method-roles.ts`; `tests/unit/station/office-acts.test.ts` holds this table to that one and to the contract, and
 * `office-roles.test.ts` goes through it, role by role, in a real window.
 */

const all: readonly Role[] = ['teller', 'supervisor', 'administrator', 'auditor'];
const staff: readonly Role[] = ['teller', 'supervisor'];
const leads: readonly Role[] = ['supervisor', 'administrator'];
const lookers: readonly Role[] = ['supervisor', 'auditor'];
const testers: readonly Role[] = ['teller', 'supervisor', 'administrator'];
const overseers: readonly Role[] = ['supervisor', 'administrator', 'auditor'];
const administrator: readonly Role[] = ['administrator'];

/** What of the contract is the desk's or the window's own, and no act of the office. */
export const deskMethods = [
  'app.info',
  'app.setLanguage',
  'app.unlock',
  'desk.state',
  'desk.setReader',
  'desk.dismissLink',
  'session.signIn',
  'session.signOut',
  'session.active',
  'case.begin',
  'case.takeDocument',
  'case.choosePurpose',
  'case.chooseHolder',
  'case.holderNotOnFile',
  'case.setAccessKey',
  'case.tap',
  'case.stopReading',
  'case.dropSecond',
  'case.reuse',
  'case.consentToMachine',
  'case.faceCompared',
  'case.faceFilmed',
  'case.portrait',
  'case.portraitDecoded',
  'case.answerFace',
  'case.answerRegister',
  'case.askRegister',
  'case.camera',
  'case.chooseCamera',
  'case.goTo',
  'case.confirmPerson',
  'case.lookAtPaper',
  'case.askAge',
  'case.sayWhyNotEid',
  'case.typeOrder',
  'case.readOrder',
  'case.findOrders',
  'case.takeOrder',
  'case.dropOrder',
  'case.decide',
  'case.abandon',
  'case.lastAnswer',
  'case.lastReceipt',
  'holders.byDocument',
  'holders.find',
  'holders.inDirectory',
  'holders.byDigitalId',
  'mrz.judge',
  'mrz.judgeFilmed',
  'training.specimens',
  'training.lay',
  'training.lift',
] as const satisfies readonly MethodName[];

export type OfficeMethod = Exclude<MethodName, (typeof deskMethods)[number]>;

/** Where an act is: a page of the office, or the queue of referred cases. */
export type OfficePlace = OfficePage | 'queue';

interface OfficeAct<M extends OfficeMethod> {
  readonly place: OfficePlace;
  /** From the page to where it is offered. */
  readonly inside?: (window: Page) => Promise<unknown>;
  /**
   * What offers it; `by itself`: the page asks for it as it comes; `at work`: offered only while what it would end goes on, which
   * other tests hold still (`trust-answers`, `roster-answers`, `headquarters-answers`, `record-answers`).
   */
  readonly offer: ((window: Page) => Locator) | 'by itself' | 'at work';
  /** Those to whom it is offered. Whoever may make the call and is not among them does it at the side door. */
  readonly roles: readonly Role[];
  /** As a page would ask that offers nothing of the sort. */
  readonly args: Arguments<M>;
}

const anyRecord = { from: null, to: null, teller: null, purpose: null, verdict: null, document: null };
const toRecord = (window: Page) => button(window, 'Open record 5').click();
const toOperator = (window: Page) => button(window, 'Change T2').click();
const toStep = (step: string) => (window: Page) => window.getByTestId(`set-up-${step}`).click();
const nobody = '0'.repeat(64);
const otherStation = 'station-0000000000000000';
const form = (window: Page, name: string) => window.getByRole('form', { name });

export const officeActs: { readonly [M in OfficeMethod]: OfficeAct<M> } = {
  'app.log': { place: 'condition', offer: (window) => button(window, 'Show anew'), roles: overseers, args: [] },
  'app.notices': {
    place: 'condition',
    offer: (window) => window.getByText("Licences of others' work in it"),
    roles: all,
    args: [],
  },
  'app.setTextSize': {
    place: 'condition',
    offer: (window) => window.getByRole('combobox', { name: 'Text size' }),
    roles: all,
    args: [100],
  },
  'trust.state': { place: 'condition', offer: 'by itself', roles: all, args: [] },

  'readers.known': { place: 'condition', offer: 'by itself', roles: all, args: [] },
  'readers.test': {
    place: 'condition',
    offer: (window) => button(window, 'Test Training reader'),
    roles: testers,
    args: ['Training reader'],
  },

  'referrals.list': { place: 'queue', offer: 'by itself', roles: staff, args: [] },
  'referrals.open': {
    place: 'queue',
    offer: (window) => window.getByRole('row', { name: /Öberg/ }).getByRole('button', { name: 'Open' }),
    roles: staff,
    args: ['referred'],
  },
  'referrals.putBack': {
    place: 'queue',
    inside: (window) => window.getByRole('row', { name: /Öberg/ }).getByRole('button', { name: 'Open' }).click(),
    offer: (window) => button(window, 'Put it back in the queue'),
    roles: staff,
    args: [],
  },

  'records.search': {
    place: 'records',
    offer: (window) => window.getByRole('button', { name: 'Search', exact: true }),
    roles: lookers,
    args: [anyRecord, null],
  },
  'records.show': { place: 'records', offer: (window) => button(window, 'Open record 5'), roles: lookers, args: ['5'] },
  'records.check': {
    place: 'records',
    offer: (window) => button(window, 'Check that nothing was changed'),
    roles: overseers,
    args: [],
  },
  'records.stopCheck': { place: 'records', offer: 'at work', roles: overseers, args: [] },
  'records.receipt': {
    place: 'records',
    inside: toRecord,
    offer: (window) => button(window, 'Print receipt'),
    roles: lookers,
    args: ['case-5'],
  },
  'records.export': {
    place: 'records',
    inside: toRecord,
    offer: (window) => button(window, 'Save as a signed file'),
    roles: ['supervisor'],
    args: ['case-5'],
  },
  'records.figures': {
    place: 'figures',
    offer: (window) => window.getByRole('combobox', { name: 'Month' }),
    roles: lookers,
    args: ['2026-11'],
  },

  'retention.state': { place: 'retention', offer: 'by itself', roles: overseers, args: [] },
  'retention.event': {
    place: 'retention',
    offer: (window) => form(window, 'When the years begin'),
    roles: leads,
    args: [{ record: '4' }, null],
  },
  'retention.hold': {
    place: 'retention',
    offer: (window) => form(window, 'Keep longer'),
    roles: leads,
    args: [{ record: '4' }, { authority: 'Court', reason: 'Inquiry', until: '2027-01-31' }],
  },
  'retention.release': {
    place: 'retention',
    offer: (window) => button(window, 'Release …').first(),
    roles: administrator,
    args: [1],
  },
  'retention.erase': { place: 'retention', offer: (window) => button(window, 'Erase now …'), roles: leads, args: [] },

  'headquarters.state': { place: 'headquarters', offer: 'by itself', roles: overseers, args: [] },
  'headquarters.deliver': {
    place: 'headquarters',
    offer: (window) => button(window, /^(Deliver now|Try to deliver again)$/),
    roles: leads,
    args: [],
  },
  'headquarters.fetch': {
    place: 'headquarters',
    offer: (window) => button(window, /^(Fetch now|Try to fetch again)$/),
    roles: leads,
    args: [],
  },
  'headquarters.cancel': { place: 'headquarters', offer: 'at work', roles: leads, args: [] },
  'headquarters.choose': {
    place: 'headquarters',
    offer: (window) => button(window, 'Choose files …'),
    roles: administrator,
    args: ['files'],
  },
  'headquarters.leave': {
    place: 'headquarters',
    inside: (window) => button(window, 'Choose files …').click(),
    offer: (window) => button(window, 'Forget the files'),
    roles: administrator,
    args: [],
  },
  'headquarters.set': {
    place: 'headquarters',
    offer: (window) => window.getByRole('button', { name: 'Set …', exact: true }),
    roles: administrator,
    args: ['postgresql://localhost:1/styrk'],
  },
  'headquarters.unset': {
    place: 'headquarters',
    offer: (window) => button(window, 'Take back …'),
    roles: administrator,
    args: [],
  },
  'headquarters.writeFile': {
    place: 'headquarters',
    offer: (window) => button(window, 'Write a file for headquarters …'),
    roles: administrator,
    args: [],
  },
  'headquarters.takeFile': {
    place: 'headquarters',
    offer: (window) => button(window, 'Take in a file from headquarters …'),
    roles: administrator,
    args: [],
  },

  'stations.state': { place: 'stations', offer: 'by itself', roles: all, args: [] },
  'stations.saveCard': {
    place: 'stations',
    offer: (window) => button(window, 'Save the card …'),
    roles: all,
    args: [],
  },
  'stations.chooseCard': {
    place: 'stations',
    offer: (window) => button(window, 'Trust a station …'),
    roles: administrator,
    args: [],
  },
  'stations.leaveCard': {
    place: 'stations',
    inside: (window) => button(window, 'Trust a station …').click(),
    offer: (window) => window.getByTestId('stations-card').getByRole('button', { name: 'Close' }),
    roles: administrator,
    args: [],
  },
  'stations.trust': {
    place: 'stations',
    inside: (window) => button(window, 'Trust a station …').click(),
    offer: (window) => button(window, 'Trust this station …'),
    roles: administrator,
    args: [nobody],
  },
  'stations.distrust': {
    place: 'stations',
    offer: (window) => button(window, /^Trust .* no longer …$/),
    roles: administrator,
    args: [otherStation],
  },
  'stations.setRoute': {
    place: 'stations',
    offer: (window) => button(window, /^Let cases go to .* by themselves …$/),
    roles: administrator,
    args: [otherStation],
  },
  'stations.endRoute': {
    place: 'stations',
    offer: (window) => button(window, 'Let cases go there by themselves no longer …'),
    roles: administrator,
    args: [otherStation],
  },
  'stations.handOver': {
    place: 'stations',
    offer: (window) => button(window, /^Hand over to /),
    roles: staff,
    args: [otherStation, null],
  },
  'stations.takeFile': {
    place: 'stations',
    offer: (window) => button(window, 'Take in a file …'),
    roles: staff,
    args: [],
  },
  'stations.writeEnds': {
    place: 'stations',
    offer: (window) => button(window, /^Write how cases of /),
    roles: staff,
    args: [otherStation],
  },
  'stations.giveBack': {
    place: 'stations',
    offer: (window) => window.getByText('A case whose file was lost'),
    roles: ['supervisor'],
    args: [otherStation, 'lost', 'she waits there'],
  },

  'setUp.state': { place: 'setUp', offer: 'by itself', roles: administrator, args: [] },
  'setUp.stand': {
    place: 'setUp',
    offer: (window) => window.getByTestId('set-up-key'),
    roles: administrator,
    args: ['station', null],
  },
  'setUp.note': {
    place: 'setUp',
    inside: toStep('reader'),
    offer: (window) => button(window, 'Leave it out for now'),
    roles: administrator,
    args: ['reader', 'skipped'],
  },
  'setUp.testReader': {
    place: 'setUp',
    inside: toStep('reader'),
    offer: (window) => button(window, 'Test the reader'),
    roles: administrator,
    args: [],
  },
  'setUp.finish': {
    place: 'setUp',
    inside: toStep('overview'),
    offer: (window) => button(window, 'Finish the set-up'),
    roles: administrator,
    args: [],
  },
  'station.set': {
    place: 'setUp',
    inside: toStep('station'),
    offer: (window) => window.getByLabel('Name of the station'),
    roles: administrator,
    args: [{ name: 'Till 3', kind: null }],
  },

  'policies.all': { place: 'policies', offer: 'by itself', roles: overseers, args: [] },
  'policies.explain': { place: 'policies', offer: 'by itself', roles: overseers, args: ['renew-bankid', 'in-force'] },
  'policies.choose': {
    place: 'policies',
    offer: (window) => button(window, 'Open policies in a file …'),
    roles: administrator,
    args: [],
  },

  'trust.countries': { place: 'trust', offer: 'by itself', roles: all, args: [] },
  'trust.sources': { place: 'trust', offer: 'by itself', roles: all, args: [] },
  'trust.signers': { place: 'trust', offer: 'by itself', roles: all, args: [] },
  'trust.country': {
    place: 'trust',
    offer: (window) => button(window, 'Show Sweden'),
    roles: all,
    args: ['SE'],
  },
  'trust.update': { place: 'trust', offer: (window) => button(window, 'Update now'), roles: leads, args: [] },
  'trust.cancel': { place: 'trust', offer: 'at work', roles: leads, args: [] },
  'trust.import': {
    place: 'trust',
    offer: (window) => button(window, 'Import files …'),
    roles: administrator,
    args: [],
  },
  'trust.lookAtSigner': {
    place: 'trust',
    offer: (window) => button(window, 'Open a list or certificate …'),
    roles: administrator,
    args: ['chosen'],
  },
  'trust.pin': {
    place: 'trust',
    inside: (window) => button(window, 'Open a list or certificate …').click(),
    offer: (window) => button(window, 'Vouch for it …').first(),
    roles: administrator,
    args: [nobody],
  },
  'trust.takeAgain': {
    place: 'trust',
    inside: (window) => button(window, 'Open a list or certificate …').click(),
    offer: (window) => button(window, /^Import .+\.ml$/),
    roles: administrator,
    args: [],
  },
  'trust.leaveSigner': {
    place: 'trust',
    inside: (window) => button(window, 'Open a list or certificate …').click(),
    offer: (window) => window.getByRole('button', { name: 'Close', exact: true }),
    roles: administrator,
    args: [],
  },
  'trust.restore': {
    place: 'trust',
    offer: (window) => button(window, 'Undo last change …'),
    roles: administrator,
    args: [],
  },
  'trust.unpin': {
    place: 'trust',
    offer: (window) => button(window, /^Withdraw /),
    roles: administrator,
    args: [nobody],
  },

  'trust.basis': { place: 'trust', offer: 'by itself', roles: all, args: [] },
  'trust.pinAuthority': {
    place: 'trust',
    offer: (window) => button(window, /^Give the word for /),
    roles: administrator,
    args: [nobody],
  },
  'trust.unpinAuthority': {
    place: 'trust',
    offer: (window) => button(window, /^Take back the word for /),
    roles: administrator,
    args: [nobody],
  },
  'trust.setLimits': {
    place: 'trust',
    offer: (window) => window.getByText('Change the limits', { exact: true }),
    roles: administrator,
    args: [null],
  },
  'trust.setPlaces': {
    place: 'trust',
    offer: (window) => window.getByText('Change where lists are fetched', { exact: true }),
    roles: administrator,
    args: [{ places: [], states: [] }],
  },

  'operators.list': { place: 'operators', offer: 'by itself', roles: overseers, args: [] },
  'operators.add': {
    place: 'operators',
    offer: (window) => form(window, 'Somebody new'),
    roles: administrator,
    args: [{ sign: 'XX', name: 'Xenia Yd', role: 'administrator', competentUntil: null }],
  },
  'operators.train': {
    place: 'operators',
    inside: toOperator,
    offer: (window) => button(window, 'Note it'),
    roles: leads,
    args: ['T2', '2099-12-31'],
  },
  'operators.reset': {
    place: 'operators',
    inside: toOperator,
    offer: (window) => button(window, 'Let in again …'),
    roles: leads,
    args: ['T2'],
  },
  'operators.setRole': {
    place: 'operators',
    inside: toOperator,
    offer: (window) => button(window, 'Give role'),
    roles: administrator,
    args: ['T2', 'administrator'],
  },
  'operators.newSecret': {
    place: 'operators',
    inside: toOperator,
    offer: (window) => button(window, 'New secret …'),
    roles: administrator,
    args: ['T2'],
  },
  'operators.remove': {
    place: 'operators',
    inside: toOperator,
    offer: (window) => button(window, 'Take out …'),
    roles: administrator,
    args: ['T2'],
  },

  'roster.choose': {
    place: 'roster',
    offer: (window) => button(window, 'Choose a file …'),
    roles: administrator,
    args: [],
  },
  'roster.try': {
    place: 'roster',
    inside: (window) => button(window, 'Choose a file …').click(),
    offer: (window) => button(window, 'Try without taking'),
    roles: administrator,
    args: [[]],
  },
  'roster.import': {
    place: 'roster',
    inside: (window) => button(window, 'Choose a file …').click(),
    offer: (window) => button(window, 'Take the file in'),
    roles: administrator,
    args: [{ mapping: [], leaveOut: false, writeLeftOut: false }],
  },
  'roster.cancel': { place: 'roster', offer: 'at work', roles: administrator, args: [] },
};

export const officeMethods = Object.keys(officeActs) as OfficeMethod[];
