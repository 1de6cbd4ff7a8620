import type { Inspection } from '../inspection/types.ts';
import type { SavedInspections } from '../keeping/saved-inspections.ts';
import { toHex } from '../result/bytes.ts';
import type { Command, CommandCall } from './command.ts';
import { dayOption } from './day-option.ts';
import { withHouse } from './folder-of-call.ts';
import { inspectionAnswer } from './inspection-answer.ts';
import { inspectionText } from './inspection-text.ts';
import { prepareSavedFolder, writeSavedFolder } from './saved-folder.ts';
import { tap, tapOptions, tapRequest, withGroups } from './tap.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    ...tapOptions,
    ...dayOption,
    save: {
      kind: 'value',
      value: 'DIR',
      help: 'keeps the files of the chip and the evidence in a new or empty folder, for check; they hold personal data',
    },
  },
  description: [
    'Reads a document and judges it alone, by the policy `document`: is it genuine and in date? Whose it is, and for what, ' +
      'is for verify. Waits up to ten seconds for a card. A refused key is never tried again: the chip makes one wait.',
    'A document that is lifted while it is read may be laid back: reading goes on with the bytes that are missing, under a ' +
      'new session; another document is read afresh, and standard error says so.',
    'The chip is opened with the lines of the page, their three fields or the card access number. Without any of them only ' +
      'what needs no key can be told: for instance that this is no travel document.',
    'A saved inspection (--save) is for this account alone. It holds the files as read, what opened the chip, and what the ' +
      'chip did; the station seals it where the call can unlock the data folder (training, or --passphrase-file). Without ' +
      'a seal it is kept all the same, but check then never accepts it.',
    'Exit status: 0 accepted; 1 not accepted, also where the reading ended early or no card came; 2 unusable arguments; ' +
      '3 no reader (reader.none), not that one (reader.not-found), or no PC/SC service (reader.service-stopped).',
    'With --json: { "verdict": "accept" | "refer" | "reject", "reasons": [code, ..], "passedOver": [ { "check", "code" } ], "document", "access", "checks": ' +
      '[ { "id", "result", "code", "detail" } ], "reading", "training", "taps": how often it was laid down } ' +
      '(reading.bytesTakenOver: bytes of earlier taps); unknown parts are null; with --save also ' +
      '"saved": { "directory", "files", "sealedBy": public key | null } | null, null where nothing was read.',
  ],
  examples: [
    'styrk inspect --training --specimen se-passport',
    "styrk inspect --reader 'ACS ACR1252 00 00' --mrz 'P<SWE...<<<<9107175F...'",
    'styrk inspect --can 482913 --json',
    'styrk inspect --training --specimen de-passport --save kept',
  ],
  run: async (call) => {
    const request = tapRequest(call);
    const readers = request.specimen === null ? 'machine' : 'training';
    const directory = call.given.value('save');
    if (directory !== null) prepareSavedFolder(directory);
    const key = directory === null ? 'not used' : 'wanted';
    return withHouse(call, { key, readers }, async (house) => {
      const { inspection, taps } = await tap(house, withGroups(request, house.policy('document')), call);
      const { checks } = inspection;
      const verdict = house.judge(house.policy('document'), checks, inspection.specimen);
      const judged = { inspection, checks, verdict, training: call.training, taps };
      const saved = directory === null ? {} : { saved: save(directory, inspection, house.keeping.saved, call) };
      call.answer({ ...inspectionAnswer(judged), ...saved }, () => inspectionText(judged));
      return verdict.verdict === 'accept' ? 0 : 1;
    });
  },
};

function save(directory: string, { evidence }: Inspection, { seal }: SavedInspections, call: CommandCall) {
  if (evidence === undefined) {
    call.note('Nothing was read, so nothing is saved.');
    return null;
  }
  const { files, sealedBy } = seal(evidence);
  writeSavedFolder(directory, files);
  if (sealedBy === null) call.note('Saved without a seal: the data folder is locked. check will not accept it.');
  call.note(`Saved in ${directory}`);
  return { directory, files: [...files.keys()], sealedBy: sealedBy === null ? null : toHex(sealedBy) };
}
