import { Failure } from '../../main/result/failure.ts';

/** The failure with which a promise ends, null where it ends well; what is not a `Failure` is thrown on. */
export async function rejection(promise: Promise<unknown>): Promise<Failure | null> {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
  return null;
}
