import { encodeTlv } from '../../main/document/tlv.ts';
import { concat } from '../../main/result/bytes.ts';
import type { ElementaryFile } from '../../main/simulator/chip/chip-profile.ts';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';
import { namedFault } from '../../main/simulator/faults/fault-catalogue.ts';
import type { IssueHooks } from '../../main/simulator/faults/fault-hooks.ts';
import { parseSignedData } from '../../main/trust/cms/cms.ts';
import { type MadeState, scheme, signerSerial } from '../support/made-state.ts';
import { byIssuerAndSerial, ecTestKey, extensions, type TestCertificate, testSignedData } from '../support/test-pki.ts';
import type { Attack } from './attack.ts';
import type { AttackEnd } from './attack-end.ts';
import { america, australia, finland, norway, passport, type Station, sweden, thief, type Visit } from './station.ts';

const reject = (stoppedBy: string): AttackEnd => ({ end: 'reject', stoppedBy });
const refer = (stoppedBy: string): AttackEnd => ({ end: 'refer', stoppedBy });

const states: Readonly<Record<string, MadeState>> = {
  'us-passport': america,
  'au-passport': australia,
  'no-passport': norway,
};

/** A visit with that document, signed by its state; the holder of the Swedish ones is on file. */
function visitWith(id: string, hooks: readonly IssueHooks[], faults: Visit['faults'] = {}): Visit {
  const state = states[id] ?? sweden;
  const issuing = hooks.map(({ file: _, ...others }) => others);
  const specimen = state.issue(passport(id, ...issuing), {
    changedFiles: (files) =>
      new Map(
        [...files].flatMap(([name, contents]) => {
          const left = hooks.reduce<Uint8Array | null>(
            (bytes, { file }) => (bytes === null || file === undefined ? bytes : file(name, bytes)),
            contents,
          );
          return left === null ? [] : [[name, left] as const];
        }),
      ),
  });
  const master = (file: ElementaryFile): readonly ElementaryFile[] => {
    const left = hooks.reduce<Uint8Array | null>(
      (bytes, hook) => (bytes === null || hook.file === undefined ? bytes : hook.file(file.name, bytes)),
      file.contents,
    );
    return left === null ? [] : [{ ...file, contents: left }];
  };
  const chip = { ...specimen.chip, masterFile: specimen.chip.masterFile.flatMap(master) };
  return {
    specimen: { ...specimen, chip },
    faults,
    ...(state === sweden ? {} : { purpose: 'new-customer' as const }),
  };
}

/** Chips as honest people bring them: each must be accepted, or what the attacks on it come to says nothing. */
export const honestChips: readonly string[] = ['se-passport', 'no-passport', 'mapping-passport'];

export function honestVisit(id: string): Visit {
  return visitWith(id, []);
}

interface FaultyChip {
  readonly kind: string;
  readonly tries: string;
  readonly fault: string;
  readonly stopped: AttackEnd;
}

const byFault: readonly FaultyChip[] = [
  {
    kind: 'a copy with another chip key',
    tries: 'has all files and not the private key of DG14',
    fault: 'chip-other-key',
    stopped: reject('chip-authentication: chip-authentication.failed'),
  },
  {
    kind: 'a copy that refuses the proof',
    tries: 'refuses MSE:Set AT of chip authentication',
    fault: 'chip-choice-refused',
    stopped: reject('chip-authentication: chip-authentication.failed'),
  },
  {
    kind: 'a copy that breaks the proof off',
    tries: 'refuses GENERAL AUTHENTICATE of chip authentication',
    fault: 'chip-agreement-refused',
    stopped: reject('chip-authentication: chip-authentication.failed'),
  },
  {
    kind: 'a forged ECDSA answer',
    tries: 'answers the challenge of active authentication with one bit wrong',
    fault: 'active-ecdsa-bit',
    stopped: reject('active-authentication: active-authentication.failed'),
  },
  {
    kind: 'an ECDSA answer of zeros',
    tries: 'answers the challenge with r = s = 0 (CVE-2022-21449)',
    fault: 'active-ecdsa-zeros',
    stopped: reject('active-authentication: active-authentication.failed'),
  },
  {
    kind: 'an empty answer',
    tries: 'answers the challenge with 9000 and no data',
    fault: 'active-ecdsa-empty',
    stopped: reject('active-authentication: active-authentication.failed'),
  },
  {
    kind: 'another mapping key',
    tries: 'chip authentication mapping with another key than EF.CardSecurity says',
    fault: 'mapping-other-key',
    stopped: reject('pace-cam: pace-cam.failed'),
  },
  {
    kind: 'another offer of PACE',
    tries: 'offers other parameters in EF.CardAccess than DG14 repeats',
    fault: 'cardaccess-other-parameters',
    stopped: refer('access.pace: access.pace-failed'),
  },
  {
    kind: 'no offer of PACE',
    tries: 'empties EF.CardAccess so that the older way in is taken',
    fault: 'cardaccess-empty-set',
    stopped: refer('access.pace: access.pace-not-used'),
  },
  {
    kind: 'an EF.CardAccess of nonsense',
    tries: 'fills EF.CardAccess with zeros',
    fault: 'cardaccess-zeros',
    stopped: refer('access.pace: access.pace-not-used'),
  },
  {
    kind: 'a point at infinity',
    tries: 'sends the point at infinity in the key agreement of PACE',
    fault: 'pace-agreement-infinity',
    stopped: refer('access.pace: access.peer-key-invalid'),
  },
  {
    kind: 'our own key back',
    tries: "sends the terminal's own key back (9303-11 §4.4.1)",
    fault: 'pace-agreement-echo',
    stopped: refer('access.pace: access.peer-key-invalid'),
  },
  {
    kind: 'a token with a wrong bit',
    tries: 'proves nothing of the password',
    fault: 'pace-token-bit',
    stopped: refer('access.pace: access.pace-failed'),
  },
  {
    kind: 'an answer without authenticator',
    tries: 'leaves the authenticator of a protected answer out',
    fault: 'read-dg1-no-mac',
    stopped: refer('secure-messaging: secure-messaging.unprotected-answer'),
  },
  {
    kind: 'an authenticator with a wrong bit',
    tries: 'answers under keys that it does not have',
    fault: 'read-dg1-mac-bit',
    stopped: refer('secure-messaging: secure-messaging.mac-wrong'),
  },
  {
    kind: 'half an authenticator',
    tries: 'sends four bytes of authenticator',
    fault: 'read-dg1-short-mac',
    stopped: refer('secure-messaging: secure-messaging.unprotected-answer'),
  },
  {
    kind: 'a plain 9000 in a secure session',
    tries: 'answers without protection, which loose readers take',
    fault: 'read-dg2-plain-status',
    stopped: refer('secure-messaging: secure-messaging.unprotected-answer'),
  },
  {
    kind: 'a protected status without data',
    tries: 'says 9000 and gives nothing',
    fault: 'read-dg2-status-alone',
    stopped: refer('secure-messaging: secure-messaging.unprotected-answer'),
  },
  {
    kind: 'an endless DG2',
    tries: 'announces a file of 16 MB',
    fault: 'dg2-endless',
    stopped: refer('passive-authentication.hashes: data-group.missing'),
  },
  {
    kind: 'a signed zone with a wrong check digit',
    tries: 'a rightly signed DG1 whose check digits are wrong',
    fault: 'signed-dg1-check-digit',
    stopped: refer('document.mrz: mrz.differs'),
  },
  {
    kind: 'an announced group that is not there',
    tries: 'leaves DG14, which is signed for, out: no proof is asked',
    fault: 'dg14-missing',
    stopped: refer('passive-authentication.hashes: data-group.absent'),
  },
  {
    kind: 'EF.COM of another document',
    tries: 'announces groups that EF.SOD does not list',
    fault: 'com-one-more',
    stopped: refer('common-data.consistency: common-data.groups-differ'),
  },
];

const faulty: readonly Attack[] = byFault.map(({ kind, tries, fault, stopped }) => ({
  kind,
  area: 'chips',
  leavesStation: true,
  tries,
  stopped,
  run: (station: Station) => {
    const named = namedFault(fault);
    if (named === null) throw new Error(`no fault ${fault}`);
    const specimen = named.specimen === 'aes-256-passport' ? 'se-passport' : named.specimen;
    const answers = named.answers === undefined ? {} : { answers: [named.answers] };
    return station.attempt(visitWith(specimen, named.issue === undefined ? [] : [named.issue], answers));
  },
}));

const cardSecurity = '0.4.0.127.0.7.3.2.1';
const otherCurveKey = ecTestKey('brainpoolP256r1', 'named', 7501);

/** EF.CardSecurity signed anew, by whom and how the attack wants it; DG14 then proves nothing of the chip by itself. */
function mapped(
  state: MadeState,
  change: { readonly signer?: Partial<TestCertificate>; readonly key?: typeof otherCurveKey },
): Visit {
  const content = contentOfCardSecurity(passport('mapping-passport'));
  const signed = testSignedData({
    contentType: cardSecurity,
    content,
    certificates: [state.documentSigner(change.signer)],
    key: change.key ?? state.signerKey,
    scheme,
    identifier: byIssuerAndSerial(state.name, signerSerial),
  });
  return visitWith('mapping-passport', [
    withoutChipKeys,
    { file: (name, contents) => (name === 'EF.CardSecurity' ? signed : contents) },
  ]);
}

function contentOfCardSecurity({ chip }: Specimen): Uint8Array {
  const file = chip.masterFile.find(({ name }) => name === 'EF.CardSecurity');
  if (file === undefined) throw new Error('no EF.CardSecurity');
  return parseSignedData(file.contents).content;
}

// DG14 repeats the offers of PACE (9303-11 §9.2.11) and holds no key of chip authentication.
const withoutChipKeys: IssueHooks = {
  dataGroup: (number, contents) => {
    if (number !== 14) return contents;
    const offers = passport('mapping-passport').chip.masterFile.find(({ name }) => name === 'EF.CardAccess');
    return encodeTlv(0x6e, offers?.contents ?? concat());
  },
  profile: ({ chipAuthentication: _, ...profile }) => profile,
};

const mapping: readonly Attack[] = (
  [
    [
      'EF.CardSecurity of another state',
      'a believed signer of another state vouches for the key of the mapping',
      () => mapped(finland, {}),
      reject('pace-cam: certificate.country-differs'),
    ],
    [
      'EF.CardSecurity by an expired signer',
      'a signer that ran out vouches for the key of the mapping',
      () => mapped(sweden, { signer: { notAfter: sweden.day(-5) } }),
      refer('pace-cam: certificate.expired'),
    ],
    [
      'EF.CardSecurity by a signer for cards',
      'a signer for identity cards vouches in a passport',
      () => mapped(sweden, { signer: { extensions: sweden.signerExtensions('I') } }),
      reject('pace-cam: certificate.usage-wrong'),
    ],
    [
      'EF.CardSecurity by the thief',
      'a signer that nobody believes vouches for the key of the mapping',
      () => mapped(thief, {}),
      refer('pace-cam: certificate.issuer-unknown'),
    ],
    [
      'EF.CardSecurity with a wrong signature',
      'the right certificate, and a signature of another key',
      () => mapped(sweden, { key: otherCurveKey }),
      reject('pace-cam: security-object.signature-wrong'),
    ],
    [
      'EF.CardSecurity by a signer that may not',
      'a certificate for signing lists vouches for the key',
      () => mapped(sweden, { signer: { extensions: [extensions.keyUsage(0x02)] } }),
      reject('pace-cam: certificate.usage-wrong'),
    ],
  ] as const
).map(([kind, tries, visit, stopped]) => ({
  kind,
  area: 'chips' as const,
  leavesStation: true,
  tries,
  stopped,
  run: (station: Station) => station.attempt(visit()),
}));

/** A mapping that a state's own signer vouches for is accepted: the control of those above. */
export function honestMapping(): Visit {
  return mapped(sweden, {});
}

export const chipAttacks: readonly Attack[] = [...faulty, ...mapping];
