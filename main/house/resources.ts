import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../result/failure.ts';
import type { SpecimenResources } from '../simulator/specimen.ts';
import { extendPolicy, parsePolicy } from '../verification/policy.ts';
import { type Policy, purposes } from '../verification/types.ts';

/** What the house reads from `resources/`: data that belongs to the app, not to a station. */
export interface HouseResources {
  readonly directory: string;
  readonly policy: (id: Policy['id']) => Policy;
  readonly specimens: SpecimenResources;
}

/** Loads the policies and opens the way to the rest. Fails with `policy.malformed`, `input.unreadable`. */
export function loadResources(directory: string): HouseResources {
  const read = (...path: string[]): Uint8Array => {
    const file = join(directory, ...path);
    if (!existsSync(file)) throw new Failure('input.unreadable', { path: file });
    return new Uint8Array(readFileSync(file));
  };
  const json = (...path: string[]): unknown => {
    const text = new TextDecoder().decode(read(...path));
    try {
      return JSON.parse(text);
    } catch (thrown) {
      throw new Failure('policy.malformed', { reason: 'not JSON' }, thrown);
    }
  };
  const document = parsePolicy(json('policies', 'document.json'));
  const policies = new Map<Policy['id'], Policy>([['document', document]]);
  for (const purpose of purposes) {
    const own = parsePolicy(json('policies', `${purpose}.json`));
    if (own.id !== purpose) throw new Failure('policy.malformed', { reason: 'of another purpose', expected: purpose });
    policies.set(purpose, extendPolicy(document, own));
  }
  return {
    directory,
    policy: (id) => {
      const policy = policies.get(id);
      if (policy === undefined) throw new Failure('purpose.unknown');
      return policy;
    },
    specimens: { portrait: (file) => read('specimens', 'portraits', file) },
  };
}
