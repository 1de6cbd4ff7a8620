import type { MethodName, OperatorRow } from '../../preload/contract.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import type { House } from '../house/house.ts';
import type { ActingPeople, OperatorStanding } from '../keeping/operators/operator-keeping.ts';
import { longest, most } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import { cleanText } from '../result/hidden-characters.ts';
import { nameOrder } from '../result/name-order.ts';
import { parsePlainDate } from '../result/plain-date.ts';
import type { Answers } from './answers.ts';
import type { AskedAct, Confirmed } from './confirmation.ts';
import { confirmersOf, type DangerousAct } from './dangerous-acts.ts';
import { languageOf } from './interface-language.ts';

type OperatorMethod = Extract<MethodName, `operators.${string}`>;

/** Staff as administrators see and change them. Each change is confirmed outside the page, and a recorded act. */
export function operatorAnswers(around: {
  readonly house: Pick<House, 'keeping' | 'today' | 'keyKind'>;
  readonly confirm: (asked: AskedAct) => Promise<Confirmed>;
  readonly changed: () => null;
}): Pick<Answers, OperatorMethod> {
  const { house, confirm, changed } = around;
  const { operators } = house.keeping;

  const confirmed = async (
    act: DangerousAct,
    rows: readonly (readonly [label: 'sign' | 'name' | 'role' | 'roleNow' | 'until', value: string])[],
    secretOf: string | null = null,
  ): Promise<Confirmed> => {
    if (house.keyKind() === 'locked') throw new Failure('storage.locked');
    const language = languageOf(house);
    const text = textsIn(language);
    const by = confirmersOf(act, operators);
    const [, name = ''] = rows.find(([label]) => label === 'name') ?? [];
    return confirm({
      language,
      words: {
        what: text(`confirm/acts/${act}`),
        why: text(`confirm/why/${act}`),
        rows: rows.map(([label, value]) => ({ label: text(`operators/columns/${label}`), value })),
      },
      by,
      secret:
        secretOf === null
          ? null
          : { of: secretOf, refuse: (secret) => operators.refuseSecret(secret, { sign: secretOf, name }) },
    });
  };
  const roleWords = (role: OperatorStanding['role']): string => textsIn(languageOf(house))(`operators/roles/${role}`);
  /** The operator as they are, in the words by which people know them. Fails with `operator.unknown`. */
  const known = (sign: string): OperatorStanding => {
    const found = operators.list().find((operator) => operator.sign === sign && operator.removedAt === null);
    if (found === undefined) throw new Failure('operator.unknown');
    return found;
  };
  const person = ({ sign, name, role }: OperatorStanding) =>
    [
      ['sign', sign],
      ['name', name],
      ['roleNow', roleWords(role)],
    ] as const;
  // What was read and confirmed is what is done: somebody at the side door may have been quicker.
  const unchanged = (before: OperatorStanding): void => {
    const now = known(before.sign);
    if (now.id !== before.id || now.role !== before.role || now.name !== before.name)
      throw new Failure('confirm.changed');
  };
  const chosen = ({ secret }: Confirmed): string => {
    if (secret === null) throw new Failure('trust.not-confirmed');
    return secret;
  };
  const changes =
    (act: DangerousAct, do_: (sign: string, by: ActingPeople) => unknown) =>
    async (given: string): Promise<null> => {
      const before = known(given);
      const { by } = await confirmed(act, person(before));
      unchanged(before);
      do_(before.sign, by);
      return changed();
    };

  return {
    'operators.list': () => {
      const state = operators.state();
      const readable = state === 'present' && house.keyKind() !== 'locked';
      const inOrder = nameOrder(languageOf(house));
      const listed = readable ? operators.list().toSorted((a, b) => inOrder(a.sign, b.sign)) : [];
      const rows = listed.slice(0, most.operators);
      const anew = house.keyKind() === 'locked' ? [] : operators.namedAnew().slice(-most.actRows);
      return {
        state,
        operators: rows.map(rowOf),
        namedAnew: anew.map(({ at, names }) => ({ at, names: names.map((name) => name.slice(0, longest.sign)) })),
      };
    },
    'operators.add': async (given) => {
      const sign = cleanText(given.sign);
      const name = cleanText(given.name);
      const competentUntil = dayOf(given.competentUntil);
      if (sign === '' || name === '') throw new Failure('operator.name-missing');
      operators.refuseNew({ sign, name, role: given.role });
      const rows = [
        ['sign', sign],
        ['name', name],
        ['role', roleWords(given.role)],
        ['until', competentUntil ?? textsIn(languageOf(house))('operators/notTrained')],
      ] as const;
      const answer = await confirmed('operators.add', rows, sign);
      await operators.add({ sign, name, role: given.role, competentUntil, secret: chosen(answer) }, answer.by);
      return changed();
    },
    'operators.setRole': async (given, role) => {
      const before = known(given);
      const { by } = await confirmed('operators.setRole', [...person(before), ['role', roleWords(role)]]);
      unchanged(before);
      operators.setRole(before.sign, role, by);
      return changed();
    },
    'operators.train': async (given, until) => {
      const day = dayOf(until);
      if (day === null) throw new Failure('call.malformed', { part: 'arguments' });
      const before = known(given);
      const { by } = await confirmed('operators.train', [...person(before), ['until', day]]);
      unchanged(before);
      operators.train(before.sign, day, by);
      return changed();
    },
    'operators.newSecret': async (given) => {
      const before = known(given);
      const answer = await confirmed('operators.newSecret', person(before), before.sign);
      unchanged(before);
      await operators.setSecret(before.sign, chosen(answer), answer.by);
      return changed();
    },
    'operators.reset': changes('operators.reset', operators.reset),
    'operators.remove': changes('operators.remove', operators.remove),
  };
}

function dayOf(text: string | null) {
  if (text === null) return null;
  const day = parsePlainDate(text);
  if (day === null) throw new Failure('call.malformed', { part: 'arguments' });
  return day;
}

function rowOf(operator: OperatorStanding): OperatorRow {
  const { sign, name, role, competentUntil, addedAt, removedAt, locked, lapsed } = operator;
  return {
    sign: sign.slice(0, longest.sign),
    name: name.slice(0, longest.personName),
    role,
    competentUntil,
    lapsed,
    locked: locked && removedAt === null,
    addedAt,
    removed: removedAt !== null,
  };
}
