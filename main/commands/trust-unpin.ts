import { unusable } from './arguments.ts';
import type { Command } from './command.ts';
import { confirmed } from './confirmed.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { printable } from './layout.ts';
import { historyText } from './trust-history.ts';
import { byAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: 'FINGERPRINT',
  fewest: 1,
  most: 1,
  options: { by: byAdministrators },
  description: [
    'Takes back that a list signer or a station is vouched for (trust list shows the pins). With one --by it is asked for, and ' +
      'done when another administrator agrees. Then everything goes that rests on this signer alone: its lists, their ' +
      'certificates, links that those proved, its lists of defects. What another pinned signer stands behind stays.',
    'The act is kept, chained and signed. An ordinary data folder needs its key (--passphrase-file). You are asked to type yes.',
    'With --json: { "pin", "done": true | false, "entry": entry of trust history | null }',
  ],
  examples: ["styrk trust unpin 6bc76f --by 'A. Berg' --by 'C. Dahl'"],
  asFound: true,
  run: async (call) => {
    const [fingerprint = ''] = call.given.positionals;
    const { pin, entry } = await withUnlockedKeeping(call, async ({ acts }, operators) => {
      const names = operators.length > 0 ? operators.map(({ sign }) => sign) : call.given.values('by');
      if (names.length < 1 || names.length > 2) throw unusable('one or two administrators', { option: '--by' });
      // Looked for before anybody is asked: who is asked to agree must see whom it concerns.
      const { subject } = acts.pinBeginning(fingerprint);
      await confirmed(call, withdrawalText(subject, names));
      return acts.withdrawPin(fingerprint, names);
    });
    const { content: _, ...told } = pin;
    const done = pin.withdrawnAt !== null;
    call.answer({ pin: told, done, entry }, () =>
      entry === null
        ? `${printable(pin.subject)}: asked for by ${printable(pin.withdrawalProposedBy ?? '')}; another administrator is needed\n`
        : `${printable(pin.subject)}: taken back\n${historyText([entry])}\n`,
    );
    return 0;
  },
};

function withdrawalText(subject: string, names: readonly string[]): string {
  const told = `${printable(subject)}: what rests on this signer alone is no longer believed`;
  return names.length === 2 ? `${told}.` : `${told} once two administrators have asked for it.`;
}
