import { setImmediate as turn } from 'node:timers/promises';
import { failureWords } from '../../resources/failures/failures.ts';
import type { FileImport } from '../keeping/import/file-import.ts';
import { trustFile } from '../keeping/import/trust-file.ts';
import type { Vouching } from '../keeping/import/voucher.ts';
import { operatingSystemUser } from '../machine/clock.ts';
import { readInputFile, withInputFiles } from '../machine/input-file.ts';
import type { Operator } from '../store/operators/operator.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall } from './command.ts';
import { withKeeping } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';
import { progressLine } from './progress-line.ts';

const largestCertificate = 64 * 1024;

export const command: Command = {
  positionals: 'FILE...',
  fewest: 1,
  most: 64,
  options: {
    signer: {
      kind: 'value',
      value: 'CERT',
      help:
        "who vouches: for a list its signer's certificate or that one's issuer's (DER or PEM), for a station bundle the " +
        "station's public key (PEM, or 64 hex digits)",
    },
    by: {
      kind: 'values',
      value: 'NAME',
      help: 'an administrator who vouches for --signer or --pin (for --pin by default the account at work); twice, by two people, the signer is pinned for good',
    },
    pin: {
      kind: 'flag',
      value: '',
      help: 'FILE is a self-signed CSCA certificate, and you vouch for it yourself; links beside it prove themselves',
    },
  },
  description: [
    'Takes files into the trust store: master lists (9303-12), directory exports (LDIF, read as a stream), certificates and ' +
      'bundles of them (DER, PEM, PKCS #7), revocation lists, defect and deviation lists, station bundles. Contents decide ' +
      'what a file is, not its name. All files are taken or none, as one change that the history keeps.',
    'A signed list is taken only where a pinned certificate vouches for its signer: get it from a source that you trust, not ' +
      'from where the list lies. --signer alone vouches for this call only. With --by of two administrators it is pinned and ' +
      'recorded with both names, and later lists of that signer need no option. With one --by it is proposed, or confirmed ' +
      'where another one proposed it; nothing is imported before the second (trust.signer-proposed, exit status 2). Names are taken as typed: this is a record of ' +
      'who answers for it, not a proof of who sat there.',
    'A directory export is signed by nobody, so each entry proves itself: master lists by a pinned signer, links and ' +
      'revocation lists by a believed key; document signers are kept to be found. An older edition of a list, and a bundle ' +
      'not newer than the last one of its station, is refused. Where there are operators a bundle that brings other policies is taken by two administrators (operator.second-needed). Certificates of a list that no other certificate verifies, and links whose ' +
      'issuer is not at hand, are taken and named as orphans: they vouch for nothing until their issuer arrives. Broken ones, and the issuers of our own specimens, are refused.',
    'With --json: { "read", "new", "known", "verified", "orphans": [ { "country", "subject", "fingerprint", "code" } ], ' +
      '"refused": [..], "remarked": [..], "signer": { "subject", "issuer", "fingerprint", "pinned" } | null, "listDate", "kind", ' +
      '"documentSigners", "revocationLists", "defectLists", "masterLists", "bundle", "policies" }; several files: their sums, and each ' +
      'by itself in "files". Refused altogether: exit status 2.',
  ],
  examples: [
    'styrk trust import DE_ML.ml --signer DE_ROOT_CA_CSCA07.cer',
    "styrk trust import DE_ML.ml --signer DE_ROOT_CA_CSCA07.cer --by 'A. Berg' --by 'C. Dahl'",
    'styrk trust import csca-of-the-embassy.cer --pin',
    'styrk trust import icaopkd-001-complete-9999.ldif se.crl',
  ],
  run: async (call) => {
    const { positionals } = call.given;
    const { imports, waiting } = await withInputFiles(async (open) => {
      const inputs = positionals.map(open);
      const vouching = vouchingGiven(call);
      const files = inputs.map(trustFile);
      return withKeeping(call, async ({ imports, holdings, operators: known }, operators) => ({
        imports: await imports.take(files, answeredBy(vouching, operators), progressOf(call), () => {
          // Without operators nobody signs in, and whoever holds the folder answers.
          if (operators.length > 0) known.requireTwo(operators);
        }),
        waiting: holdings.secondReading().waiting,
      }));
    });
    const named = imports.map((imported, index) => ({ file: positionals[index] ?? '', ...imported }));
    call.answer(answerOf(named), () => `${named.map(textOf).join('\n\n')}\n`);
    if (waiting > 0)
      call.note(
        `${waiting} not yet read by the second reader: the station does it after its next update, or styrk trust reread.`,
      );
    return 0;
  },
};

type NamedImport = FileImport & { readonly file: string };

function vouchingGiven({ given }: CommandCall): Vouching {
  const signer = given.value('signer');
  const pin = given.flag('pin');
  const names = given.values('by');
  if (signer !== null && pin) throw unusable('--signer for lists or --pin for a certificate, not both');
  if (names.length > 0 && signer === null && !pin)
    throw unusable('who vouches, but for what? --signer or --pin', { option: '--by' });
  if (names.length > 2) throw unusable('two administrators', { option: '--by' });
  // Somebody answers for an anchor by name: where none is given, the account at work here.
  const answering = pin && names.length === 0 ? [operatingSystemUser()] : names;
  return { signer: signer === null ? null : signerBytes(signer), pin, names: answering };
}

// Where operators sign in it is they who vouch: one of them alone proposes a signer.
function answeredBy(vouching: Vouching, operators: readonly Operator[]): Vouching {
  const vouches = vouching.signer !== null || vouching.pin;
  return vouches && operators.length > 0 ? { ...vouching, names: operators.map(({ sign }) => sign) } : vouching;
}

// A station's key is short enough to be typed.
function signerBytes(signer: string): Uint8Array {
  return /^[0-9a-fA-F]{64}$/.test(signer)
    ? new TextEncoder().encode(signer)
    : readInputFile(signer, largestCertificate);
}

/** Progress of an import on standard error. */
export function progressOf(call: CommandCall): (done: number, total: number) => Promise<void> | void {
  const line = progressLine(call.machine);
  return async (done, total) => {
    if (done % (total === 0 ? 1000 : 25) !== 0 && done !== total) return;
    if (total === 0) line.show('Entries', done, done + 1);
    else line.show('Certificates', done, total);
    // Lets signals and the terminal have their turn.
    await turn();
  };
}

function answerOf(imports: readonly NamedImport[]) {
  const [single] = imports;
  const sum = (count: (imported: FileImport) => number): number =>
    imports.reduce((total, imported) => total + count(imported), 0);
  return {
    read: sum((imported) => imported.read),
    new: sum((imported) => imported.new),
    known: sum((imported) => imported.known),
    verified: sum((imported) => imported.verified),
    orphans: imports.flatMap(({ orphans }) => orphans),
    refused: imports.flatMap(({ refused }) => refused),
    remarked: imports.flatMap(({ remarked }) => remarked),
    signer: imports.length === 1 ? (single?.signer ?? null) : null,
    listDate: imports.length === 1 ? (single?.listDate ?? null) : null,
    kind: imports.length === 1 ? (single?.kind ?? null) : null,
    documentSigners: sum((imported) => imported.documentSigners),
    revocationLists: imports.flatMap(({ revocationLists }) => revocationLists),
    defectLists: imports.flatMap(({ defectLists }) => defectLists),
    masterLists: imports.flatMap(({ masterLists }) => masterLists),
    bundle: imports.length === 1 ? (single?.bundle ?? null) : null,
    policies: imports.flatMap(({ policies }) => policies),
    ...(imports.length === 1 ? {} : { files: imports }),
  };
}

const kinds: Readonly<Record<FileImport['kind'], string>> = {
  'master-list': 'master list',
  'certificate-bundle': 'certificates',
  certificate: 'certificate',
  'revocation-list': 'revocation list',
  ldif: 'directory export',
  'defect-list': 'defect list',
  'deviation-list': 'deviation list',
  'station-bundle': 'station bundle',
};

function textOf(imported: NamedImport): string {
  const { file, kind, read, known, verified, orphans, refused, remarked, signer, listDate, documentSigners } = imported;
  const lines = [`${printable(file)}: ${kinds[kind]}`];
  if (signer !== null) {
    lines.push(`  signed by ${printable(signer.subject)}${listDate === null ? '' : `, ${listDate}`}`);
    // In groups of four, as the desk shows it: to be compared by eye.
    lines.push(`  vouched for by the certificate with SHA-256 ${signer.pinned.replace(/(....)(?=.)/g, '$1 ')}`);
    lines.push('  compare that with what its publisher told you another way than by this file');
  }
  if (read > 0) {
    const what = kind === 'ldif' ? 'entries' : 'certificates';
    lines.push(`  ${read} ${what} read, ${imported.new} new, ${known} known, ${verified} verified`);
  }
  if (documentSigners > 0) lines.push(`  ${documentSigners} document signers, kept to be found`);
  for (const list of imported.masterLists) {
    lines.push(`  master list of ${printable(list.signer.subject)}, ${list.listDate ?? 'without a date'}`);
  }
  for (const { country, thisUpdate, nextUpdate, entries } of imported.revocationLists) {
    lines.push(
      `  revocation list of ${printable(country)}, ${thisUpdate} to ${nextUpdate ?? 'not said'}, ${entries} entries`,
    );
  }
  for (const list of imported.defectLists)
    lines.push(`  ${list.kind} of ${printable(list.signer)}, ${list.date ?? ''}`);
  for (const { id, version, isOwn } of imported.policies)
    lines.push(`  policy ${id}, version ${version}${isOwn ? ": the app's own" : ''}`);
  for (const [title, remarks] of [
    ['Orphans (taken as listed, verified by no other certificate, vouching for nothing):', orphans],
    ['Refused:', refused],
    ['Taken, with a remark:', remarked],
  ] as const) {
    if (remarks.length === 0) continue;
    const rows = remarks.map(({ country, subject, code }) => [
      `    ${country}`,
      printable(subject),
      failureWords('en', code).happened,
    ]);
    lines.push(`  ${title}`, ...columns(rows));
  }
  return lines.join('\n');
}
