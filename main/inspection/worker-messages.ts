import type { MessagePort } from 'node:worker_threads';
import type { AccessKey } from '../chip/access-key.ts';
import type { TransportLimits } from '../chip/card-transport.ts';
import type { ExtendedLengthUse } from '../chip/read-file.ts';
import type { LengthStep } from '../chip/read-lengths.ts';
import type { OptionalGroup } from '../document/optional-groups.ts';
import type { FailureFields } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { StationTime } from '../trust/types.ts';
import type { ResumeState } from './resume.ts';
import type { Inspection, InspectionProgress } from './types.ts';

/** What the owner sends to the worker: one inspection at a time, with a port to the card and one to the trust store. */
export interface InspectMessage {
  readonly type: 'inspect';
  readonly accessKey: AccessKey | null;
  readonly at: PlainDate;
  readonly time: StationTime;
  readonly extendedLength: ExtendedLengthUse;
  readonly dataGroups: readonly OptionalGroup[];
  readonly lengthStep: LengthStep | null;
  readonly resume: ResumeState | null;
  readonly limits: TransportLimits;
  readonly traced: boolean;
  readonly transport: MessagePort;
  readonly trust: MessagePort;
}

/** What the worker tells. `result` and `failure` end the inspection. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: InspectionProgress }
  | { readonly type: 'trace'; readonly direction: 'command' | 'response'; readonly apdu: Uint8Array }
  | { readonly type: 'result'; readonly inspection: Inspection }
  | { readonly type: 'failure'; readonly code: FailureCode; readonly fields: FailureFields };
