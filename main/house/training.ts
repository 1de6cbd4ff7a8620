import published from '../../resources/training-issuers.json' with { type: 'json' };
import { Failure } from '../result/failure.ts';

/** What the simulator has for training. */
export type Training = typeof import('../simulator/training.ts');

/** The simulator, where the product has it. Fails with `training.not-included` in one that leaves training out. */
export async function loadTraining(
  load: () => Promise<Training> = () => import('../simulator/training.ts'),
): Promise<Training> {
  try {
    return await load();
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    if (code !== 'ERR_MODULE_NOT_FOUND') throw thrown;
    throw new Failure('training.not-included', {}, thrown);
  }
}

/**
 * SHA-256 over subjectPublicKeyInfo of every issuing key that is published with the specimens. They are named in a file of
 * their own, so that a product without the keys refuses their certificates all the same.
 */
export const publishedIssuers: ReadonlySet<string> = new Set(published.fingerprints);
