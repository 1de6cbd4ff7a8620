import type { OperatorKeeping } from '../keeping/operators/operator-keeping.ts';
import { Failure } from '../result/failure.ts';
import type { Role } from '../result/roles.ts';
import type { Confirmers } from './confirmation.ts';

/** Who confirms an act where there are operators; `two-if-there`: two administrators as soon as the folder has two. */
interface ActNeed {
  readonly roles: readonly Role[];
  readonly persons: 1 | 2 | 'two-if-there';
  /** Who confirms it in a folder that has no operators. */
  readonly without: Exclude<Confirmers['kind'], 'operators'> | 'nobody';
}

const administrators = { roles: ['administrator'], persons: 'two-if-there', without: 'nobody' } as const;
const leads = { roles: ['supervisor', 'administrator'], persons: 1, without: 'nobody' } as const;

const twoNamed = { roles: ['administrator'], persons: 2, without: 'names' } as const;

/** The acts that the desk does only once people have confirmed them outside its page. As at the side door (`command-roles.ts`). */
export const dangerousActs = {
  // Two answer for it by name where nobody signs in, so two sign in.
  'trust.restore': twoNamed,
  // Whom to believe, as at the side door (`trust import --signer`, `trust unpin`): a pin of one person stands for nothing.
  'trust.pin': twoNamed,
  'trust.unpin': twoNamed,
  // A state's own certificate proves its documents: never one person's word alone.
  'trust.pinAuthority': twoNamed,
  'trust.unpinAuthority': twoNamed,
  // How old lists may be, and from where they come: as at the side door, two as soon as there are two.
  'trust.setLimits': { ...administrators, without: 'anybody' },
  'trust.setPlaces': { ...administrators, without: 'anybody' },
  // The first operator of a folder is named by whoever holds it open.
  'operators.add': { ...administrators, without: 'anybody' },
  'operators.setRole': administrators,
  'operators.remove': administrators,
  'operators.newSecret': administrators,
  'operators.reset': leads,
  'operators.train': leads,
  // Whether staff see the person is what verdicts rest on: as at the side door, two as soon as there are two.
  'station.set': { ...administrators, without: 'anybody' },
  // What decides when records are erased, and that they are: one lead, as at the side door. Two let go what an authority had kept.
  'retention.event': { ...leads, without: 'anybody' },
  'retention.hold': { ...leads, without: 'anybody' },
  'retention.release': { ...administrators, without: 'names' },
  'retention.erase': { ...leads, without: 'anybody' },
  // Every record goes there: two answer for it, as at the side door. Of a folder with one administrator that one may take it back.
  'headquarters.set': twoNamed,
  'headquarters.unset': { ...administrators, without: 'names' },
  // Whose cases are decided here, and who decides ours: as at the side door. One may take it back.
  'stations.trust': twoNamed,
  'stations.distrust': { roles: ['administrator'], persons: 1, without: 'anybody' },
  // Whether cases leave the queue with nobody asked: as at the side door.
  'stations.setRoute': twoNamed,
  'stations.endRoute': { roles: ['administrator'], persons: 1, without: 'anybody' },
} as const satisfies Readonly<Record<string, ActNeed>>;

export type DangerousAct = keyof typeof dangerousActs;

/**
 * Who is to confirm this act now. Fails with `trust.tampered` where others touched the rows of operators, `operator.needed` where
 * nobody can sign in for it, `operator.second-needed` where the folder has too few administrators.
 */
export function confirmersOf(act: DangerousAct, operators: Pick<OperatorKeeping, 'state' | 'list'>): Confirmers {
  const { roles, persons, without }: ActNeed = dangerousActs[act];
  const state = operators.state();
  if (state === 'touched') throw new Failure('trust.tampered', { table: 'operators' });
  if (state === 'none') {
    if (without === 'nobody') throw new Failure('operator.needed');
    return { kind: without };
  }
  if (state === 'reopened') {
    // Two who hold the folder's key name a first administrator anew; nothing else is done before.
    if (act !== 'operators.add') throw new Failure('operator.needed');
    return { kind: 'names' };
  }
  const there = operators.list().filter(({ role, removedAt }) => removedAt === null && roles.includes(role)).length;
  if (persons === 'two-if-there') return { kind: 'operators', roles, persons: there < 2 ? 1 : 2 };
  if (there < persons) throw new Failure('operator.second-needed');
  return { kind: 'operators', roles, persons };
}
