import type { Command } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { inspectionAnswer } from './inspection-answer.ts';
import { inspectionText } from './inspection-text.ts';
import { tap, tapOptions, tapRequest } from './tap.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: tapOptions,
  description: [
    'Reads a document and judges it alone, by the policy `document`: is it genuine and in date? Whose it is, and for what, ' +
      'is for verify. Waits up to ten seconds for a card. A refused key is never tried again: the chip makes one wait.',
    'The chip is opened with the lines of the page, their three fields or the card access number. Without any of them only ' +
      'what needs no key can be told: for instance that this is no travel document.',
    'Exit status: 0 accepted; 1 not accepted, also where the reading ended early or no card came; 2 unusable arguments; ' +
      '3 no reader (reader.none), not that one (reader.not-found), or no PC/SC service (reader.service-stopped).',
    'With --json: { "verdict": "accept" | "refer" | "reject", "reasons": [code, ..], "document", "access", "checks": ' +
      '[ { "id", "result", "code", "detail" } ], "reading", "training" }; unknown parts are null.',
  ],
  examples: [
    'styrk inspect --training --specimen se-passport',
    "styrk inspect --reader 'ACS ACR1252 00 00' --mrz 'P<SWE...<<<<9107175F...'",
    'styrk inspect --can 482913 --json',
  ],
  run: async (call) => {
    const request = tapRequest(call);
    const readers = request.specimen === null ? 'machine' : 'training';
    return withHouse(call, { needsKey: false, readers }, async (house) => {
      const inspection = await tap(house, request, call);
      const { checks } = inspection;
      const verdict = house.judge(house.policy('document'), checks, inspection.specimen);
      const judged = { inspection, checks, verdict, training: call.training };
      call.answer(inspectionAnswer(judged), () => inspectionText(judged));
      return verdict.verdict === 'accept' ? 0 : 1;
    });
  },
};
