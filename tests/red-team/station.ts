import { mkdtempSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AccessKey } from '../../main/chip/access-key.ts';
import { keyOfLines } from '../../main/commands/access-key-options.ts';
import { closeCase } from '../../main/commands/close-case.ts';
import { runCommandLine } from '../../main/commands/run.ts';
import type { House } from '../../main/house/house.ts';
import { openHouse } from '../../main/house/open-house.ts';
import type { Inspection } from '../../main/inspection/types.ts';
import { machineClock, type StationClock } from '../../main/machine/clock.ts';
import type { CardConnection } from '../../main/reader/port.ts';
import { Failure } from '../../main/result/failure.ts';
import type { FailureCode } from '../../main/result/failure-codes.ts';
import { passphraseOf } from '../../main/result/passphrase.ts';
import { addDays, type PlainDate } from '../../main/result/plain-date.ts';
import { createChip } from '../../main/simulator/chip/chip.ts';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';
import { issueSpecimen } from '../../main/simulator/documents/specimens.ts';
import type { IssueHooks } from '../../main/simulator/faults/fault-hooks.ts';
import type { ChipFaults } from '../../main/simulator/faults/faults.ts';
import type { Order } from '../../main/verification/order.ts';
import { type GivenOrder, givenOrder } from '../../main/verification/order-case.ts';
import type { CaseFacts, Purpose, Verdict } from '../../main/verification/types.ts';
import { ListPublisher } from '../support/list-publisher.ts';
import { MadeState } from '../support/made-state.ts';
import type { CommandEnd } from '../support/side-door.ts';
import { specimenResources } from '../support/specimen-resources.ts';
import type { AttackEnd } from './attack-end.ts';

const root = resolve(import.meta.dirname, '../..');
/** The worker as it was built: what a branch runs. */
export const builtWorker = join(root, 'out/main/inspection-worker.js');
export const today: PlainDate = machineClock.today();
export const passphrase = 'correct horse battery';
export const holderId = '4711';

/** States whose passports this station believes, and a thief's with the first one's names. */
export const sweden = new MadeState('SE', today, 7001);
export const finland = new MadeState('FI', today, 7101);
export const norway = new MadeState('NO', today, 7111);
export const america = new MadeState('US', today, 7121);
export const australia = new MadeState('AU', today, 7131);
export const germany = new MadeState('DE', today, 7141);
export const thief = new MadeState('SE', today, 7201);
export const believed = [sweden, finland, norway, america, australia, germany];

const publisher = new ListPublisher(7301, (offset) => sweden.day(offset));
export const listRoot = publisher.certificate;

/** A national master list with these certificates; by the publisher whom the station has pinned unless another key signs. */
export const masterList: ListPublisher['masterList'] = (...given) => publisher.masterList(...given);

/** The passport that the honest customer bears. */
export function passport(id = 'se-passport', ...hooks: readonly IssueHooks[]): Specimen {
  return issueSpecimen(id, today, specimenResources, hooks);
}

/** One visit as a thief or an honest customer makes it. */
export interface Visit {
  readonly specimen: Specimen;
  readonly faults?: ChipFaults;
  readonly purpose?: Purpose;
  readonly face?: 'same' | null;
  /** The page that staff typed; the document's own where it is left out. */
  readonly mrz?: readonly string[] | null;
  readonly can?: string;
  readonly clock?: StationClock;
  /** What the person is asked to confirm when the document is laid down; none where it is left out. */
  readonly order?: Order | null;
  /** What the case says at the decision that they confirm, where that is another order. */
  readonly confirms?: Order;
  /** What somebody makes of what was read, before it is judged again. */
  readonly reworked?: (read: Inspection) => Inspection;
  /** Something that happens between reading and decision. */
  readonly meanwhile?: (house: House) => Promise<void> | void;
}

/** How a visit went. */
interface Visited {
  readonly verdict: Verdict;
  readonly inspection: Inspection;
  readonly facts: CaseFacts;
  /** Why the order was not confirmed whatever the verdict; null where nothing spoke against it. */
  readonly orderHindrance: FailureCode | null;
}

/** A station outside training, set up as an administrator does: everything an attack may touch, in a folder of its own. */
export class Station {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  get data(): string {
    return join(this.folder, 'data');
  }

  get database(): string {
    return join(this.data, 'styrk.db');
  }

  file(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }

  /** A command of the side door, with --json and this station's folder and key. */
  async command(argv: readonly string[], clock: StationClock = machineClock): Promise<CommandEnd> {
    await this.leave();
    let [stdout, stderr] = ['', ''];
    const status = await runCommandLine(
      [...argv, '--data', this.data, '--passphrase-file', join(this.folder, 'passphrase'), '--json'],
      {
        out: (text) => {
          stdout += text;
        },
        error: (text) => {
          stderr += text;
        },
        isTerminal: false,
        version: '0.0.0-test',
        resourcesDirectory: join(root, 'resources'),
        workerUrl: pathToFileURL(builtWorker),
        clock,
        patienceMillis: 10,
        answerSecret: async () => null,
        answerLine: async () => 'yes',
        stopSignal: () => new AbortController().signal,
      },
    );
    return { status, stdout, stderr, json: () => JSON.parse(stdout) };
  }

  /** A command while the house of this station stays open, as another process would give it. */
  async beside(argv: readonly string[]): Promise<CommandEnd> {
    const house = this.#house;
    this.#house = null;
    try {
      return await this.command(argv);
    } finally {
      this.#house = house;
    }
  }

  /** A folder with these files, which the station may watch. */
  folderOf(files: readonly Uint8Array[]): string {
    const folder = mkdtempSync(join(this.folder, 'watched-'));
    for (const [index, bytes] of files.entries()) writeFileSync(join(folder, `file-${index}`), bytes);
    return folder;
  }

  /** Another station with the same key to its folder, which nobody has set up. */
  another(): Station {
    const folder = mkdtempSync(join(this.folder, 'other-'));
    const station = new Station(folder);
    station.file('passphrase', `${passphrase}\n`);
    return station;
  }

  /** A command that belongs to setting the ground: anything but success ends the run. */
  async must(...argv: readonly string[]): Promise<CommandEnd> {
    const end = await this.command(argv);
    if (end.status !== 0) throw new Error(`${argv.slice(0, 2).join(' ')}: ${end.stdout}`);
    return end;
  }

  async #open(clock: StationClock): Promise<House> {
    return openHouse({
      directory: this.data,
      kind: 'ordinary',
      version: '0.0.0-test',
      resourcesDirectory: join(root, 'resources'),
      workerUrl: pathToFileURL(builtWorker),
      key: { kind: 'passphrase', passphrase: passphraseOf(passphrase) },
      readers: 'pcsc-mini',
      clock,
    });
  }

  /** Works with the house by another clock, closed afterwards. */
  async at<Result>(clock: StationClock, work: (house: House) => Promise<Result>): Promise<Result> {
    await this.leave();
    const house = await this.#open(clock);
    try {
      return await work(house);
    } finally {
      await house.close();
    }
  }

  #house: House | null = null;

  /** The house of attacks that leave the station as it is, open until `leave`. */
  async #opened(): Promise<House> {
    this.#house ??= await this.#open(machineClock);
    return this.#house;
  }

  async leave(): Promise<void> {
    await this.#house?.close();
    this.#house = null;
  }

  /** A whole case by the built worker: read, judged again at the decision, and recorded. */
  async visit(visit: Visit): Promise<Visited> {
    const act = async (house: House) => {
      const begunAt = house.now();
      const purpose = visit.purpose ?? 'renew-bankid';
      const policy = house.policy(purpose);
      const read = await house.inspect({
        connection: connectionTo(visit),
        order: { accessKey: keyOf(visit), dataGroups: policy.dataGroups, ...hashOf(given(visit.order)) },
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      await visit.meanwhile?.(house);
      const order = given(visit.confirms ?? visit.order);
      const inspection = await house.judgeAgain(visit.reworked?.(read) ?? read, order?.hash);
      const holder = policy.holder === 'from-document' ? null : await house.holder(holderId);
      const face = visit.face === null ? null : ({ answer: 'same', reason: null } as const);
      const { facts, verdict, orderHindrance } = closeCase(house, {
        purpose,
        holder,
        face,
        decider: 'A. Berg',
        inspection,
        taps: 1,
        begunAt,
        readAt: house.now(),
        order,
      });
      await house.keepRecord(facts);
      return { verdict, inspection, facts, orderHindrance };
    };
    return visit.clock === undefined ? act(await this.#opened()) : this.at(visit.clock, act);
  }

  /** How a visit ended, and what decided it. */
  async attempt(visit: Visit): Promise<AttackEnd> {
    try {
      const { verdict, orderHindrance } = await this.visit(visit);
      if (verdict.verdict === 'accept' && orderHindrance !== null) return { end: 'refused', stoppedBy: orderHindrance };
      const [reason = 'nothing'] = verdict.reasons;
      return {
        end: verdict.verdict,
        stoppedBy: verdict.decidedBy === null ? reason : `${verdict.decidedBy}: ${reason}`,
      };
    } catch (thrown) {
      if (thrown instanceof Failure) return { end: 'refused', stoppedBy: thrown.code };
      throw thrown;
    }
  }
}

const given = (order: Order | null | undefined): GivenOrder | null =>
  order === undefined || order === null ? null : givenOrder(order, 'typed');

const hashOf = (order: GivenOrder | null): { readonly orderHash?: string } =>
  order === null ? {} : { orderHash: order.hash };

function keyOf({ specimen, mrz, can }: Visit): AccessKey | null {
  if (can !== undefined) return { kind: 'can', can };
  const lines = mrz ?? specimen.mrz;
  return lines.length === 0 ? null : keyOfLines(lines.join('\n'), today);
}

function connectionTo({ specimen, faults }: Visit): CardConnection {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const chip = createChip(specimen, { random, ...(faults === undefined ? {} : { faults }) });
  return {
    reader: 'a reader',
    atr: '',
    limits: { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 },
    transmit: async (command) => {
      const answer = chip.transmit(command);
      if (answer === null) throw new Failure('card.removed');
      return answer;
    },
    close: async () => undefined,
  };
}

/** A clock that shows another day than today, at noon. */
export function clockAt(offset: number): StationClock {
  const day = addDays(today, offset);
  return { today: () => day, now: () => `${day}T12:00:00.000Z` };
}
