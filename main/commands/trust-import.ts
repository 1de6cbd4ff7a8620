import { setImmediate as turn } from 'node:timers/promises';
import { failureWords } from '../../resources/failures/failures.ts';
import { type FileImport, importTrust, type Voucher } from '../house/trust-import.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall } from './command.ts';
import { withFolder } from './folder-of-call.ts';
import { readInputFile } from './input-file.ts';
import { columns, printable } from './layout.ts';
import { progressLine } from './progress-line.ts';

const largestList = 16 * 1024 * 1024;
const largestCertificate = 64 * 1024;

export const command: Command = {
  positionals: 'FILE...',
  fewest: 1,
  most: 64,
  options: {
    signer: {
      kind: 'value',
      value: 'CERT',
      help: "the certificate that vouches for the list: its signer's own, or its signer's issuer's (DER or PEM)",
    },
    pin: { kind: 'flag', value: '', help: 'FILE is one self-signed CSCA certificate, and you vouch for it yourself' },
  },
  description: [
    'Takes country signing certificates into the trust store. A master list (9303-12) is taken only with a signature that ' +
      'the certificate of --signer vouches for: get that certificate from a source that you trust, not from where the list ' +
      'lies. All files are taken or none. Certificates of a list that no other certificate verifies are taken and named as ' +
      'orphans; broken ones, and the issuers of our own specimens, are refused and named.',
    'With --json: { "read", "new", "known", "verified", "orphans": [ { "country", "subject", "fingerprint", "code" } ], ' +
      '"refused": [..], "signer": { "subject", "issuer", "fingerprint", "pinned" } | null, "listDate" }; several files: ' +
      'their sums, and each by itself in "files". Refused altogether: exit status 2.',
  ],
  examples: [
    'styrk trust import DE_ML.ml --signer DE_ROOT_CA_CSCA07.cer',
    'styrk trust import csca-of-the-embassy.cer --pin',
  ],
  run: async (call) => {
    const files = call.given.positionals.map((path) => ({ path, bytes: readInputFile(path, largestList) }));
    const voucher = voucherOf(call);
    const imports = await withFolder(call, (store) =>
      importTrust(
        files.map(({ bytes }) => bytes),
        voucher,
        { store, clock: call.machine.clock, onProgress: progressOf(call) },
      ),
    );
    const named = imports.map((imported, index) => ({ file: files[index]?.path ?? '', ...imported }));
    call.answer(answerOf(named), () => `${named.map(textOf).join('\n\n')}\n`);
    return 0;
  },
};

type NamedImport = FileImport & { readonly file: string };

function voucherOf({ given }: CommandCall): Voucher {
  const signer = given.value('signer');
  if (signer !== null && given.flag('pin')) throw unusable('--signer for lists or --pin for a certificate, not both');
  if (given.flag('pin')) return { kind: 'pin' };
  return signer === null ? null : { kind: 'signer', certificate: readInputFile(signer, largestCertificate) };
}

function progressOf(call: CommandCall): (file: number, done: number, total: number) => Promise<void> | void {
  const line = progressLine(call.machine);
  return async (_file, done, total) => {
    if (done % 25 !== 0 && done !== total) return;
    line.show('Certificates', done, total);
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
    signer: imports.length === 1 ? (single?.signer ?? null) : null,
    listDate: imports.length === 1 ? (single?.listDate ?? null) : null,
    ...(imports.length === 1 ? {} : { files: imports }),
  };
}

function textOf(imported: NamedImport): string {
  const { file, read, verified, orphans, refused, signer, listDate } = imported;
  const lines = [
    `${file}: ${read} certificates read, ${imported.new} new, ${imported.known} known, ${verified} verified.`,
  ];
  if (signer !== null) {
    lines.push(`  signed by ${printable(signer.subject)}${listDate === null ? '' : `, ${listDate}`}`);
  }
  for (const [title, remarks] of [
    ['Orphans (taken as listed, verified by no other certificate):', orphans],
    ['Refused:', refused],
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
