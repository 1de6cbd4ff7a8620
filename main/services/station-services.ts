import type { StationClock } from '../machine/clock.ts';
import { type HttpsService, httpsService, type ServiceFiles } from '../machine/https-service.ts';
import { serviceFromKept, serviceToKeep } from '../machine/kept-https-service.ts';
import { Failure } from '../result/failure.ts';
import type { UnlockedStore } from '../store/types.ts';
import { isEmptySign, refuseSecondSign } from '../trust/lists/pins.ts';
import type { Asking } from './asking.ts';
import { type DigitalIdPort, digitalIdPort } from './digital-id-port.ts';
import { type Directory, directory } from './directory.ts';
import { type RegisterPort, registerPort } from './register-port.ts';

/** The services that a station may be set to ask: the bank's own, or those that it has an agreement with. */
export const serviceNames = ['register', 'digital-id', 'directory'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** What people are told of a service that is set: never its key. */
export interface SetService {
  readonly name: ServiceName;
  readonly address: string;
  /** Whether its certificate must lead to an authority of its own, and not to a generally known one. */
  readonly ownAuthority: boolean;
  readonly identified: boolean;
  readonly setAt: string;
  readonly setBy: readonly string[];
}

/** The services of one open data folder. All of it needs the key of the folder. */
export interface StationServices {
  readonly list: () => readonly SetService[];
  /** A recorded act of two people: whoever sets one answers in its place. Fails with `service.unusable`, `operator.name-missing`, `trust.pin-same-person`. */
  readonly set: (name: ServiceName, address: string, files: ServiceFiles, names: readonly string[]) => SetService;
  /** One person is enough, since it opens nothing. Fails with `service.not-set`, `operator.name-missing`. */
  readonly unset: (name: ServiceName, names: readonly string[]) => void;
  /** Whether it could be asked; false as well where what was set cannot be read now, which asking tells. */
  readonly isSet: (name: ServiceName) => boolean;
  /** Null where none is set. */
  readonly register: () => RegisterPort | null;
  readonly digitalId: () => DigitalIdPort | null;
  readonly directory: () => Directory | null;
}

/** What a service is asked with: timers, and a fresh name for each question. */
export type ServicesAround = Pick<Asking, 'around' | 'newQuestionId'>;

/** The services of one open data folder. `unlocked` fails with `storage.locked` while it is locked. */
export function stationServices(
  unlocked: () => UnlockedStore,
  clock: StationClock,
  around: ServicesAround,
): StationServices {
  const kept = (name: ServiceName): { readonly service: HttpsService; readonly told: SetService } | null => {
    const found = unlocked().services.get(name);
    if (found === null) return null;
    const service = serviceFromKept(found.content);
    return { service, told: { ...told(name, service), setAt: found.setAt, setBy: found.setBy } };
  };
  const asking = (name: ServiceName): Asking | null => {
    const found = kept(name);
    return found === null ? null : { ...around, service: found.service };
  };
  const over = <Port>(name: ServiceName, port: (asking: Asking) => Port): Port | null => {
    const how = asking(name);
    return how === null ? null : port(how);
  };
  return {
    list: () => serviceNames.flatMap((name) => kept(name)?.told ?? []),
    set: (name, address, files, [first = '', second = '']) => {
      if (isEmptySign(first) || isEmptySign(second)) throw new Failure('operator.name-missing');
      refuseSecondSign(first, second);
      const service = httpsService(address, files);
      const [at, setBy] = [clock.now(), [first, second]];
      const { acts, services, directoryCache } = unlocked();
      const detail = { service: name, address: service.address };
      acts.record({ kind: 'service.set', at, signs: setBy, reason: '', detail }, () =>
        services.put(name, { content: serviceToKeep(service), setAt: at, setBy }),
      );
      // What another directory answered is no answer of this one.
      if (name === 'directory') directoryCache.clear();
      return { ...told(name, service), setAt: at, setBy };
    },
    unset: (name, names) => {
      if (names.length === 0 || names.some(isEmptySign)) throw new Failure('operator.name-missing');
      if (kept(name) === null) throw new Failure('service.not-set', { service: name });
      const { acts, services, directoryCache } = unlocked();
      const act = {
        kind: 'service.unset',
        at: clock.now(),
        signs: names,
        reason: '',
        detail: { service: name },
      } as const;
      acts.record(act, () => services.remove(name));
      if (name === 'directory') directoryCache.clear();
    },
    isSet: (name) => {
      try {
        return kept(name) !== null;
      } catch {
        return false;
      }
    },
    register: () => over('register', registerPort),
    digitalId: () => over('digital-id', digitalIdPort),
    directory: () => over('directory', (how) => directory(how, unlocked().directoryCache, clock)),
  };
}

function told(name: ServiceName, { address, authority, identity }: HttpsService): Omit<SetService, 'setAt' | 'setBy'> {
  return { name, address, ownAuthority: authority !== null, identified: identity !== null };
}
