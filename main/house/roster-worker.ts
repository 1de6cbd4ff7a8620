import { parentPort, workerData } from 'node:worker_threads';
import { readRows } from '../holders/import/read-rows.ts';
import { machineRandom } from '../machine/random.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { openRoster } from '../store/open-roster.ts';
import { holderOfCompact } from '../store/roster/compact-holder.ts';
import { HolderTokenizer } from '../store/roster/holder-tokens.ts';
import { openBlock } from '../store/roster/layer-seals.ts';
import { sealPiece } from '../store/roster/seal-piece.ts';
import { importRoster } from './import-roster.ts';
import type { PieceDone, PieceFailed, RosterMessage, RosterWork, SealingJob, SealingWork } from './roster-messages.ts';
import { jobTold } from './roster-piece-schema.ts';

/*
 * The threads of an import of the register: one reads the file and writes the layer, others read and seal pieces for it. Any of them
 * may be ended at any moment: nobody sees what is not whole.
 */

const owner = parentPort;
if (owner === null) throw new Error('the roster worker runs as a worker thread only');
const port = owner;

async function importing({ directory, kind, keys, order }: RosterWork): Promise<void> {
  const tell = (message: RosterMessage): void => port.postMessage(message);
  const cancelled = new AbortController();
  port.on('message', (told: unknown) => {
    if (told === 'cancel') cancelled.abort();
  });
  port.unref();
  try {
    using roster = openRoster({ directory, kind, random: machineRandom, keys });
    const report = await importRoster(roster, order, {
      workerUrl: new URL(import.meta.url),
      signal: cancelled.signal,
      onProgress: (progress) => tell({ type: 'progress', progress }),
    });
    tell({ type: 'ended', report });
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    tell({ type: 'failure', code, fields });
  }
}

function sealing({ layer, token, reading, file }: SealingWork): void {
  const layerKey = new SecretBytes(layer);
  const tokenKey = new SecretBytes(token);
  const tokenizer = new HolderTokenizer(() => tokenKey.reveal());
  const around = () => ({ layerKey: layerKey.reveal(), tokenizer, random: machineRandom });

  const done = (job: SealingJob): PieceDone => {
    const place = { file, first: job.first };
    if (job.type === 'rows') {
      const { holders, lines, faults, remarks } = readRows(job.bytes, job.line, reading);
      return { piece: sealPiece(holders, lines, place, around()), faults, remarks };
    }
    const holders = job.blocks.flatMap(({ block, sealed, gone }) => {
      const people = openBlock(layerKey.reveal(), sealed, { file: job.from, block });
      if (people === null) throw new Failure('storage.corrupt', { path: job.from, part: 'holders' });
      return people.filter((_, slot) => (gone & (1 << slot)) === 0).map(holderOfCompact);
    });
    return { piece: sealPiece(holders, [], place, around()), faults: [], remarks: [] };
  };

  // What it knows a name for it tells, and is there for the next piece; with anything else it ends.
  const doneOrFailed = (job: SealingJob): PieceDone | PieceFailed => {
    try {
      return done(job);
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      const { code, fields } = thrown;
      return { failure: { code, fields } };
    }
  };

  port.on('message', (told: unknown) => {
    if (told === 'end') {
      layerKey.purge();
      tokenKey.purge();
      port.close();
      return;
    }
    const job = jobTold(told);
    // The thread ends with it, and its owner is told that it is lost.
    if (job === null) throw new Failure('call.malformed');
    const answer = doneOrFailed(job);
    if ('failure' in answer) {
      port.postMessage(answer);
      return;
    }
    const blocks = answer.piece.blocks.slice(0, 1).map(({ buffer }) => buffer as ArrayBuffer);
    port.postMessage(answer, [answer.piece.postings.buffer, ...blocks]);
  });
}

const work = workerData as RosterWork | SealingWork;
if (work.role === 'seal') sealing(work);
else await importing(work);
