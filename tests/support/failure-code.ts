import { Failure } from '../../main/result/failure.ts';

/** The failure code with which an action ends, `none` where it ends well; what is not a `Failure` is thrown on. */
export function failureCodeOf(action: () => unknown): string {
  return failureOf(action)?.code ?? 'none';
}

/** The failure with which an action ends, null where it ends well; what is not a `Failure` is thrown on. */
export function failureOf(action: () => unknown): Failure | null {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
  return null;
}
