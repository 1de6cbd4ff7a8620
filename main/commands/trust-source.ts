import { revocationStates } from '../keeping/update/revocation-places.ts';
import { updateSource } from '../keeping/update/source.ts';
import { readInputFile } from '../machine/input-file.ts';
import { unusable } from './arguments.ts';
import type { Command } from './command.ts';
import { withKeeping } from './folder-of-call.ts';
import { updateText } from './trust-update.ts';

const largestAuthority = 64 * 1024;

export const command: Command = {
  positionals: '[PLACE...]',
  fewest: 0,
  most: 16,
  options: {
    authority: {
      kind: 'value',
      value: 'FILE',
      help: "the certificate authority (PEM) of the addresses' servers, instead of those that are generally known",
    },
    revocation: {
      kind: 'value',
      value: 'STATES',
      help: "codes of states (SWE,D): fetch their revocation lists too, where their certificates say; 'none' ends it",
    },
    clear: { kind: 'flag', value: '', help: 'no place any more' },
  },
  description: [
    'Sets where trust update fetches lists: one folder (a USB stick, a share) by its whole path, or up to 16 https addresses ' +
      'that are one file each. Without PLACE it shows what is set, and how the last update ended. What lies there need not be ' +
      'trusted: every list proves itself by its pinned signer.',
    'With --revocation, trust update also asks the servers that believed country signing certificates of those states name ' +
      'for their revocation lists (off until somebody asks for it): http or https, of the open internet and at the ports of ' +
      'the web alone, 100 addresses and 64 MB at most. The lists are signed, so http loses nothing; a server learns that ' +
      'somebody fetches the list, never of a document.',
    'With --json: { "source": { "kind", "places", "authority": true | false } | null, "revocation": ["SWE"], "last": as trust update answers | null }',
  ],
  examples: [
    'styrk trust source https://lists.bank.example/de.ml --authority bank-ca.pem',
    'styrk trust source /mnt/lists',
    'styrk trust source --revocation SWE,D,NOR',
  ],
  run: async (call) => {
    const { positionals } = call.given;
    const clear = call.given.flag('clear');
    const file = call.given.value('authority');
    if (clear && positionals.length > 0) throw unusable('a place or --clear, not both', { option: '--clear' });
    if (file !== null && positionals.length === 0) throw unusable('for which place?', { option: '--authority' });
    const wanted = call.given.value('revocation');
    const states = wanted === null || wanted === 'none' ? [] : revocationStates(wanted.split(','));
    const { source, revocation, places, last } = await withKeeping(call, ({ upkeep }) => {
      if (clear) upkeep.setSource(null);
      else if (positionals.length > 0)
        upkeep.setSource(updateSource(positionals, file === null ? null : readInputFile(file, largestAuthority)));
      if (wanted !== null) upkeep.setRevocationStates(states);
      const revocation = upkeep.revocationStates();
      return { source: upkeep.source(), revocation, places: upkeep.places(), last: upkeep.last() };
    });
    const told = source === null ? null : { ...source, authority: source.authority !== null };
    call.answer({ source: told, revocation, last }, () => {
      const lines = places ?? ['No place is set.'];
      return `${lines.join('\n')}\n${last === null ? '' : updateText(last)}`;
    });
    return 0;
  },
};
