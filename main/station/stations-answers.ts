import type { StationsMethod } from '../../preload/contract.ts';
import { largestSignedFile } from '../fleet/signed-file.ts';
import type { House } from '../house/house.ts';
import { readInputFile } from '../machine/input-file.ts';
import { writeNewFiles } from '../machine/output-file.ts';
import { Failure } from '../result/failure.ts';
import type { Answers } from './answers.ts';
import type { CardLook } from './card-look.ts';
import type { AskedAct, Confirmed } from './confirmation.ts';
import { namedFile } from './named-file.ts';
import { stationActAsked } from './stations-act.ts';
import { stationsView, takenView } from './stations-view.ts';

/** A card has some hundred bytes. */
const largestCard = 64 * 1024;

/** Other stations, and the referred cases that go there and come from there as files (docs/referrals.md). */
export function stationsAnswers(around: {
  readonly house: Pick<House, 'travel' | 'referrals' | 'fleet' | 'keeping' | 'keyKind' | 'operatingSystemUser' | 'now'>;
  readonly look: CardLook;
  /** Who is at the desk: the act is theirs. */
  readonly sign: () => string;
  readonly chooseFiles: () => Promise<readonly string[]>;
  /** Lets a person name a file that is not there yet; null where they named none. */
  readonly chooseNewFile: (name: string) => Promise<string | null>;
  /** Has people confirm an act where no page can answer. */
  readonly confirm: (asked: AskedAct) => Promise<Confirmed>;
  /** Whether a colleague's case, the one of this id or with null any, is open at the desk. */
  readonly isOpen: (id: string | null) => boolean;
  /** The queue is another, and records may have come. */
  readonly changed: () => void;
}): Pick<Answers, StationsMethod> {
  const { house, look, sign, chooseFiles, chooseNewFile, confirm, isOpen, changed } = around;
  const { travel } = house;
  const refuseIfLocked = (): void => {
    if (house.keyKind() === 'locked') throw new Failure('storage.locked');
  };
  // It would be decided, or given back, at two places.
  const refuseIfOpen = (id: string | null): void => {
    if (isOpen(id)) throw new Failure('case.busy');
  };
  const trustedStation = (station: string) => {
    const known = travel.stations().find((each) => each.station === station);
    if (known === undefined) throw new Failure('referral.station-unknown', { station });
    return known;
  };
  const routed = () => travel.route();
  const signsOf = ({ by }: Confirmed): readonly string[] => {
    const signs = 'names' in by ? by.names : by.operators.map((operator) => operator.sign);
    return signs.length > 0 ? signs : [house.operatingSystemUser];
  };
  const oneFile = async (): Promise<string | null> => {
    const [path, ...others] = await chooseFiles();
    if (others.length > 0) throw new Failure('referral.file-malformed', { reason: 'several files' });
    return path ?? null;
  };
  // No file is written over: the name that is offered is one that is not there.
  const fileTo = (station: string, kind: string): Promise<string | null> =>
    chooseNewFile(`to-${station}-${house.now().replaceAll(/\W/g, '').slice(0, 15)}.${kind}`);

  return {
    'stations.state': () => {
      refuseIfLocked();
      return stationsView(house, look.view());
    },
    'stations.saveCard': async () => {
      refuseIfLocked();
      const { card, bytes } = travel.card();
      const path = await chooseNewFile(`${card.station}.card`);
      if (path === null) return null;
      return namedFile(path, (file) => {
        writeNewFiles([[path, bytes]]);
        return { file };
      });
    },
    'stations.chooseCard': async () => {
      refuseIfLocked();
      const path = await oneFile();
      if (path === null) return null;
      return namedFile(path, async (file) => {
        await look.take(file, readInputFile(path, largestCard));
        return look.view();
      });
    },
    'stations.leaveCard': () => {
      look.leave();
      return null;
    },
    'stations.trust': async (fingerprint) => {
      refuseIfLocked();
      const { looked } = look;
      if (looked === null || looked.fingerprint !== fingerprint) throw new Failure('confirm.changed');
      const confirmed = await confirm(stationActAsked(house, 'stations.trust', { ...looked.card, fingerprint }));
      // Somebody chose another card while people read.
      if (look.looked !== looked) throw new Failure('confirm.changed');
      travel.trust(looked.card, signsOf(confirmed));
      look.leave();
      return null;
    },
    'stations.distrust': async (station) => {
      refuseIfLocked();
      const known = trustedStation(station);
      const confirmed = await confirm(stationActAsked(house, 'stations.distrust', known));
      if (trustedStation(station).fingerprint !== known.fingerprint) throw new Failure('confirm.changed');
      travel.distrust(station, signsOf(confirmed));
      return null;
    },
    'stations.setRoute': async (station) => {
      refuseIfLocked();
      const [known, before] = [trustedStation(station), routed()];
      const other = before === null || before.station === station ? null : trustedStation(before.station);
      const confirmed = await confirm(stationActAsked(house, 'stations.setRoute', known, other));
      const isOtherRoute = routed()?.station !== before?.station;
      if (trustedStation(station).fingerprint !== known.fingerprint || isOtherRoute)
        throw new Failure('confirm.changed');
      travel.setRoute(station, signsOf(confirmed));
      return null;
    },
    'stations.endRoute': async (station) => {
      refuseIfLocked();
      const known = trustedStation(station);
      const refuseIfOther = (): void => {
        if (routed()?.station !== station) throw new Failure('confirm.changed');
      };
      refuseIfOther();
      const confirmed = await confirm(stationActAsked(house, 'stations.endRoute', known));
      refuseIfOther();
      travel.endRoute(signsOf(confirmed));
      return null;
    },
    'stations.handOver': async (to, id) => {
      refuseIfLocked();
      trustedStation(to);
      refuseIfOpen(id);
      // Whoever asked, also where the sign-in ends while the dialog is open.
      const by = sign();
      const path = await fileTo(to, 'referrals');
      if (path === null) return null;
      refuseIfOpen(id);
      return namedFile(path, (file) => {
        try {
          const parcel = travel.handOver(to, id === null ? null : [id], by, (bytes, act) =>
            writeNewFiles([[path, bytes, 0o600]], act),
          );
          return parcel === null ? { file: null, cases: 0 } : { file, cases: parcel.ids.length };
        } finally {
          changed();
        }
      });
    },
    'stations.takeFile': async () => {
      refuseIfLocked();
      const by = sign();
      const path = await oneFile();
      if (path === null) return null;
      return namedFile(path, async () => {
        try {
          return takenView(await travel.take(readInputFile(path, largestSignedFile), by));
        } finally {
          // Of several ends some may have been taken before one failed.
          changed();
        }
      });
    },
    'stations.writeEnds': async (to) => {
      refuseIfLocked();
      trustedStation(to);
      const path = await fileTo(to, 'outcomes');
      if (path === null) return null;
      return namedFile(path, (file) => {
        const parcel = travel.answer(to);
        if (parcel === null) return { file: null, cases: 0 };
        writeNewFiles([[path, parcel.bytes, 0o600]]);
        return { file, cases: parcel.ids.length };
      });
    },
    'stations.giveBack': (station, id, reason) => {
      refuseIfLocked();
      refuseIfOpen(id);
      travel.giveBack(station, id, { name: sign(), reason });
      changed();
      return null;
    },
  };
}
