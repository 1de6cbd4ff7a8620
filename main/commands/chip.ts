import { setTimeout as pause } from 'node:timers/promises';
import { machineRandom } from '../machine/random.ts';
import { resourcesIn } from '../machine/resources.ts';
import { createChip } from '../simulator/chip/chip.ts';
import { specimenResources } from '../simulator/documents/specimen.ts';
import { faultCatalogue } from '../simulator/faults/fault-catalogue.ts';
import { parseChipFaults } from '../simulator/faults/faults.ts';
import { playIntoVpcd } from '../simulator/vpcd-client.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall } from './command.ts';
import { columns } from './layout.ts';

const usualPlace = '127.0.0.1:35963';
// The reader asks for its card every 400 ms; before it has missed it, a card laid back would be the same presentation.
const layBackMillis = 1500;

const faultsHelp =
  'what the chip does wrong: leave-at-command=N, mute-at-command=N, plain-answer-at-command=N, corrupt-answer-at-command=N, ' +
  'longest-read=BYTES, short-length-only, or a name of docs/faults.md';

export const command: Command = {
  positionals: '[SPECIMEN]',
  fewest: 0,
  most: 1,
  options: {
    vpcd: { kind: 'value', value: 'HOST:PORT', help: `where the virtual reader listens (default: ${usualPlace})` },
    fault: { kind: 'values', value: 'NAME[=VALUE]', help: faultsHelp },
    faults: { kind: 'flag', value: '', help: 'lists the faults by name, and plays nothing' },
    'lay-back': {
      kind: 'flag',
      value: '',
      help: 'a chip that left the field is laid back once the reader has noticed, as a new presentation',
    },
  },
  description: [
    "Plays a specimen's chip into the virtual PC/SC reader of a running pcscd (package vsmartcard-vpcd, two slots at ports " +
      '35963 and 35964), so that any program that reads cards can read it. Tells the MRZ and CAN that open it once the ' +
      'reader took the card, then plays until SIGTERM, or until the reader closes; exit status 0. A chip that left the ' +
      'field, by itself or by a fault, stays away until SIGTERM, or with --lay-back comes back.',
    'Commands of a presentation are counted from 1. Exit status 3 (connection.refused) where no virtual reader listens.',
    'With --json: { "specimen", "mrz": ["line", ..], "can", "connected": true }, as soon as the reader took the card; with ' +
      '--faults: { "faults": [ { "name", "layer", "specimen", "description", "expected" } ] }',
  ],
  examples: [
    'styrk chip --faults',
    'styrk chip se-passport',
    'styrk chip se-passport --fault leave-at-command=12 --lay-back',
  ],
  run: async (call) => {
    const [id] = call.given.positionals;
    if (call.given.flag('faults')) return listFaults(call);
    if (id === undefined) throw unusable('an argument is missing', { argument: 'SPECIMEN' });
    const { host, port } = placeOf(call.given.value('vpcd') ?? usualPlace);
    const faults = parseChipFaults(call.given.values('fault'));
    const { machine } = call;
    const { issueSpecimen } = await import('../simulator/documents/specimens.ts');
    const specimen = issueSpecimen(
      id,
      machine.clock.today(),
      specimenResources(resourcesIn(machine.resourcesDirectory)),
      faults.issue,
    );
    const chip = createChip(specimen, { random: machineRandom, faults });
    const signal = machine.stopSignal();
    let told = false;
    const onConnected = (): void => {
      if (told) {
        call.note('The chip lies on the reader again.');
        return;
      }
      told = true;
      const { mrz, can } = specimen;
      call.answer({ specimen: id, mrz, can, connected: true }, () =>
        [`${specimen.title}: the chip lies on the reader.`, ...mrz, ...(can === null ? [] : [`CAN ${can}`]), ''].join(
          '\n',
        ),
      );
    };
    for (;;) {
      const end = await playIntoVpcd(chip, { host, port, signal, pause: (millis) => pause(millis), onConnected });
      if (end === 'torn') call.note('The chip left the field.');
      if (end !== 'torn') {
        if (!told) call.answer({ specimen: id, mrz: specimen.mrz, can: specimen.can, connected: false }, () => '');
        return 0;
      }
      if (!call.given.flag('lay-back')) await stopped(signal);
      else await pause(layBackMillis, undefined, { signal }).catch(() => undefined);
    }
  },
};

function listFaults(call: CommandCall): 0 {
  const faults = faultCatalogue.map(({ name, layer, specimen, description, expected }) => ({
    name,
    layer,
    specimen,
    description,
    expected,
  }));
  call.answer({ faults }, () => {
    const rows = faults.map(({ name, layer, specimen, expected, description }) => [
      name,
      layer,
      specimen,
      expected,
      description,
    ]);
    return `${[...columns(rows), `${faults.length} faults`].join('\n')}\n`;
  });
  return 0;
}

function placeOf(text: string): { readonly host: string; readonly port: number } {
  const [, host = '', digits = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (host === '' || port < 1 || port > 65_535) throw unusable('HOST:PORT', { option: '--vpcd' });
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port };
}

// A listener for signals alone does not hold a process; a timer does.
async function stopped(signal: AbortSignal): Promise<void> {
  await pause(2 ** 31 - 1, undefined, { signal }).catch(() => undefined);
}
