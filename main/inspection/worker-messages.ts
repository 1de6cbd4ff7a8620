import type { MessagePort } from 'node:worker_threads';
import type { TransportLimits } from '../chip/card-transport.ts';
import type { PlainFailure } from '../result/failure.ts';
import type { InspectionEvidence } from './evidence.ts';
import type { InspectionRequest } from './request.ts';
import type { Inspection, InspectionProgress, Judging } from './types.ts';

/** What the owner sends to the worker; inspections and judgements one at a time. */
export type OwnerMessage = InspectMessage | JudgeMessage | WarmMessage;

/** Makes ready what the first inspection would wait for, a little at a time while nothing else is to do; `warm` tells when. */
export interface WarmMessage {
  readonly type: 'warm';
}

/** An inspection, with a port to the card and one to the trust store. */
export interface InspectMessage {
  readonly type: 'inspect';
  readonly request: InspectionRequest;
  readonly limits: TransportLimits;
  /** Whether the owner's transport can reset the card. */
  readonly resets: boolean;
  readonly traced: boolean;
  readonly transport: MessagePort;
  readonly trust: MessagePort;
}

/** What was read is to be judged again, with a port to the trust store. */
export interface JudgeMessage {
  readonly type: 'judge';
  readonly evidence: InspectionEvidence;
  readonly around: Omit<Judging, 'trust'>;
  readonly trust: MessagePort;
}

/** What the worker tells; `answer-schema.ts` is its form. `result` and `failure` end what was asked for. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'warm' }
  | { readonly type: 'progress'; readonly progress: InspectionProgress }
  | { readonly type: 'trace'; readonly direction: 'command' | 'response'; readonly apdu: Uint8Array }
  | { readonly type: 'result'; readonly inspection: Inspection }
  | ({ readonly type: 'failure' } & PlainFailure);
