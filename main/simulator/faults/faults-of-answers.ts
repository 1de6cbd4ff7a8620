import { decodeTlv, encodeTlv } from '../../document/tlv.ts';
import { concat } from '../../result/bytes.ts';
import { answer, type Response, status } from '../chip/apdu.ts';
import type { SpecimenId } from '../documents/specimen.ts';
import type { AnsweredCommand } from './fault-hooks.ts';
import type { FaultLayer, NamedFault } from './named-fault.ts';

interface Step {
  readonly name: string;
  readonly words: string;
  readonly specimen: SpecimenId;
  readonly is: (command: AnsweredCommand) => boolean;
}

const reading = (file: string) => (command: AnsweredCommand) => command.file === file;
const generalAuthenticate = (occurrence: number) => (command: AnsweredCommand) =>
  command.ins === 0x86 && !command.secured && command.occurrence === occurrence;

const steps = {
  'select-application': {
    name: 'select-application',
    words: 'SELECT of the application',
    specimen: 'se-passport',
    is: ({ ins, p1 }) => ins === 0xa4 && p1 === 0x04,
  },
  'pace-choice': {
    name: 'pace-choice',
    words: 'MSE:Set AT of PACE',
    specimen: 'aes-256-passport',
    is: ({ ins, secured }) => ins === 0x22 && !secured,
  },
  'pace-nonce': { name: 'pace-nonce', words: "PACE's nonce", specimen: 'aes-256-passport', is: generalAuthenticate(1) },
  'pace-mapping': {
    name: 'pace-mapping',
    words: "PACE's mapping",
    specimen: 'aes-256-passport',
    is: generalAuthenticate(2),
  },
  'pace-agreement': {
    name: 'pace-agreement',
    words: "PACE's key agreement",
    specimen: 'aes-256-passport',
    is: generalAuthenticate(3),
  },
  'pace-token': { name: 'pace-token', words: "PACE's token", specimen: 'aes-256-passport', is: generalAuthenticate(4) },
  'bac-challenge': {
    name: 'bac-challenge',
    words: 'GET CHALLENGE',
    specimen: 'old-passport',
    is: ({ ins }) => ins === 0x84,
  },
  'bac-authenticate': {
    name: 'bac-authenticate',
    words: 'EXTERNAL AUTHENTICATE',
    specimen: 'old-passport',
    is: ({ ins }) => ins === 0x82,
  },
  'read-sod': { name: 'read-sod', words: 'reading EF.SOD', specimen: 'se-passport', is: reading('EF.SOD') },
  'read-dg1': { name: 'read-dg1', words: 'reading DG1', specimen: 'se-passport', is: reading('EF.DG1') },
  'read-dg2': { name: 'read-dg2', words: 'reading DG2', specimen: 'se-passport', is: reading('EF.DG2') },
  'read-dg14': { name: 'read-dg14', words: 'reading DG14', specimen: 'se-passport', is: reading('EF.DG14') },
} as const satisfies Record<string, Step>;

function onAnswer(
  step: Step,
  name: string,
  description: string,
  change: (response: Response, command: AnsweredCommand) => Response,
  layer: FaultLayer = 'protocol',
): NamedFault {
  return {
    name: `${step.name}-${name}`,
    layer,
    specimen: step.specimen,
    description: `${step.words}: ${description}`,
    expected: 'not accept',
    answers: { answer: (response, command) => (step.is(command) ? change(response, command) : response) },
  };
}

function onWire(
  step: Step,
  name: string,
  description: string,
  change: (bytes: Uint8Array) => Uint8Array | null,
  layer: FaultLayer,
): NamedFault {
  return {
    name: `${step.name}-${name}`,
    layer,
    specimen: step.specimen,
    description: `${step.words}: ${description}`,
    expected: 'not accept',
    answers: { wire: (bytes, command) => (step.is(command) ? change(bytes) : bytes) },
  };
}

function onTime(
  step: Step,
  name: string,
  description: string,
  millis: number,
  expected: NamedFault['expected'],
): NamedFault {
  return {
    name: `${step.name}-${name}`,
    layer: 'transport',
    specimen: step.specimen,
    description: `${step.words}: ${description}`,
    expected,
    answers: { holds: (command) => (step.is(command) ? millis : 0) },
  };
}

const refusals = [
  [0x6f00, 'no precise diagnosis'],
  [0x6985, 'conditions of use not satisfied'],
  [0x6a80, 'wrong data'],
  [0x6d00, 'instruction unknown'],
] as const;

/** Every step refused, in each of several ways. */
const statusWords: readonly NamedFault[] = Object.values<Step>(steps).flatMap((step) =>
  refusals.map(([word, words]) =>
    onAnswer(step, word.toString(16), `${words}, ${word.toString(16)}`, () => answer(word), 'status word'),
  ),
);

const accessRefused: readonly NamedFault[] = [
  onAnswer(
    steps['pace-token'],
    '6300',
    'authentication failed',
    () => answer(status.authenticationFailed),
    'status word',
  ),
  onAnswer(steps['pace-token'], '63c2', 'wrong, two attempts left', () => answer(0x63c2), 'status word'),
  onAnswer(
    steps['pace-choice'],
    '63c1',
    'a warning that one attempt is left, and no run',
    () => answer(0x6a88),
    'status word',
  ),
  onAnswer(
    steps['bac-authenticate'],
    '6300',
    'authentication failed',
    () => answer(status.authenticationFailed),
    'status word',
  ),
  onAnswer(steps['bac-challenge'], '6983', 'blocked', () => answer(status.authenticationBlocked), 'status word'),
];

// The one object in dynamic authentication data, its value changed.
function ofObject(change: (value: Uint8Array, tag: number) => Uint8Array): (response: Response) => Response {
  return (response) => {
    const [object] = decodeTlv(response.data).children;
    if (object === undefined) return response;
    return answer(status.done, encodeTlv(0x7c, encodeTlv(object.tag, change(object.value, object.tag))));
  };
}

const flipLast = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte));
const infinity = Uint8Array.of(0);

function echoed(response: Response, { data }: AnsweredCommand): Response {
  const [own] = decodeTlv(data).children;
  const [object] = decodeTlv(response.data).children;
  if (own === undefined || object === undefined) return response;
  return answer(status.done, encodeTlv(0x7c, encodeTlv(object.tag, own.value)));
}

const paceSteps = [steps['pace-nonce'], steps['pace-mapping'], steps['pace-agreement'], steps['pace-token']];

const paceValues: readonly NamedFault[] = [
  ...paceSteps.flatMap((step) => [
    onAnswer(step, 'empty', 'no data with 9000', () => answer(status.done)),
    onAnswer(step, 'no-object', 'dynamic authentication data without an object', () =>
      answer(status.done, encodeTlv(0x7c)),
    ),
    onAnswer(step, 'other-tag', 'the object under another tag', ({ data }) =>
      answer(status.done, encodeTlv(0x7c, encodeTlv(0x9f, decodeTlv(data).children[0]?.value ?? infinity))),
    ),
    onAnswer(step, 'cut', 'the last byte of the data is missing', ({ data }) => answer(status.done, data.slice(0, -1))),
    onAnswer(step, 'bit', 'one bit of the value differs', ofObject(flipLast)),
    onAnswer(
      step,
      'longer',
      'a byte too many in the value',
      ofObject((value) => concat(value, infinity)),
    ),
    onAnswer(step, 'deep', 'objects nested 100 deep', () =>
      answer(
        status.done,
        Array.from({ length: 100 }).reduce<Uint8Array>((inner) => encodeTlv(0x7c, inner), infinity),
      ),
    ),
  ]),
  ...[steps['pace-mapping'], steps['pace-agreement']].flatMap((step) => [
    onAnswer(
      step,
      'infinity',
      'the point at infinity',
      ofObject(() => infinity),
    ),
    onAnswer(
      step,
      'zero',
      'a point with both coordinates zero',
      ofObject((value) => value.map((byte, at) => (at === 0 ? byte : 0))),
    ),
    onAnswer(
      step,
      'compressed',
      'a compressed point',
      ofObject((value) => concat(Uint8Array.of(2), value.slice(1, (value.length + 1) / 2))),
    ),
    onAnswer(step, 'echo', "the terminal's own key", echoed),
  ]),
];

const bacValues: readonly NamedFault[] = [
  onAnswer(steps['bac-challenge'], 'short', 'a challenge of four bytes', ({ data }) =>
    answer(status.done, data.slice(0, 4)),
  ),
  onAnswer(steps['bac-challenge'], 'empty', 'no challenge with 9000', () => answer(status.done)),
  onAnswer(steps['bac-authenticate'], 'bit', 'one bit of the answer differs', ({ data }) =>
    answer(status.done, flipLast(data)),
  ),
  onAnswer(steps['bac-authenticate'], 'cut', 'an answer of 39 bytes', ({ data }) =>
    answer(status.done, data.slice(0, -1)),
  ),
  onAnswer(steps['bac-authenticate'], 'empty', 'no answer with 9000', () => answer(status.done)),
  onAnswer(steps['bac-authenticate'], 'echo', "the terminal's own bytes", ({ data }, command) =>
    answer(status.done, command.data.slice(0, data.length)),
  ),
];

const protectedSteps = [steps['read-sod'], steps['read-dg1'], steps['read-dg2'], steps['read-dg14']];
const withoutLast = (length: number) => (bytes: Uint8Array) => concat(bytes.slice(0, -2 - length), bytes.slice(-2));

// The authenticator is the last ten bytes before the status word, DO 99 the four before it.
const secureMessaging: readonly NamedFault[] = protectedSteps.flatMap((step) => [
  onWire(step, 'no-mac', 'no authenticator', withoutLast(10), 'secure messaging'),
  onWire(
    step,
    'mac-bit',
    'one bit of the authenticator differs',
    (bytes) => concat(flipLast(bytes.slice(0, -2)), bytes.slice(-2)),
    'secure messaging',
  ),
  onWire(
    step,
    'short-mac',
    'four bytes of authenticator',
    (bytes) => concat(bytes.slice(0, -12), Uint8Array.of(0x8e, 4), bytes.slice(-10, -6), bytes.slice(-2)),
    'secure messaging',
  ),
  onWire(
    step,
    'cryptogram-bit',
    'one bit of the cryptogram differs',
    (bytes) => bytes.map((byte, at) => (at === 8 ? byte ^ 0x10 : byte)),
    'secure messaging',
  ),
  onWire(
    step,
    'no-status',
    'no protected status',
    (bytes) => concat(bytes.slice(0, -16), bytes.slice(-12)),
    'secure messaging',
  ),
  onWire(
    step,
    'status-alone',
    'a protected status and nothing else',
    () => Uint8Array.of(0x99, 2, 0x90, 0, 0x90, 0),
    'secure messaging',
  ),
  onWire(step, 'plain-status', 'a bare status word', () => Uint8Array.of(0x90, 0), 'secure messaging'),
  onWire(step, 'plain-refusal', 'a bare 6982', () => Uint8Array.of(0x69, 0x82), 'secure messaging'),
  onWire(
    step,
    'swapped',
    'authenticator before status',
    (bytes) => concat(bytes.slice(0, -16), bytes.slice(-12, -2), bytes.slice(-16, -12), bytes.slice(-2)),
    'secure messaging',
  ),
]);

const transport: readonly NamedFault[] = Object.values<Step>(steps).flatMap((step) => [
  onWire(step, 'torn', 'the chip leaves the field', () => null, 'transport'),
  onWire(step, 'one-byte', 'an answer of one byte', () => Uint8Array.of(0x90), 'transport'),
  onTime(step, 'mute', 'the answer never comes', Number.POSITIVE_INFINITY, 'not accept'),
  onWire(step, 'no-byte', 'an answer without a byte', () => new Uint8Array(), 'transport'),
]);

// With the right key nobody waits; with wrong ones each costs twice what the last did.
const delays: readonly NamedFault[] = [
  ...[steps['pace-token'], steps['read-dg2']].map((step) =>
    onTime(step, 'late', 'the answer is held back for nine seconds', 9_000, 'accept'),
  ),
  {
    name: 'growing-delay',
    layer: 'protocol',
    specimen: 'se-passport',
    description: 'Access: wrong access data is refused after one second, then two, four and eight',
    expected: 'accept',
    issue: {
      profile: (profile) => ({
        ...profile,
        quirks: { ...profile.quirks, accessDelay: { first: 1_000, most: 8_000 } },
      }),
    },
  },
];

/** Faults in what a chip answers. */
export const faultsOfAnswers: readonly NamedFault[] = [
  ...transport,
  ...statusWords,
  ...accessRefused,
  ...paceValues,
  ...bacValues,
  ...delays,
  ...secureMessaging,
];
