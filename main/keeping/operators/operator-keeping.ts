import { type ScryptCosts, scryptCosts } from '../../crypto/sealing.ts';
import type { StationClock } from '../../machine/clock.ts';
import { machineRandom } from '../../machine/random.ts';
import type { ActKind } from '../../records/act.ts';
import { longest } from '../../result/bounds.ts';
import { toHex } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { addDays, type PlainDate, parsePlainDate } from '../../result/plain-date.ts';
import { isLapsed, type Role } from '../../result/roles.ts';
import { mostFailures, mostResets } from '../../store/operators/lock-out.ts';
import type { KnownOperator, Operator, OperatorsState } from '../../store/operators/operator.ts';
import { fewestCharacters, isWeakFor } from '../../store/secret-strength.ts';
import type { Store, UnlockedStore } from '../../store/types.ts';
import { isEmptySign, isSameSign } from '../../trust/lists/pins.ts';
import { refuseNames } from '../answering.ts';
import { behindRecords } from '../station-time.ts';
import { casesOf } from './cases-of.ts';
import { applyIssued, readIssuedOperators, writeIssuedOperators } from './issued-operators.ts';
import { Practice } from './practice.ts';
import { SignIn, verifierOf } from './sign-in.ts';

/** Two people who held the folder's key named an administrator anew: when, and who by the names that they typed. */
export interface NamedAnew {
  readonly at: string;
  readonly names: readonly string[];
}

/** How long back cases are counted for the competence of an operator, in days: half a year. */
export const competenceDays = 183;

/** An operator as administrators see them. */
export interface OperatorStanding extends Operator {
  readonly failures: number;
  /** Whether wrong tries, or rows that others touched, keep them out until somebody resets them. */
  readonly locked: boolean;
  /** As `OperatorKeeping.lapsed`. */
  readonly lapsed: boolean;
}

export interface NewOperator {
  readonly sign: string;
  readonly name: string;
  readonly role: Role;
  readonly competentUntil: PlainDate | null;
  readonly secret: string;
}

/** Tables whose touching leaves it open which acts there were. */
const untellable = ['acts', 'marks', 'schema'];

/** Who answers for an act: operators by their own sign-in, or, before there are any, names as typed. */
export type ActingPeople = { readonly operators: readonly Operator[] } | { readonly names: readonly string[] };

/**
 * The operators of a data folder. What changes them is a recorded act. All of it but `state` needs the key (`storage.locked`) and
 * fails with `trust.tampered` where others touched what it rests on.
 */
export interface OperatorKeeping {
  readonly state: () => OperatorsState;
  readonly list: () => readonly OperatorStanding[];
  /** Every time that an administrator was named anew by typed names, oldest first: each is to be explained. */
  readonly namedAnew: () => readonly NamedAnew[];
  /** Fails with `operator.unknown`. */
  readonly show: (sign: string) => { readonly operator: OperatorStanding; readonly cases: number };
  /** As `SignIn.try`. */
  readonly signIn: (sign: string, secret: string) => Promise<Operator>;
  /** Two administrators, as soon as the folder has two. Fails with `operator.second-needed`. */
  readonly requireTwo: (operators: readonly Operator[]) => void;
  /**
   * Whether what this operator would let through is for a colleague to decide: they do not count as trained today, or took fewer
   * cases here in `competenceDays` than it takes to keep the skill, and were neither added nor trained in that time.
   */
  readonly lapsed: (operator: Operator) => boolean;
  /** The operator as they are now; null where they were removed. */
  readonly present: (id: string) => Operator | null;
  /** The ids of all who bear the same name as this operator, removed ones and their own with them; none where nobody has that id. */
  readonly bearers: (id: string) => readonly string[];
  /**
   * Fails as `add` would for this sign, name and role, before anybody answers for it: `operator.sign-taken`, `operator.name-taken`,
   * `operator.first-administrator`, `input.too-large`, `operator.name-missing`.
   */
  readonly refuseNew: (given: Pick<NewOperator, 'sign' | 'name' | 'role'>) => void;
  /** Refuses a secret that is easily guessed, by who knows whose it is too (`isWeakFor`). Fails with `operator.secret-weak`. */
  readonly refuseSecret: (secret: string, of: Pick<Operator, 'sign' | 'name'>) => void;
  /**
   * Adds an operator. The first of a folder is an administrator, and may be named without any sign-in. Fails with
   * `operator.sign-taken`, `operator.name-taken`, `operator.first-administrator`, `operator.second-needed`, `operator.secret-weak`,
   * `operator.name-missing`.
   */
  readonly add: (operator: NewOperator, by: ActingPeople) => Promise<Operator>;
  /** Gives another role. Fails with `operator.last-administrator`, `operator.second-needed`. */
  readonly setRole: (sign: string, role: Role, by: ActingPeople) => Operator;
  /** Says until when an operator counts as trained. Fails with `operator.own`. */
  readonly train: (sign: string, until: PlainDate, by: ActingPeople) => Operator;
  /** Lets a locked operator try afresh. Fails with `operator.own`, and with `operator.new-secret-needed` once that was done too often. */
  readonly reset: (sign: string, by: ActingPeople) => Operator;
  /** A new secret: one's own, or somebody's by two administrators. */
  readonly setSecret: (sign: string, secret: string, by: ActingPeople) => Promise<Operator>;
  /** Fails with `operator.last-administrator`, `operator.second-needed`. */
  readonly remove: (sign: string, by: ActingPeople) => Operator;
  /**
   * Operators that headquarters sent (`issued-operators.ts`), in the place of those that it sent before. Fails with
   * `fleet.issue-unusable`, `operator.sign-taken`, and with `operator.first-administrator` where the folder has no administrator of
   * its own yet.
   */
  readonly takeIssued: (content: Uint8Array, of: { readonly number: number; readonly digest: string }) => void;
  /** The operators of this folder as headquarters issues them, its administrators left out. Fails with `operator.second-needed`. */
  readonly exportForStations: (by: ActingPeople) => { readonly operators: number; readonly content: Uint8Array };
}

export interface SignInSettings {
  readonly costs: ScryptCosts;
  readonly millis: () => number;
}

export const usualSignIn: SignInSettings = { costs: scryptCosts, millis: () => performance.now() };

export function operatorKeeping(
  store: Store,
  around: {
    readonly open: () => UnlockedStore;
    readonly unlocked: () => UnlockedStore | null;
    readonly clock: StationClock;
    readonly signIn: SignInSettings;
  },
): OperatorKeeping {
  const { open, clock, signIn } = around;
  const attempts = new SignIn({ operators: () => open().operators, millis: signIn.millis, costs: signIn.costs });

  const known = (sign: string): KnownOperator => {
    const found = open().operators.bySign(sign);
    if (found === null || found.operator.removedAt !== null) throw new Failure('operator.unknown');
    return found;
  };
  const practice = new Practice(() => open().records);
  // Nobody is trained again by a clock that was set back: where the station's own records are newer, theirs is the day.
  const today = (): PlainDate => {
    const day = clock.today();
    const recorded = parsePlainDate(behindRecords(store, clock.now())?.slice(0, day.length) ?? '');
    return recorded !== null && recorded > day ? recorded : day;
  };
  const lapsed = (operator: Operator): boolean => {
    const { id, role, addedAt, trainedAt = addedAt } = operator;
    if (isLapsed(operator, today())) return true;
    const since = addDays(today(), -competenceDays);
    const takesCases = role === 'teller' || role === 'supervisor';
    return takesCases && trainedAt.slice(0, since.length) < since && !practice.has(id, since);
  };
  const standing = (operator: Operator): OperatorStanding => {
    const tries = open().operators.tries(operator.id);
    const locked = tries === null || tries.failures >= mostFailures;
    return {
      ...operator,
      failures: tries?.failures ?? 0,
      locked,
      lapsed: operator.removedAt === null && lapsed(operator),
    };
  };
  const administrators = (): number =>
    open()
      .operators.list()
      .filter(({ role, removedAt }) => role === 'administrator' && removedAt === null).length;
  // What the signed chain of acts says, whatever became of the rows: whoever takes an administrator's row away does not make one
  // administrator enough.
  const everAdministrators = (): number => {
    const there = new Set<unknown>();
    let least = 0;
    for (const { kind, detail } of open().acts.list()) {
      // Where acts themselves were taken away, or what would tell it, they tell of nobody any more: two, then.
      if (kind === 'trust.mend' && untellable.some((name) => `${detail.tables}`.split(' ').includes(name))) least = 2;
      if (!kind.startsWith('operators.')) continue;
      // Named anew: the folder begins with this one and whoever is left.
      if (kind === 'operators.anew') {
        there.clear();
        least = 0;
      }
      const isOne = detail.role === 'administrator' && kind !== 'operators.remove';
      if (isOne) there.add(detail.operator);
      else there.delete(detail.operator);
    }
    return Math.max(least, there.size);
  };
  const needed = (): number => Math.min(2, Math.max(administrators(), everAdministrators()));
  /** Whether as many administrators are left as are needed, each with a count of tries that is known. */
  const enoughLeft = (): boolean => {
    const { operators } = open();
    const left = operators.list().filter(({ id, role, removedAt }) => {
      return role === 'administrator' && removedAt === null && operators.tries(id) !== null;
    });
    return left.length >= Math.max(1, needed());
  };
  const state = (): OperatorsState => {
    const kept = store.operators();
    const unlocked = around.unlocked();
    if (unlocked === null) return kept;
    // Mending took rows out: where enough administrators are left they sign in as before, and nobody is named by typed names.
    if (kept === 'reopened') return enoughLeft() ? 'present' : kept;
    if (kept !== 'none') return kept;
    // What others touched may have been all that told of operators: the newest records tell of them too, before mending and after.
    const isWhole = store.isWhole();
    if (isWhole && !unlocked.acts.list().some(({ kind }) => kind === 'trust.mend')) return kept;
    const newest = unlocked.records.list({ limit: 50 });
    if (!newest.some(({ content }) => content?.decision.by.source === 'operator')) return kept;
    return isWhole ? 'reopened' : 'touched';
  };
  const act = (kind: ActKind, by: ActingPeople, { id, role }: Operator, what: () => void): void => {
    const signs = 'names' in by ? by.names : by.operators.map(({ sign }) => sign);
    const detail = { operator: id, role, by: 'names' in by ? 'typed' : by.operators.map((each) => each.id).join(' ') };
    open().acts.record({ kind, at: clock.now(), signs, reason: '', detail }, what);
  };
  // Two of them, as soon as there are two: one alone can neither make, unmake nor become another.
  const refuseFewer = (by: ActingPeople): void => {
    const signed = 'names' in by ? [] : by.operators.filter(({ role }) => role === 'administrator');
    const people = new Set(signed.map(({ id }) => id)).size;
    if (people < needed()) throw new Failure('operator.second-needed');
  };
  const refuseOwn = (by: ActingPeople, { operator }: KnownOperator): void => {
    if ('operators' in by && by.operators.some(({ id }) => id === operator.id)) throw new Failure('operator.own');
  };
  const refuseLast = ({ operator }: KnownOperator): void => {
    if (operator.role === 'administrator' && administrators() < 2) throw new Failure('operator.last-administrator');
  };
  const refuseWeak: OperatorKeeping['refuseSecret'] = (secret, { sign, name }) => {
    if (isWeakFor(secret, [sign, name, 'styrk']))
      throw new Failure('operator.secret-weak', { fewest: fewestCharacters });
  };
  const begins = (): boolean => ['none', 'reopened'].includes(state());
  const refuseNew: OperatorKeeping['refuseNew'] = ({ sign, name, role }) => {
    if (isEmptySign(sign)) throw new Failure('operator.name-missing');
    if (sign.length > longest.sign) throw new Failure('input.too-large', { limit: longest.sign });
    if (begins() && role !== 'administrator') throw new Failure('operator.first-administrator');
    const { operators } = open();
    if (operators.bySign(sign) !== null) throw new Failure('operator.sign-taken');
    // Two accounts of one person would be two people wherever two are asked for.
    const bears = (other: Operator): boolean => other.removedAt === null && isSameSign(other.name, name);
    if (!isEmptySign(name) && operators.list().some(bears)) throw new Failure('operator.name-taken');
  };
  const change = (kind: ActKind, by: ActingPeople, before: KnownOperator, now: Partial<Operator>): Operator => {
    const operator = { ...before.operator, ...now };
    act(kind, by, operator, () => open().operators.replace({ ...before, operator }));
    return operator;
  };

  return {
    state,
    list: () => open().operators.list().map(standing),
    namedAnew: () =>
      open()
        .acts.list()
        .filter(({ kind }) => kind === 'operators.anew')
        .map(({ at, signs }) => ({ at, names: signs })),
    show: (sign) => {
      const { operator } = known(sign);
      const since = addDays(clock.today(), -competenceDays);
      return { operator: standing(operator), cases: casesOf(open().records, operator.id, since) };
    },
    signIn: (sign, secret) => attempts.try(sign, secret),
    lapsed,
    requireTwo: (operators) => refuseFewer({ operators }),
    refuseNew,
    refuseSecret: refuseWeak,
    present: (id) => {
      const operator = open().operators.byId(id)?.operator ?? null;
      return operator === null || operator.removedAt !== null ? null : operator;
    },
    bearers: (id) => {
      const all = open().operators.list();
      const own = all.find((operator) => operator.id === id);
      return own === undefined ? [] : all.filter(({ name }) => isSameSign(name, own.name)).map((each) => each.id);
    },
    add: async ({ secret, ...given }, by) => {
      const sign = given.sign.trim();
      const name = given.name.trim();
      refuseNew({ sign, name, role: given.role });
      if (isEmptySign(name)) throw new Failure('operator.name-missing');
      if (name.length > longest.personName) throw new Failure('input.too-large', { limit: longest.personName });
      const before = state();
      if (before === 'reopened') refuseNames('names' in by ? by.names : []);
      else if (before !== 'none') refuseFewer(by);
      refuseWeak(secret, { sign, name });
      const verifier = await verifierOf(secret, signIn.costs, machineRandom);
      const operator = { ...given, sign, name, id: toHex(machineRandom(16)), addedAt: clock.now(), removedAt: null };
      // Naming one by typed names where there were operators has a name of its own, so that nobody overlooks it.
      const kind = before === 'reopened' ? 'operators.anew' : 'operators.add';
      act(kind, by, operator, () => open().operators.add({ operator, verifier }));
      return operator;
    },
    setRole: (sign, role, by) => {
      const before = known(sign);
      refuseFewer(by);
      if (role !== 'administrator') refuseLast(before);
      return change('operators.set', by, before, { role });
    },
    train: (sign, until, by) => {
      const before = known(sign);
      refuseOwn(by, before);
      return change('operators.set', by, before, { competentUntil: until, trainedAt: clock.now() });
    },
    reset: (sign, by) => {
      const before = known(sign);
      refuseOwn(by, before);
      const { resets = 0 } = before;
      if (resets >= mostResets) throw new Failure('operator.new-secret-needed', { most: mostResets });
      act('operators.reset', by, before.operator, () => {
        open().operators.forgive(before.operator.id);
        open().operators.replace({ ...before, resets: resets + 1 });
      });
      return before.operator;
    },
    setSecret: async (sign, secret, by) => {
      const before = known(sign);
      const isOwn = 'operators' in by && by.operators.length === 1 && by.operators[0]?.id === before.operator.id;
      if (!isOwn) refuseFewer(by);
      refuseWeak(secret, before.operator);
      const verifier = await verifierOf(secret, signIn.costs, machineRandom);
      act('operators.secret', by, before.operator, () => open().operators.replace({ ...before, verifier, resets: 0 }));
      return before.operator;
    },
    remove: (sign, by) => {
      const before = known(sign);
      refuseFewer(by);
      refuseLast(before);
      return change('operators.remove', by, before, { removedAt: clock.now() });
    },
    takeIssued: (content, { number, digest }) => {
      const issued = readIssuedOperators(content);
      if (begins()) throw new Failure('operator.first-administrator');
      const detail = { number, digest, operators: issued.length };
      const taken = { kind: 'fleet.operators', at: clock.now(), signs: [], reason: '', detail } as const;
      open().acts.record(taken, () => applyIssued(issued, open().operators, clock.now()));
    },
    exportForStations: (by) => {
      refuseFewer(by);
      const { operators, acts } = open();
      const known = operators.list().flatMap(({ id }) => operators.byId(id) ?? []);
      const content = writeIssuedOperators(known);
      const signs = 'names' in by ? by.names : by.operators.map(({ sign }) => sign);
      const count = readIssuedOperators(content).length;
      const detail = { operators: count };
      acts.record({ kind: 'operators.export', at: clock.now(), signs, reason: '', detail }, () => undefined);
      return { operators: count, content };
    },
  };
}
