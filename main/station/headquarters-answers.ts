import type { HeadquartersMethod } from '../../preload/contract.ts';
import { largestSignedFile } from '../fleet/signed-file.ts';
import type { House } from '../house/house.ts';
import { readInputFile } from '../machine/input-file.ts';
import { writeNewFiles } from '../machine/output-file.ts';
import { Failure } from '../result/failure.ts';
import type { Answers } from './answers.ts';
import type { AskedAct, Confirmed } from './confirmation.ts';
import { actAsked, type HeadquartersAct, type ProposedHeadquarters } from './headquarters-act.ts';
import type { HeadquartersDraft } from './headquarters-draft.ts';
import { headquartersView, waitingOf } from './headquarters-view.ts';
import type { HeadquartersWork } from './headquarters-work.ts';
import { namedFile } from './named-file.ts';

type Delivered = Awaited<ReturnType<House['fleet']['deliver']>>;
type HeadquartersGiven = Parameters<House['fleet']['set']>[0];

/** The way to headquarters, as the office looks after it (docs/fleet.md). */
export function headquartersAnswers(around: {
  readonly house: Pick<House, 'fleet' | 'keeping' | 'keyKind' | 'now' | 'today'>;
  readonly work: HeadquartersWork;
  readonly draft: HeadquartersDraft;
  readonly chooseFiles: () => Promise<readonly string[]>;
  /** Lets a person name a file that is not there yet; null where they named none. */
  readonly chooseNewFile: (name: string) => Promise<string | null>;
  /** Has people confirm an act where no page can answer. */
  readonly confirm: (asked: AskedAct) => Promise<Confirmed>;
  /** Headquarters was set, or taken back. */
  readonly begin: () => void;
  /** Fails while somebody is served, or lists or customers are taken: nothing is taken beside that. */
  readonly refuseIfBusy: () => void;
  /** Takes a bundle beside the desk. */
  readonly takeTrust: (content: Uint8Array) => Promise<void>;
}): Pick<Answers, HeadquartersMethod> {
  const { house, work, draft, chooseFiles, chooseNewFile, confirm, begin, refuseIfBusy, takeTrust } = around;
  const { fleet } = house;
  const refuseIfLocked = (): void => {
    if (house.keyKind() === 'locked') throw new Failure('storage.locked');
  };
  const confirmed = async (
    act: HeadquartersAct,
    told: ProposedHeadquarters,
    do_: (by: readonly string[]) => unknown,
  ): Promise<null> => {
    const before = JSON.stringify(fleet.show());
    const { chosen } = draft;
    const { by } = await confirm(actAsked(house, act, told));
    const signs = 'names' in by ? by.names : by.operators.map(({ sign }) => sign);
    // No delivery to the one before notes what has arrived there as if it were here.
    await work.run(null, async () => {
      // The side door may have been quicker, or somebody chose other files while people read.
      if (JSON.stringify(fleet.show()) !== before || draft.chosen !== chosen) throw new Failure('confirm.changed');
      do_(signs);
    });
    begin();
    return null;
  };

  return {
    'headquarters.state': () => {
      refuseIfLocked();
      return headquartersView(house, draft.view(house.today()));
    },
    'headquarters.deliver': async () => {
      refuseIfLocked();
      const report = fleet.report();
      if (report === null) throw new Failure('fleet.not-set');
      return work.run({ kind: 'deliver', all: waitingOf(report) }, ({ signal, onProgress }) =>
        fleet.deliver({
          signal,
          arrived: (delivered) => onProgress(countedOf(delivered)),
        }),
      );
    },
    'headquarters.fetch': async () => {
      refuseIfLocked();
      refuseIfBusy();
      const { taken, refused } = await work.run({ kind: 'fetch', all: null }, async ({ signal }) => {
        // It may have waited for its turn.
        refuseIfBusy();
        return fleet.pull({ signal, takeTrust });
      });
      return {
        issues: taken.map(({ kind, number, outcome }) => ({ kind, number, outcome })),
        refused: refused.map(({ kind, number, failure: { code } }) => ({ kind, number, code })),
      };
    },
    'headquarters.choose': async (what) => {
      refuseIfLocked();
      const paths = await chooseFiles();
      if (paths.length === 0) return null;
      draft.take(paths, what === 'files' ? null : what);
      return draft.view(house.today());
    },
    'headquarters.leave': () => {
      draft.leave();
      return null;
    },
    'headquarters.set': async (address) => {
      refuseIfLocked();
      const given = givenBy(draft, address);
      const told = fleet.proposed(given);
      // A socket of this machine is a path, and no path comes from a page.
      if (told.host.startsWith('/')) throw new Failure('service.unusable', { reason: 'a socket' });
      await confirmed('headquarters.set', told, (by) => fleet.set(given, by));
      draft.leave();
      return null;
    },
    'headquarters.unset': async () => {
      refuseIfLocked();
      const told = fleet.show();
      if (told === null) throw new Failure('fleet.not-set');
      return confirmed('headquarters.unset', told, (by) => fleet.unset(by));
    },
    'headquarters.writeFile': async () => {
      refuseIfLocked();
      const report = fleet.report();
      if (report === null) throw new Failure('fleet.not-set');
      const path = await chooseNewFile(`${fleet.station().id}.delivery`);
      if (path === null) return null;
      return work.run({ kind: 'write', all: waitingOf(report) }, async ({ signal, onProgress }) => {
        const { bytes, rows, more } = await fleet.exportDelivery({
          signal,
          arrived: (so) => onProgress(countedOf(so)),
        });
        return namedFile(path, (file) => {
          writeNewFiles([[path, bytes, 0o600]]);
          return { file, rows: { ...rows }, more };
        });
      });
    },
    'headquarters.takeFile': async () => {
      refuseIfLocked();
      refuseIfBusy();
      const [path, ...others] = await chooseFiles();
      if (path === undefined) return null;
      if (others.length > 0) throw new Failure('fleet.malformed', { reason: 'several files' });
      return work.run({ kind: 'take', all: null }, ({ signal }) =>
        namedFile(path, async () => {
          refuseIfBusy();
          const taken = await fleet.importFile(readInputFile(path, largestSignedFile), { signal, takeTrust });
          return 'issue' in taken ? { issue: { ...taken.issue } } : { arrived: { ...taken.arrived } };
        }),
      );
    },
    'headquarters.cancel': () => {
      work.cancel();
      return null;
    },
  };
}

// A checkpoint goes with its record, and nobody counts it.
function countedOf({ records, answers, erasures }: Delivered): number {
  return records + answers + erasures;
}

function givenBy(draft: HeadquartersDraft, address: string): HeadquartersGiven {
  const { files, sealingKey, issuingKey, receivingKey } = draft.offered();
  if (sealingKey === null) throw new Failure('fleet.not-set', { part: 'sealing key' });
  return { address: address.trim(), files, sealingKey, issuingKey, receivingKey };
}
