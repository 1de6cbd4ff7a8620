import { parseActiveAuthenticationKey } from '../../../main/chip/active-authentication-key.ts';
import { verifyActiveAuthentication } from '../../../main/chip/active-authentication-signature.ts';
import { decodeResponse } from '../../../main/chip/apdu.ts';
import { parseBufferSizes } from '../../../main/chip/buffer-sizes.ts';
import { chooseChipAuthentication } from '../../../main/chip/chip-authentication-choice.ts';
import { choosePace } from '../../../main/chip/pace-choice.ts';
import { SecureMessagingSession } from '../../../main/chip/secure-messaging.ts';
import { parseProtectedCommand, parseProtectedResponse } from '../../../main/chip/secure-messaging-objects.ts';
import { parseSecurityInfos } from '../../../main/chip/security-infos.ts';
import { decodeTlv } from '../../../main/document/tlv.ts';
import { concat, equal, fromHex } from '../../../main/result/bytes.ts';
import { SecretBytes } from '../../../main/result/secret-bytes.ts';
import { ChipSession } from '../../../main/simulator/chip/session.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { Finding, type Target } from '../target.ts';
import { filesNamed } from './specimen-files.ts';

const bytes = { maximumLength: 65_538, perRound: 256, maximumMillis: 1_500, mutate: mutateBytes } as const;
const secret = new Uint8Array(32).fill(7);
const contents = new Uint8Array(40).fill(0x5a);
const suites = ['3DES', 'AES-128'] as const;

// The key derivation of 9303-11 §9.7.1 is the simulator's: the session under test is opened from its answers.
function genuine(suite: (typeof suites)[number]): Uint8Array {
  return new ChipSession(suite, secret, new Uint8Array(suite === '3DES' ? 8 : 16)).protect(
    { data: contents, status: 0x9000 },
    false,
  );
}

// Keys that nobody used for the answer: none may ever verify.
function unprotect(input: Uint8Array): void {
  decodeResponse(input);
  for (const suite of suites) {
    const key = (byte: number): SecretBytes => new SecretBytes(new Uint8Array(16).fill(byte));
    const session = new SecureMessagingSession(suite, { encryption: key(1), messageAuthentication: key(2) });
    let believed = false;
    try {
      session.unprotect(input);
      believed = true;
    } catch {
      if (!session.ended) throw new Finding('a session goes on after a wrong answer');
    }
    if (believed) throw new Finding('an answer under other keys is believed');
  }
  const { authenticated, mac } = parseProtectedResponse(input);
  if (mac.length !== 8 || authenticated.length > input.length) throw new Finding('lengths of the objects');
}

function infos(file: Uint8Array): void {
  const read = parseSecurityInfos(file);
  choosePace(read);
  chooseChipAuthentication(read);
}

const dataGroups14 = (): readonly Uint8Array[] =>
  filesNamed('EF.DG14', [
    'se-passport',
    'de-passport',
    'fr-passport',
    'nl-passport',
    'at-passport',
    'mapping-passport',
  ]);
const dataGroups15 = (): readonly Uint8Array[] =>
  filesNamed('EF.DG15', ['au-passport', 'nl-passport', 'jp-passport', 'lt-passport', 'be-old-passport', 'no-passport']);

export const chipTargets: readonly Target[] = [
  {
    ...bytes,
    name: 'security-infos',
    perRound: 64,
    maximumMillis: 6_000,
    seeds: () => [...filesNamed('EF.CardAccess'), ...dataGroups14().map((file) => decodeTlv(file).value)],
    run: infos,
  },
  {
    ...bytes,
    name: 'active-authentication',
    perRound: 32,
    maximumMillis: 6_000,
    seeds: dataGroups15,
    run: (input) => {
      const key = parseActiveAuthenticationKey(decodeTlv(input).value);
      if (key === null) return;
      // No chip made this answer: it never fits by chance.
      verifyActiveAuthentication(key, [], new Uint8Array(8), new Uint8Array(64).fill(3));
      throw new Finding('a made-up signature is believed');
    },
  },
  {
    ...bytes,
    name: 'secure-messaging',
    maximumLength: 2_000,
    seeds: () => [...suites.map(genuine), fromHex('6982'), fromHex('9000')],
    run: unprotect,
  },
  {
    ...bytes,
    name: 'protected-command',
    maximumLength: 2_000,
    seeds: () => [fromHex('0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800')],
    run: (input) => {
      const { header, authenticated, mac } = parseProtectedCommand(input);
      const whole = concat(header, authenticated, mac);
      if (whole.length > input.length || !equal(header, input.subarray(0, 4)))
        throw new Finding('lengths of the objects');
    },
  },
  {
    ...bytes,
    name: 'buffer-sizes',
    maximumLength: 2_000,
    seeds: () => [fromHex('7f6608020203e6020203e6'), fromHex('4303800100')],
    run: parseBufferSizes,
  },
];
