import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { writeNewFiles } from './output-file.ts';

export const command: Command = {
  positionals: 'ID',
  fewest: 1,
  most: 1,
  options: {
    out: {
      kind: 'value',
      value: 'FILE',
      help: 'writes the receipt into this new file (NAME.tlog-proof) and not to standard output',
    },
  },
  description: [
    'The receipt of a record, by its id or number: proof that its hash stands in the log of this station, with the newest ' +
      'checkpoint (C2SP tlog-proof). It holds nothing of the content. Anyone checks it offline (records prove) with the ' +
      "station's key (station show). An ordinary data folder needs its key (--passphrase-file).",
    'With --json: { "number", "hash", "size", "receipt" }',
  ],
  examples: ['styrk records receipt 7 --training --out 7.tlog-proof'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house) => {
      const [wanted = ''] = call.given.positionals;
      const { text, number, hash, size } = house.log().receipt(/^[0-9]{1,15}$/.test(wanted) ? Number(wanted) : wanted);
      const out = call.given.value('out');
      if (out !== null) writeNewFiles([[out, new TextEncoder().encode(text)]]);
      call.answer({ number, hash, size, receipt: text }, () =>
        out === null ? text : `Receipt of record ${number} of ${size}, hash ${hash}\n`,
      );
      return 0;
    }),
};
