import type { Answer, Arguments, MethodName } from '../../preload/contract.ts';

/** An answer for every method of the contract. Failures are thrown as `Failure`. */
export type Answers = {
  readonly [M in MethodName]: (...args: Arguments<M>) => Answer<M> | Promise<Answer<M>>;
};
