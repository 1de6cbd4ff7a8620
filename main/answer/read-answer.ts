import { compactVerify, importJWK } from 'jose';
import * as v from 'valibot';
import { Failure } from '../result/failure.ts';
import { readStrictJson } from '../result/strict-json.ts';
import type { PublicJwk } from './answer-signer.ts';
import { takeApart } from './jws.ts';
import { answerTypes } from './statement.ts';

// What is shown of an answer; all of it stands in `claims`.
const shownSchema = v.looseObject({
  iss: v.string(),
  aud: v.string(),
  exp: v.number(),
  order: v.looseObject({ id: v.string(), sha256: v.string(), boundBy: v.string() }),
  styrk: v.looseObject({
    verdict: v.string(),
    decision: v.looseObject({ outcome: v.string() }),
    methods: v.array(v.string()),
    checks: v.array(v.looseObject({ id: v.string(), result: v.string() })),
  }),
});

/** An answer that this station gave, proved. */
export interface ReadAnswer {
  readonly training: boolean;
  readonly kid: string;
  readonly claims: v.InferOutput<typeof shownSchema>;
}

/** Proves an answer by the station's own keys. Fails with `answer.malformed`, `answer.foreign`. */
export async function readAnswer(text: string, keys: readonly PublicJwk[]): Promise<ReadAnswer> {
  const token = text.trim();
  for (const [kind, typ] of Object.entries(answerTypes)) {
    const taken = takeApart(token, typ);
    if ('fault' in taken) continue;
    const key = keys.find(({ kid, alg }) => kid === taken.kid && alg === taken.algorithm);
    if (key === undefined) throw new Failure('answer.foreign', { reason: 'key' });
    try {
      await compactVerify(token, await importJWK(key, key.alg), { algorithms: [key.alg] });
    } catch (thrown) {
      throw new Failure('answer.foreign', { reason: 'signature' }, thrown);
    }
    const read = readStrictJson(taken.payload);
    const shown = 'refused' in read ? null : v.safeParse(shownSchema, read.value);
    if (shown?.success !== true) throw new Failure('answer.malformed');
    return { training: kind === 'training', kid: taken.kid, claims: shown.output };
  }
  throw new Failure('answer.malformed');
}
