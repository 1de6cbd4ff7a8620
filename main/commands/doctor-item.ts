import type { FailureCode } from '../result/failure-codes.ts';

/** One thing that was looked at. `missing` is something that the station cannot work without. */
export interface Item {
  readonly id:
    | 'runtime'
    | 'reader-binding'
    | 'service'
    | 'polkit'
    | 'readers'
    | 'reader'
    | 'managed'
    | 'storage'
    | 'station'
    | 'kiosk'
    | 'delivery'
    | 'headquarters-lists'
    | 'referred-cases'
    | 'trust'
    | 'list'
    | 'update'
    | 'second-reading'
    | 'policy'
    | 'log'
    | 'acts'
    | 'clock';
  readonly state: 'ok' | 'warning' | 'missing';
  readonly code: FailureCode | null;
  readonly detail: string;
  /** What to do, where it is not what the code says by itself. */
  readonly advice?: string;
}
