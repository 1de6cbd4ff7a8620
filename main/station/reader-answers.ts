import type { Answer, MethodName } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { longest } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import type { Answers } from './answers.ts';
import type { ReaderWatch } from './reader-watch.ts';

type ReaderMethod = Extract<MethodName, `readers.${string}`>;

interface TestSurroundings {
  readonly house: Pick<House, 'tryReader' | 'now'>;
  readonly watch: Pick<ReaderWatch, 'service' | 'hindrance'>;
  /** Whether a case is open: one that waits for its document reads what is laid down. */
  readonly isOpen: () => boolean;
}

/** Asks what lies on a reader whether it is a travel document. Fails as `readers.test` does; null is none. */
export async function testOf(
  { house, watch, isOpen }: TestSurroundings,
  reader: { readonly name: string } | null,
): Promise<Answer<'readers.test'>> {
  if (isOpen()) throw new Failure('case.busy');
  const { service } = watch;
  if (!service.available) throw new Failure(service.code ?? 'reader.service-stopped');
  if (reader === null) throw new Failure(watch.hindrance ?? 'reader.none');
  const found = await house.tryReader(reader.name);
  return { reader: reader.name.slice(0, longest.readerName), at: house.now(), found };
}

/** The station's readers, as the office shows them: what is known of each, and whether it reads. */
export function readerAnswers(around: {
  readonly house: Pick<House, 'tryReader' | 'now' | 'adviceOnReader'>;
  readonly watch: Pick<ReaderWatch, 'service' | 'hindrance' | 'readers'>;
  readonly isOpen: () => boolean;
}): Pick<Answers, ReaderMethod> {
  const { house, watch } = around;
  return {
    'readers.known': () =>
      watch.readers.map(({ name }) => ({
        name: name.slice(0, longest.readerName),
        advice: [...house.adviceOnReader(name)],
      })),
    'readers.test': (name) => {
      const reader = watch.readers.find((each) => each.name.slice(0, longest.readerName) === name);
      if (reader === undefined && watch.service.available) throw new Failure('reader.not-found');
      return testOf(around, reader ?? null);
    },
  };
}
