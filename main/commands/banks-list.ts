import type { BankAnswers } from '../answer/bank-answers.ts';
import type { Operator } from '../store/operators/operator.ts';
import { serverText } from './bank-server-text.ts';
import type { Command, CommandCall, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { columns } from './layout.ts';

/** Works with the bank's systems of the unlocked data folder of the call. Fails with `storage.locked` where no key was given. */
export function withAnswers(
  call: CommandCall,
  work: (answers: BankAnswers, operators: readonly Operator[]) => Promise<ExitStatus> | ExitStatus,
): Promise<ExitStatus> {
  return withHouse(call, { key: 'needed', readers: 'machine' }, async ({ answers }, operators) =>
    work(answers, operators),
  );
}

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'The systems of the bank that may send orders, who answers for them, and the keys that answers are verified by: what the ' +
      "bank's developer needs of this station. An ordinary data folder needs its key (--passphrase-file).",
    'With --json: { "station": iss of its answers, "keys": [JWK, ..], "banks": [{ "system": { .. }, "addedAt", "addedBy" }, ..], "servers": [{ "system", "code" (null: reached), "call", "detail", "since" }, ..] }: how the connected servers answered last, where the desk or order serve has asked them',
  ],
  examples: ['styrk banks list --json'],
  asFound: true,
  run: (call) =>
    withAnswers(call, (answers) => {
      const banks = answers.banks();
      const station = answers.stationId();
      const keys = answers.publicKeys();
      const servers = answers.servers();
      call.answer({ station, keys, banks, servers }, () => {
        const rows = banks.map(({ system, addedAt, addedBy }) => [
          system.id,
          system.name,
          system.ways.join(' '),
          system.algorithm,
          addedAt.slice(0, 10),
          addedBy.join(', '),
        ]);
        const known = rows.length === 0 ? ['No system of the bank is known: styrk banks add.'] : columns(rows);
        const signed = keys.map((key) => `  ${JSON.stringify(key)}`);
        const asked = servers.map(({ system, ...state }) => serverText(system, state));
        return `${[...known, ...asked, '', `This station: ${station}. Its answers are verified by`, ...signed].join('\n')}\n`;
      });
      return 0;
    }),
};
