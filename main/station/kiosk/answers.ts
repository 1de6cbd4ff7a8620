import type { KioskAnswer, KioskArguments, KioskMethod } from '../../../preload/kiosk-contract.ts';

/** What the main process answers to each call of the kiosk's page. */
export type KioskAnswers = {
  readonly [M in KioskMethod]: (...args: KioskArguments<M>) => KioskAnswer<M> | Promise<KioskAnswer<M>>;
};
