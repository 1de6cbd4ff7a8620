import { faultsOfAnswers } from './faults-of-answers.ts';
import { faultsOfContents } from './faults-of-contents.ts';
import { faultsOfFiles } from './faults-of-files.ts';
import { faultsOfProofs } from './faults-of-proofs.ts';
import { faultsOfSigning } from './faults-of-signing.ts';
import type { NamedFault } from './named-fault.ts';

export type { NamedFault } from './named-fault.ts';

/** Every fault that has a name, layer after layer. */
export const faultCatalogue: readonly NamedFault[] = [
  ...faultsOfAnswers,
  ...faultsOfProofs,
  ...faultsOfFiles,
  ...faultsOfContents,
  ...faultsOfSigning,
];

/** The fault of that name; null where there is none. */
export function namedFault(name: string): NamedFault | null {
  return faultCatalogue.find((fault) => fault.name === name) ?? null;
}
