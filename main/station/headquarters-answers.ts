import type { HeadquartersMethod } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { Failure } from '../result/failure.ts';
import type { Answers } from './answers.ts';
import { headquartersView, waitingOf } from './headquarters-view.ts';
import type { HeadquartersWork } from './headquarters-work.ts';

/** The way to headquarters, as the office looks after it (docs/fleet.md). */
export function headquartersAnswers(around: {
  readonly house: Pick<House, 'fleet' | 'keyKind' | 'now' | 'today'>;
  readonly work: HeadquartersWork;
  /** Fails while somebody is served, or lists or customers are taken: nothing is taken beside that. */
  readonly refuseIfBusy: () => void;
  /** Takes a bundle beside the desk. */
  readonly takeTrust: (content: Uint8Array) => Promise<void>;
}): Pick<Answers, HeadquartersMethod> {
  const { house, work, refuseIfBusy, takeTrust } = around;
  const { fleet } = house;
  const refuseIfLocked = (): void => {
    if (house.keyKind() === 'locked') throw new Failure('storage.locked');
  };

  return {
    'headquarters.state': () => {
      refuseIfLocked();
      return headquartersView(house);
    },
    'headquarters.deliver': async () => {
      refuseIfLocked();
      const report = fleet.report();
      if (report === null) throw new Failure('fleet.not-set');
      return work.run({ kind: 'deliver', all: waitingOf(report) }, ({ signal, onProgress }) =>
        fleet.deliver({
          signal,
          arrived: ({ records, answers, erasures }) => onProgress(records + answers + erasures),
        }),
      );
    },
    'headquarters.fetch': async () => {
      refuseIfLocked();
      refuseIfBusy();
      const issues = await work.run({ kind: 'fetch', all: null }, async ({ signal }) => {
        // It may have waited for its turn.
        refuseIfBusy();
        return fleet.pull({ signal, takeTrust });
      });
      return { issues: issues.map(({ kind, number, outcome }) => ({ kind, number, outcome })) };
    },
    'headquarters.cancel': () => {
      work.cancel();
      return null;
    },
  };
}
