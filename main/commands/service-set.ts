import { readInputFile } from '../machine/input-file.ts';
import { type ServiceName, serviceNames } from '../services/station-services.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall, ExitStatus } from './command.ts';
import { confirmed } from './confirmed.ts';
import { withHouse } from './folder-of-call.ts';
import { printable } from './layout.ts';
import { serviceRow } from './service-show.ts';
import { byAdministrators, twoAdministrators } from './two-administrators.ts';

const largestFile = 64 * 1024;

export const command: Command = {
  positionals: 'NAME ADDRESS',
  fewest: 2,
  most: 2,
  options: {
    authority: {
      kind: 'value',
      value: 'FILE',
      help: 'the certificate authority (PEM) that the service must lead to; without it a generally known one',
    },
    certificate: { kind: 'value', value: 'FILE', help: "the station's certificate (PEM, chain behind it, or PKCS#12)" },
    key: { kind: 'value', value: 'FILE', help: 'its key (PEM); not with PKCS#12' },
    'key-passphrase-file': { kind: 'value', value: 'FILE', help: 'a file whose first line opens key or PKCS#12' },
    by: byAdministrators,
  },
  description: [
    `Names a service on the network that this station may ask: ${serviceNames.join(', ')} (docs/services.md). ADDRESS is https and ` +
      'holds no password. Certificate and key are kept sealed; each file is tried now.',
    'Whoever answers there answers for people and documents: two administrators stand for it, and you are asked to type yes. ' +
      'The act is kept, chained and signed. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "service": { "name", "address", "ownAuthority", "identified", "setAt", "setBy" } }',
  ],
  examples: ["styrk service set directory https://d.bank.example/v1/ --authority ca.pem --by 'A. Berg' --by 'C. Dahl'"],
  run: (call) => {
    const [given = '', address = ''] = call.given.positionals;
    const name = serviceNamed(given);
    const files = {
      authority: fileOf(call, 'authority'),
      certificate: fileOf(call, 'certificate'),
      key: fileOf(call, 'key'),
      passphrase: firstLine(fileOf(call, 'key-passphrase-file')),
    };
    return withHouse(
      call,
      { key: 'needed', readers: 'machine' },
      async ({ services }, operators): Promise<ExitStatus> => {
        const names = twoAdministrators(call.given, operators);
        await confirmed(call, `${printable(address)} will answer as ${name} at this station.`);
        const service = services.set(name, address, files, names);
        call.answer({ service }, () => `${serviceRow(service).join('  ')}\n`);
        return 0;
      },
    );
  },
};

/** Fails with `arguments.unusable`. */
export function serviceNamed(given: string): ServiceName {
  const name = serviceNames.find((known) => known === given);
  if (name === undefined) throw unusable(`not one of ${serviceNames.join(', ')}`, { argument: 'NAME' });
  return name;
}

function fileOf({ given }: CommandCall, option: string): Uint8Array | null {
  const path = given.value(option);
  return path === null ? null : readInputFile(path, largestFile);
}

function firstLine(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : (new TextDecoder().decode(bytes).split(/\r?\n/, 1)[0] ?? '');
}
