import type { StationClock } from '../../machine/clock.ts';
import type { HttpsAround } from '../../machine/https-call.ts';
import { type Checkpoint, parseCheckpoint } from '../../records/log/checkpoint.ts';
import { speaksAgainst } from '../../records/log/log-report.ts';
import { parseNote } from '../../records/log/note.ts';
import { noteIn } from '../../records/log/tlog-proof.ts';
import { parseAddCheckpoint } from '../../records/log/witness.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { LogSigning, RecordsLog } from '../../store/log/records-log.ts';
import type { Store, UnlockedStore } from '../../store/types.ts';
import { refuseNames } from '../answering.ts';
import { type Anchors, ownForm, readAnchors, witnessKeys, writeAnchors } from './anchors.ts';
import { askWitness, requestTo, takeCosignatures } from './ask-witness.ts';
import { readCheckpointAt, writeCheckpointTo } from './written-checkpoint.ts';

/** How one place or witness stands to the newest checkpoint; `code` is null where it has it. */
export interface AnchorState {
  readonly kind: 'file' | 'witness';
  /** The path, or the witness's address. */
  readonly place: string;
  /** How many records the checkpoint there covers; null where there is none. */
  readonly size: number | null;
  readonly code: FailureCode | null;
  /** ISO 8601: when a witness found what `code` says, where that is kept. */
  readonly foundAt?: string;
}

/** The log over the records as the station keeps it with others. */
export interface LogKeeping {
  /** The log itself; null until the first unlock of the folder. */
  readonly log: () => RecordsLog | null;
  readonly anchors: () => Anchors;
  /** Says where checkpoints go: a recorded act of two people. Fails with `storage.locked`, `log.malformed`, `service.unusable` and as `refuseNames` does. */
  readonly setAnchors: (anchors: Anchors, names: readonly string[]) => void;
  /** Says how the log signs from now on, and by ML-DSA-44 by a new key: a recorded act of two people. Fails with `storage.locked`, as `refuseNames` and as the log does. */
  readonly signBy: (signing: LogSigning, names: readonly string[]) => void;
  /**
   * Writes the newest checkpoint to every file and asks every witness; each for itself, none hinders another. What a witness finds
   * against this log is kept until it cosigns again. Never fails. What lies
   * in a file and is not continued by this log stays there (`log.older`, `log.forked`, `log.foreign`).
   */
  readonly publish: (around: HttpsAround) => Promise<readonly AnchorState[]>;
  /** What each witness that is set cosigned last, by its name; 0 where nothing is on file. */
  readonly cosigned: () => readonly { readonly witness: string; readonly size: number }[];
  /** Offline: what a witness is asked that saw `old` records last. Fails with `log.older` where the log has fewer, and as the log does. */
  readonly request: (old: number) => { readonly body: string; readonly size: number };
  /**
   * Offline: keeps what a witness that is set answered to such a question. Fails with `log.malformed`, `log.foreign`,
   * `log.older`, `log.forked`, `witness.answer-wrong`.
   */
  readonly takeAnswer: (asked: string, answer: string) => { readonly witness: string; readonly size: number };
  /** What lies in the files, and what witnesses cosigned or found, beside the newest checkpoint. Asks nobody. */
  readonly state: () => Promise<readonly AnchorState[]>;
}

/** `open` fails with `storage.locked` while the folder is locked. */
export function logKeeping(store: Store, open: () => UnlockedStore, clock: StationClock): LogKeeping {
  const anchors = (): Anchors => readAnchors(store.settings);
  return {
    log: () => store.log(),
    anchors,
    setAnchors: (given, names) => {
      refuseNames(names);
      const { acts } = open();
      const kept: Anchors = {
        files: given.files,
        witnesses: given.witnesses.map((witness) => ({ ...witness, keys: witness.keys.map(ownForm) })),
      };
      const detail = { files: kept.files.join(' '), witnesses: kept.witnesses.map(({ address }) => address).join(' ') };
      acts.record({ kind: 'log.anchor', at: clock.now(), signs: names, reason: '', detail }, () =>
        writeAnchors(store.settings, kept),
      );
    },
    signBy: (signing, names) => {
      refuseNames(names);
      const { acts, log } = open();
      const detail = { signing, size: log.newest().size };
      acts.record({ kind: 'log.sign', at: clock.now(), signs: names, reason: '', detail }, () => log.signBy(signing));
    },
    publish: async (around) => {
      const { files, witnesses } = anchors();
      if (files.length + witnesses.length === 0) return [];
      const log = store.log();
      if (log === null) return [];
      return Promise.all([
        ...files.map((place) =>
          stateOf('file', place, async () => {
            const { note, size } = log.newest();
            await writeCheckpointTo(place, log.origin, note, (there) => refuseToReplace(there, log));
            return size;
          }),
        ),
        ...witnesses.map((witness) =>
          stateOf('witness', witness.address, async () => {
            try {
              await askWitness(log, witness, around);
            } catch (thrown) {
              keepFinding(log, thrown, clock.now());
              throw thrown;
            }
            return log.cosignedBy(witnessKeys(witness).name)?.size ?? null;
          }),
        ),
      ]);
    },
    cosigned: () =>
      anchors().witnesses.map((each) => {
        const { name } = witnessKeys(each);
        return { witness: name, size: store.log()?.cosignedBy(name)?.size ?? 0 };
      }),
    request: (old) => {
      const log = begun(store);
      if (old > log.newest().size) throw new Failure('log.older', { size: old });
      return requestTo(log, old);
    },
    takeAnswer: (asked, answer) => {
      const log = begun(store);
      const { note } = parseAddCheckpoint(asked);
      const { size, code } = log.against(note);
      if (code !== null) throw new Failure(code, { size });
      const fitting = anchors()
        .witnesses.map(witnessKeys)
        .find(({ name }) => answer.includes(`— ${name} `));
      if (fitting === undefined) throw new Failure('witness.answer-wrong');
      takeCosignatures(log, { size, note }, answer, fitting);
      return { witness: fitting.name, size };
    },
    state: async () => {
      const { files, witnesses } = anchors();
      const log = store.log();
      if (log === null) return [];
      return Promise.all([
        ...files.map((place) =>
          stateOf('file', place, async () => {
            const { size, code } = log.against(await readCheckpointAt(place, log.origin));
            if (code !== null) throw new Failure(code, { size });
            return refuseOlder(size, log, 'log.not-written');
          }),
        ),
        ...witnesses.map((witness) =>
          stateOf('witness', witness.address, async () => {
            const { name } = witnessKeys(witness);
            const finding = log.findings().find((each) => each.witness === name);
            if (finding !== undefined)
              throw new Failure(finding.code, { size: finding.seen, foundAt: finding.foundAt });
            const size = log.cosignedBy(name)?.size ?? 0;
            return refuseOlder(size, log, 'log.not-cosigned');
          }),
        ),
      ]);
    },
  };
}

function begun(store: Store): RecordsLog {
  const log = store.log();
  if (log === null) throw new Failure('log.missing');
  return log;
}

// Evidence that this folder is older than what was given out, or tells another history, is not replaced by what it is evidence
// against, nor is the checkpoint of another log. What is no checkpoint (a write that broke off), or bears this log's name and not its
// signature, shows nothing.
function refuseToReplace(there: string, log: RecordsLog): void {
  const found = checkpointIn(there);
  if (found === null) return;
  const { size, code } = log.against(there);
  const isOthers = code === 'log.foreign' && found.origin !== log.origin;
  if (speaksAgainst({ code }) || isOthers) throw new Failure(code ?? 'log.foreign', { size });
}

function checkpointIn(text: string): Checkpoint | null {
  try {
    return parseCheckpoint(parseNote(noteIn(text)).text);
  } catch (thrown) {
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
}

// A folder that is busy or full now is told the next time: the witness finds it again.
function keepFinding(log: RecordsLog, thrown: unknown, foundAt: string): void {
  const { code, fields } = asFailure(thrown);
  if (code !== 'witness.ahead' && code !== 'witness.disagrees') return;
  const seen = typeof fields.size === 'number' ? fields.size : null;
  try {
    log.noteFinding({ witness: String(fields.witness), code, size: log.newest().size, seen, foundAt });
  } catch (again) {
    if (!asFailure(again).code.startsWith('storage.')) throw again;
  }
}

// What lies there is of this log, and of an earlier day of it.
function refuseOlder(size: number, log: RecordsLog, code: FailureCode): number {
  if (size < log.newest().size) throw new Failure(code, { size });
  return size;
}

async function stateOf(
  kind: AnchorState['kind'],
  place: string,
  act: () => Promise<number | null>,
): Promise<AnchorState> {
  try {
    return { kind, place, size: await act(), code: null };
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    const size = typeof fields.size === 'number' ? fields.size : null;
    return { kind, place, size, code, ...(typeof fields.foundAt === 'string' ? { foundAt: fields.foundAt } : {}) };
  }
}
