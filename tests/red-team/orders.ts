import { orderChallenge } from '../../main/inspection/order-binding.ts';
import type { Inspection } from '../../main/inspection/types.ts';
import { toHex } from '../../main/result/bytes.ts';
import type { Response } from '../../main/simulator/chip/apdu.ts';
import type { AnswerHooks } from '../../main/simulator/faults/fault-hooks.ts';
import { type Order, orderHash } from '../../main/verification/order.ts';
import { fromOutside } from '../support/from-outside.ts';
import { anOrder } from '../support/orders.ts';
import type { Attack } from './attack.ts';
import { type AttackEnd, refusedBy } from './attack-end.ts';
import { honestVisit } from './chips.ts';
import { clockAt, type Station, type Visit } from './station.ts';

const refuse = (stoppedBy: string): AttackEnd => ({ end: 'refused', stoppedBy });
const reject = (stoppedBy: string): AttackEnd => ({ end: 'reject', stoppedBy });
const otherProof = reject('active-authentication: order.other-proof');
const wrongAnswer = reject('active-authentication: active-authentication.failed');

const lasting = { purpose: null, issuedAt: null, expiresAt: '9999-12-31T23:59:59Z' };
/** What the customer means to confirm, and what the thief would have them confirm. */
const small = anOrder({ ...lasting, id: 'small', amount: { value: '100.00', currency: 'SEK' } });
const large = anOrder({ ...lasting, id: 'large', amount: { value: '990000.00', currency: 'SEK' } });

/** A customer whose chip signs for an order, and one whose chip cannot: there the station's word binds. */
const signing = (order: Order | null = small): Visit => ({ ...honestVisit('no-passport'), order });
const unsigning = (order: Order | null = small): Visit => ({ ...honestVisit('se-passport'), order });

/** An honest customer who confirms an order: must be accepted, and bound by what is said. */
export const honestOrders: readonly (readonly [string, Visit, 'active-authentication' | 'station'])[] = [
  ['a chip that signs for it', { ...honestVisit('au-passport'), order: small }, 'active-authentication'],
  ['a chip that cannot sign', unsigning(anOrder({ ...lasting, id: 'unsigned' })), 'station'],
];

type Facts = NonNullable<Inspection['evidence']>['facts'];
type Answer = Exclude<NonNullable<Facts['activeAuthentication']>, { readonly failure: unknown }>;

function factsOf({ evidence }: Inspection): Facts {
  if (evidence === undefined) throw new Error('no evidence');
  return evidence.facts;
}

function answerOf(read: Inspection): Answer {
  const answer = factsOf(read).activeAuthentication;
  if (answer === null || 'failure' in answer) throw new Error('the chip answered no challenge');
  return answer;
}

function withFacts(read: Inspection, changes: Partial<Facts>): Inspection {
  const { evidence } = read;
  if (evidence === undefined) throw new Error('no evidence');
  return { ...read, evidence: { ...evidence, facts: { ...evidence.facts, ...changes } } };
}

const withAnswer = (read: Inspection, changes: Partial<Answer>): Inspection =>
  withFacts(read, { activeAuthentication: { ...answerOf(read), ...changes } });

const hashOf = (order: Order): string => toHex(orderHash(order));
const internalAuthenticate = 0x88;

/** Hears what a chip answers to its challenge. */
function recording(heard: (response: Response) => void): AnswerHooks {
  return {
    answer: (response, { ins }) => {
      if (ins === internalAuthenticate) heard(response);
      return response;
    },
  };
}

/** The answer of an earlier visit, played by a chip that has all files of the real one. */
async function playedBack(station: Station): Promise<AttackEnd> {
  const heard: Response[] = [];
  const honest = signing();
  await station.visit({ ...honest, faults: { answers: [recording((response) => heard.push(response))] } });
  const [taken] = heard;
  if (taken === undefined) throw new Error('the chip was asked no challenge');
  const play: AnswerHooks = { answer: (response, { ins }) => (ins === internalAuthenticate ? taken : response) };
  return station.attempt({ ...signing(large), faults: { answers: [play] } });
}

/** What an earlier visit proved, laid into what was read for another order. */
async function putInstead(station: Station): Promise<AttackEnd> {
  const { inspection: earlier } = await station.visit(signing());
  return station.attempt({ ...signing(large), reworked: (read) => withAnswer(read, answerOf(earlier)) });
}

async function forgotten(station: Station): Promise<AttackEnd> {
  await station.visit(unsigning());
  await station.leave();
  fromOutside(station.database, 'DELETE FROM confirmed_orders; DELETE FROM orders_indexed;');
  return station.attempt(unsigning());
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsignedToken = `${part({ alg: 'none', typ: 'styrk-order+jwt', kid: 'k' })}.${part({ iss: 'https://bank.example' })}.`;

const readFor = (order: Order, changes: Partial<Visit>) => (station: Station) =>
  station.attempt({ ...signing(order), ...changes });

export const orderAttacks: readonly Attack[] = (
  [
    [
      'a proof of another order',
      'has the chip sign for a small order, and closes the case for a large one',
      otherProof,
      readFor(small, { confirms: large }),
    ],
    [
      'an order changed after the tap',
      'adds a zero to the sum once the chip has signed',
      otherProof,
      readFor(small, { confirms: { ...small, amount: { value: '1000.00', currency: 'SEK' } } }),
    ],
    [
      'an order after the tap',
      'reads the document for no order, and brings one at the decision',
      otherProof,
      (station) => station.attempt({ ...signing(null), confirms: large }),
    ],
    [
      'the same with a chip that cannot sign',
      'reads a document without active authentication for one order, and closes the case for another',
      otherProof,
      (station) => station.attempt({ ...unsigning(), confirms: large }),
    ],
    [
      'an answer played back',
      'a copy answers the challenge of one order with what the real chip answered for another',
      wrongAnswer,
      playedBack,
    ],
    [
      'an earlier proof put instead',
      'lays nonce, challenge and answer of an earlier visit into what was read for this order',
      otherProof,
      putInstead,
    ],
    [
      'another nonce',
      'keeps challenge and answer, and exchanges the nonce that went before the order',
      otherProof,
      readFor(small, {
        confirms: large,
        reworked: (read) => withAnswer(withFacts(read, { order: hashOf(large) }), { nonce: '00'.repeat(32) }),
      }),
    ],
    [
      'another name on the proof',
      'writes into what was read that it was read for the large order',
      otherProof,
      readFor(small, { confirms: large, reworked: (read) => withFacts(read, { order: hashOf(large) }) }),
    ],
    [
      'a challenge made afterwards',
      'works out the challenge that the large order would have had, beside the answer for the small one',
      wrongAnswer,
      readFor(small, {
        confirms: large,
        reworked: (read) => {
          const challenge = toHex(orderChallenge(answerOf(read).nonce ?? '', hashOf(large)));
          return withAnswer(withFacts(read, { order: hashOf(large) }), { challenge });
        },
      }),
    ],
    [
      'an order confirmed twice',
      'comes again with an order that was confirmed',
      refuse('order.already-confirmed'),
      async (station) => {
        await station.visit(unsigning());
        return station.attempt(unsigning());
      },
    ],
    [
      'a confirmed order under another content',
      'comes again with the name of a confirmed order and another sum',
      refuse('order.already-confirmed'),
      async (station) => {
        await station.visit(unsigning());
        return station.attempt(unsigning({ ...large, id: small.id }));
      },
    ],
    [
      'a confirmed order forgotten',
      'deletes the rows that say which orders were confirmed, and comes again',
      { end: 'refer', stoppedBy: 'passive-authentication.path: trust.tampered' },
      forgotten,
    ],
    [
      'an order whose time is over',
      'confirms what was to be confirmed yesterday',
      refuse('order.expired'),
      (station) => station.attempt(unsigning({ ...small, expiresAt: clockAt(-1).now() })),
    ],
    [
      'an order of another customer',
      'has one customer confirm what another is asked',
      refuse('order.other-customer'),
      (station) => station.attempt(unsigning({ ...small, customer: '198203142392' })),
    ],
    [
      'an order for another station',
      'takes an order to a station that it is not for',
      refuse('order.foreign'),
      (station) => station.attempt(unsigning({ ...small, audience: 'another station' })),
    ],
    [
      'an order that reads otherwise',
      'turns the payee around with a character that nobody sees (UAX #9)',
      refuse('order.characters'),
      (station) =>
        station.at(clockAt(0), (house) =>
          refusedBy(() => house.orders.read(JSON.stringify({ ...small, text: 'Till \u202egnI' }))),
        ),
    ],
    [
      'an order that nobody signed',
      "writes the bank's order without a signature (alg none, RFC 8725 §2.1)",
      refuse('order.unsigned'),
      (station) => station.at(clockAt(0), (house) => refusedBy(() => house.orders.read(unsignedToken))),
    ],
  ] as readonly (readonly [string, string, AttackEnd, Attack['run']])[]
).map(([kind, tries, stopped, run]) => ({ kind, area: 'orders', tries, stopped, run }));
