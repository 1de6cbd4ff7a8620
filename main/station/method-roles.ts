import type { MethodName } from '../../preload/contract.ts';
import type { Role } from '../result/roles.ts';

/** Who may make a call where there are operators: nobody need have signed in, or one of these roles. */
export type MethodNeed = 'anyone' | readonly Role[];

const staff: MethodNeed = ['teller', 'supervisor'];
const all: MethodNeed = ['teller', 'supervisor', 'administrator', 'auditor'];
const readers: MethodNeed = ['supervisor', 'auditor'];
const administrator: MethodNeed = ['administrator'];

/** One row for each method of the contract: one without a row does not compile. */
export const methodRoles = {
  'app.info': 'anyone',
  'app.notices': 'anyone',
  'app.setLanguage': 'anyone',
  'app.setTextSize': 'anyone',
  'app.unlock': 'anyone',
  'app.log': ['supervisor', 'administrator', 'auditor'],
  // Shows nothing of a case to who may take none.
  'desk.state': 'anyone',
  'desk.setReader': ['teller', 'supervisor', 'administrator'],
  'desk.dismissLink': staff,
  'readers.known': all,
  // Nothing of what lies there is read.
  'readers.test': ['teller', 'supervisor', 'administrator'],
  'session.signIn': 'anyone',
  'session.signOut': 'anyone',
  'session.active': 'anyone',
  'case.begin': staff,
  'case.takeDocument': staff,
  'holders.byDocument': staff,
  'mrz.judge': staff,
  'mrz.judgeFilmed': staff,
  'case.choosePurpose': staff,
  'holders.find': staff,
  'holders.inDirectory': staff,
  'holders.byDigitalId': staff,
  'case.chooseHolder': staff,
  'case.holderNotOnFile': staff,
  'case.setAccessKey': staff,
  'case.tap': staff,
  'case.stopReading': staff,
  'case.dropSecond': staff,
  'case.reuse': staff,
  'case.portrait': staff,
  'case.portraitDecoded': staff,
  'case.answerFace': staff,
  'case.consentToMachine': staff,
  'case.faceCompared': staff,
  'case.faceFilmed': staff,
  'case.answerRegister': staff,
  'case.askRegister': staff,
  'case.camera': staff,
  'case.chooseCamera': staff,
  'case.goTo': staff,
  'case.confirmPerson': staff,
  'case.lookAtPaper': staff,
  'case.askAge': staff,
  'case.sayWhyNotEid': staff,
  'case.typeOrder': staff,
  'case.readOrder': staff,
  'case.findOrders': staff,
  'case.takeOrder': staff,
  'case.dropOrder': staff,
  'case.decide': staff,
  'case.abandon': staff,
  'case.lastAnswer': staff,
  'case.lastReceipt': staff,
  'referrals.list': staff,
  'referrals.open': staff,
  'referrals.putBack': staff,
  'records.search': readers,
  'records.show': readers,
  'records.check': ['supervisor', 'administrator', 'auditor'],
  'records.stopCheck': ['supervisor', 'administrator', 'auditor'],
  'records.figures': readers,
  'records.receipt': ['supervisor', 'administrator', 'auditor'],
  // Whole, of protected identities too: whoever sees those whole.
  'records.export': ['supervisor'],
  // Each change is confirmed outside the page besides (`dangerous-acts.ts`).
  'retention.state': ['supervisor', 'administrator', 'auditor'],
  'retention.event': ['supervisor', 'administrator'],
  'retention.hold': ['supervisor', 'administrator'],
  'retention.release': administrator,
  'retention.erase': ['supervisor', 'administrator'],
  // Delivering and fetching decide nothing: to where administrators have set, by keys that they have set.
  'headquarters.state': ['supervisor', 'administrator', 'auditor'],
  'headquarters.deliver': ['supervisor', 'administrator'],
  'headquarters.fetch': ['supervisor', 'administrator'],
  'headquarters.cancel': ['supervisor', 'administrator'],
  'headquarters.choose': administrator,
  'headquarters.leave': administrator,
  // Both are confirmed outside the page besides (`dangerous-acts.ts`).
  'headquarters.set': administrator,
  'headquarters.unset': administrator,
  'headquarters.writeFile': administrator,
  'headquarters.takeFile': administrator,
  // As at the side door (`command-roles.ts`): of cases that travel nobody is named.
  'stations.state': all,
  'stations.saveCard': all,
  'stations.chooseCard': administrator,
  'stations.leaveCard': administrator,
  // All four are confirmed outside the page besides (`dangerous-acts.ts`).
  'stations.trust': administrator,
  'stations.distrust': administrator,
  'stations.setRoute': administrator,
  'stations.endRoute': administrator,
  'stations.handOver': staff,
  'stations.takeFile': staff,
  'stations.writeEnds': staff,
  // It is decided here no more.
  'stations.giveBack': ['supervisor'],
  'setUp.state': administrator,
  'setUp.stand': administrator,
  'setUp.note': administrator,
  'setUp.testReader': administrator,
  'setUp.finish': administrator,
  // Confirmed outside the page besides (`dangerous-acts.ts`).
  'station.set': administrator,
  'trust.countries': all,
  'trust.country': all,
  'trust.sources': all,
  'trust.state': 'anyone',
  'trust.update': ['supervisor', 'administrator'],
  'trust.import': administrator,
  'trust.takeAgain': administrator,
  'trust.signers': all,
  'trust.lookAtSigner': administrator,
  'trust.leaveSigner': administrator,
  // Both are confirmed outside the page besides (`dangerous-acts.ts`).
  'trust.pin': administrator,
  'trust.unpin': administrator,
  'policies.all': ['supervisor', 'administrator', 'auditor'],
  'policies.explain': ['supervisor', 'administrator', 'auditor'],
  // Nothing is changed by looking at one.
  'policies.choose': administrator,
  'trust.basis': all,
  // Each is confirmed outside the page besides (`dangerous-acts.ts`).
  'trust.pinAuthority': administrator,
  'trust.unpinAuthority': administrator,
  'trust.setLimits': administrator,
  'trust.setPlaces': administrator,
  'trust.cancel': ['supervisor', 'administrator'],
  'trust.restore': administrator,
  'operators.list': ['supervisor', 'administrator', 'auditor'],
  // Each is confirmed outside the page besides (`dangerous-acts.ts`).
  'operators.add': administrator,
  'operators.setRole': administrator,
  'operators.train': ['supervisor', 'administrator'],
  'operators.newSecret': administrator,
  'operators.reset': ['supervisor', 'administrator'],
  'operators.remove': administrator,
  'roster.choose': administrator,
  'roster.try': administrator,
  'roster.import': administrator,
  'roster.cancel': administrator,
  'training.specimens': all,
  // Whoever stands at a reader can lay something on it: an administrator tests it so.
  'training.lay': all,
  'training.lift': all,
} as const satisfies Readonly<Record<MethodName, MethodNeed>>;

/** Whether a role takes cases, and so sees the open one. */
export function takesCases(role: Role): boolean {
  return staff.includes(role);
}
