import { conflictsOf, serveWitness, witnessIn } from '../keeping/log/serve-witness.ts';
import { identityIn } from '../machine/https-service.ts';
import { readInputFile } from '../machine/input-file.ts';
import type { ClientIdentity } from '../machine/tls-agent.ts';
import type { WitnessConflict, WitnessStore } from '../store/witness/witness-store.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall, ExitStatus } from './command.ts';
import { fileGiven } from './headquarters-options.ts';
import { columns, counted, printable } from './layout.ts';
import { writeNewFiles } from './output-file.ts';

const largestFile = 1024 * 1024;
const usualListen = '127.0.0.1:8459';

export const command: Command = {
  positionals: 'FOLDER',
  fewest: 1,
  most: 1,
  options: {
    name: {
      kind: 'value',
      value: 'NAME',
      help: 'the name of a new witness, like an address without https: bank.example/witness',
    },
    log: {
      kind: 'values',
      value: 'KEY',
      help: 'a log that it watches from now on, by the key that station show prints there',
    },
    listen: { kind: 'value', value: 'HOST:PORT', help: `where it listens; ${usualListen} where it is not said` },
    certificate: {
      kind: 'value',
      value: 'FILE',
      help: 'listens with TLS: the certificate of its server (PEM, chain behind it, or PKCS#12), for other machines than this',
    },
    key: { kind: 'value', value: 'FILE', help: 'its key (PEM); not with PKCS#12' },
    show: { kind: 'flag', value: '', help: 'shows keys, logs and conflicts, and does not listen' },
    request: {
      kind: 'value',
      value: 'FILE',
      help: 'offline: answers the question in this file (records cosign --request)',
    },
    out: { kind: 'value', value: 'FILE', help: 'with it: the new file for the answer' },
  },
  description: [
    "A witness of other stations' logs (C2SP tlog-witness): it cosigns a checkpoint that continues what it saw, and no other, so " +
      'that a station cannot tell two histories, nor an older one. FOLDER is its own, no data folder: its key, its logs and what it ' +
      'saw last. It runs until it is ended. For others than this machine it listens with TLS (--certificate), or a server with TLS ' +
      'stands before it.',
    'With --json: { "name", "keys": [..], "logs": [..], "conflicts": n, "evidence": [ { "log", "size", "at" } ], "address" }, at once; offline { "status", "size" }. Exit ' +
      'status 1 where a question was not cosigned.',
  ],
  examples: [
    "styrk records witness /srv/witness --name bank.example/w1 --log 'styrk.invalid/station-0f..+1a2b3c4d+AX..'",
    'styrk records witness /srv/witness --listen 0.0.0.0:8459 --certificate witness.pem --key witness.key',
    'styrk records witness /srv/witness --request ask.txt --out answer.txt',
  ],
  run: async (call) => {
    const [directory = ''] = call.given.positionals;
    const identity = identityOf(call);
    const witness = witnessIn(directory, call.given.value('name'));
    try {
      for (const key of call.given.values('log')) witness.watch(key);
      if (call.given.value('request') !== null) return answerFile(call, witness);
      if (!call.given.flag('show')) return await serve(call, witness, identity);
      tell(call, witness, null);
      return 0;
    } finally {
      witness.close();
    }
  },
};

async function serve(call: CommandCall, witness: WitnessStore, identity: ClientIdentity | null): Promise<ExitStatus> {
  const signal = call.machine.stopSignal();
  const served = await serveWitness(witness, placeOf(call), call.machine.clock.now, identity, (conflict) =>
    call.note(conflictText(call, conflict)),
  );
  tell(call, witness, served.address);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await served.close();
  return 0;
}

function tell(call: CommandCall, witness: WitnessStore, address: string | null): void {
  const { name, keys } = witness;
  const logs = witness.logs();
  const evidence = conflictsOf(witness);
  call.answer({ name, keys, logs, conflicts: evidence.length, evidence, address }, () => {
    const rows = [
      ['Witness:', printable(name)],
      ...keys.map((key) => ['Key:', key]),
      ...logs.map((key) => ['Watches:', printable(key)]),
      ...evidence.map(({ log, size, at }) => [
        'Conflict:',
        `${printable(log)}, ${counted(size, 'record')}, ${at}: it signed what does not continue its own history`,
      ]),
      ...(address === null ? [] : [['Listens:', address]]),
    ];
    return `${columns(rows).join('\n')}\n`;
  });
}

function conflictText({ machine }: CommandCall, { origin, size, seen }: WitnessConflict): string {
  return `${machine.clock.now()} ${origin}: it signed ${counted(size, 'record')} that do not continue the ${seen} seen here. Not cosigned, and kept as evidence.`;
}

function identityOf(call: CommandCall): ClientIdentity | null {
  const [certificate, key] = [fileGiven(call, 'certificate'), fileGiven(call, 'key')];
  if (certificate !== null) return identityIn(certificate, { key, passphrase: null });
  if (key !== null) throw unusable('a key needs its certificate', { option: '--key' });
  return null;
}

function placeOf({ given }: CommandCall): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, port = ''] =
    /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+)):([0-9]{1,5})$/.exec(given.value('listen') ?? usualListen) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535) throw unusable('not HOST:PORT', { option: '--listen' });
  return { host, port: Number(port) };
}

function answerFile(call: CommandCall, witness: WitnessStore): ExitStatus {
  const out = call.given.value('out');
  if (out === null) throw unusable('an answer needs its file', { option: '--out' });
  const body = new TextDecoder().decode(readInputFile(call.given.value('request') ?? '', largestFile));
  const answer = witness.answer(body, Math.floor(Date.parse(call.machine.clock.now()) / 1000));
  const { status, conflict } = answer;
  if (conflict !== undefined) call.note(conflictText(call, conflict));
  const seen = answer.type === 'text/x.tlog.size' ? Number(answer.body) : null;
  if (status === 200) writeNewFiles([[out, new TextEncoder().encode(answer.body)]]);
  call.answer({ status, size: seen }, () => {
    if (status === 200) return 'Cosigned.\n';
    if (seen !== null) return `Not cosigned: this witness saw ${seen} records last; ask again with --old ${seen}.\n`;
    return `Not cosigned (${status}).\n`;
  });
  return status === 200 ? 0 : 1;
}
