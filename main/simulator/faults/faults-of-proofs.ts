import { answer, status } from '../chip/apdu.ts';
import type { SpecimenId } from '../documents/specimen.ts';
import { chipCurveKey } from '../issuing/chip-keys.ts';
import type { AnsweredCommand } from './fault-hooks.ts';
import type { NamedFault } from './named-fault.ts';

function proof(
  specimen: SpecimenId,
  name: string,
  description: string,
  is: (command: AnsweredCommand) => boolean,
  change: (data: Uint8Array) => ReturnType<typeof answer>,
): NamedFault {
  return {
    name,
    layer: 'protocol',
    specimen,
    description,
    expected: 'not accept',
    answers: { answer: (response, command) => (is(command) ? change(response.data) : response) },
  };
}

const challenge = ({ ins }: AnsweredCommand): boolean => ins === 0x88;
const chipKeyChoice = ({ ins, secured }: AnsweredCommand): boolean => ins === 0x22 && secured;
const chipKeyAgreement = ({ ins, secured }: AnsweredCommand): boolean => ins === 0x86 && secured;

/** Faults in what proves that a chip is no copy. */
export const faultsOfProofs: readonly NamedFault[] = [
  proof(
    'old-passport',
    'active-rsa-bit',
    'RSA active authentication: one bit of the signature differs',
    challenge,
    (data) =>
      answer(
        status.done,
        data.map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
      ),
  ),
  proof('old-passport', 'active-rsa-zeros', 'RSA active authentication: a signature of zeros', challenge, (data) =>
    answer(status.done, new Uint8Array(data.length)),
  ),
  proof('old-passport', 'active-rsa-one', 'RSA active authentication: the number one', challenge, (data) =>
    answer(
      status.done,
      data.map((_, at) => (at === data.length - 1 ? 1 : 0)),
    ),
  ),
  proof('old-passport', 'active-rsa-cut', 'RSA active authentication: a byte too few', challenge, (data) =>
    answer(status.done, data.slice(0, -1)),
  ),
  proof('old-passport', 'active-rsa-empty', 'RSA active authentication: no data with 9000', challenge, () =>
    answer(status.done),
  ),
  proof('old-passport', 'active-refused', 'active authentication is refused', challenge, () =>
    answer(status.instructionUnknown),
  ),
  proof(
    'no-passport',
    'active-ecdsa-bit',
    'ECDSA active authentication: one bit of the signature differs',
    challenge,
    (data) =>
      answer(
        status.done,
        data.map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
      ),
  ),
  proof('no-passport', 'active-ecdsa-zeros', 'ECDSA active authentication: r and s are zero', challenge, (data) =>
    answer(status.done, new Uint8Array(data.length)),
  ),
  proof('no-passport', 'active-ecdsa-empty', 'ECDSA active authentication: no data with 9000', challenge, () =>
    answer(status.done),
  ),
  proof('se-passport', 'chip-choice-refused', 'chip authentication: MSE:Set AT is refused', chipKeyChoice, () =>
    answer(status.wrongData),
  ),
  proof(
    'se-passport',
    'chip-agreement-refused',
    'chip authentication: GENERAL AUTHENTICATE is refused',
    chipKeyAgreement,
    () => answer(status.authenticationFailed),
  ),
  {
    name: 'chip-other-key',
    layer: 'protocol',
    specimen: 'se-passport',
    description: 'chip authentication: the chip has another private key than DG14 says',
    expected: 'not accept',
    issue: {
      profile: (profile) => {
        const { curve, privateKey } = chipCurveKey('another chip', 'brainpoolP256r1');
        const key = { domain: { kind: 'ECDH', curve }, privateKey } as const;
        return { ...profile, chipAuthentication: [{ keyId: null, key, ciphers: ['AES-128'] }] };
      },
    },
  },
  {
    name: 'mapping-other-key',
    layer: 'protocol',
    specimen: 'mapping-passport',
    description: 'chip authentication mapping: the chip has another private key than EF.CardSecurity says',
    expected: 'not accept',
    issue: {
      profile: (profile) => {
        const { curve, privateKey } = chipCurveKey('another chip', 'brainpoolP256r1');
        return { ...profile, mappingKey: { domain: { kind: 'ECDH', curve }, privateKey } };
      },
    },
  },
  {
    name: 'card-security-missing',
    layer: 'file',
    specimen: 'mapping-passport',
    description:
      'EF.CardSecurity is not there although the chip offers chip authentication mapping; chip authentication still proves it',
    expected: 'accept',
    issue: { file: (name, contents) => (name === 'EF.CardSecurity' ? null : contents) },
  },
  {
    name: 'card-security-last-bit',
    layer: 'file',
    specimen: 'mapping-passport',
    description: 'EF.CardSecurity differs in its last bit',
    expected: 'not accept',
    issue: {
      file: (name, contents) =>
        name === 'EF.CardSecurity'
          ? contents.map((byte, at) => (at === contents.length - 1 ? byte ^ 1 : byte))
          : contents,
    },
  },
];
