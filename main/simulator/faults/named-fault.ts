import type { SpecimenId } from '../documents/specimen.ts';
import type { AnswerHooks, IssueHooks } from './fault-hooks.ts';

export type FaultLayer =
  | 'transport'
  | 'status word'
  | 'length'
  | 'secure messaging'
  | 'protocol'
  | 'file'
  | 'data group'
  | 'security object'
  | 'certificate';

/** One thing that can be wrong with a document, its chip or the way to it. */
export interface NamedFault {
  readonly name: string;
  readonly layer: FaultLayer;
  /** The specimen that shows it. */
  readonly specimen: SpecimenId;
  readonly description: string;
  /** What an inspection of that specimen comes to by the policy `document`, in training: `accept` where no harm is done. */
  readonly expected: 'accept' | 'not accept';
  /** Groups that the policy of that inspection wants besides. */
  readonly dataGroups?: readonly (7 | 13 | 16)[];
  readonly issue?: IssueHooks;
  readonly answers?: AnswerHooks;
}
