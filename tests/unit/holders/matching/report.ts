import { type Tally, totalOf } from './suite.ts';

/** The most of same-person pairs that may be rejected. */
export const mostRejected = 0.01;

/** What the suite came to by kind, as `docs/matching.md` has it. */
export function matchingReport(tallies: readonly Tally[]): string {
  const [same, other] = [totalOf(tallies, true), totalOf(tallies, false)];
  const share = ((100 * same.reject) / same.pairs).toFixed(2);
  return `${[
    '# Whether the document is the holder’s',
    '',
    'Written by `npm run test:match`. Every pair is a person on file and a document, made from a seed by the rule of its kind: the people are invented, and their numbers are those that states keep for tests or have not given. The rule says whether both are one person. Each pair is judged by the functions that judge cases: the three checks `holder.personal-number`, `holder.name` and `holder.birth-date`, and the policy of a large transfer, with everything else about the document well.',
    '',
    `${same.pairs + other.pairs} pairs. Of ${other.pairs} with two people ${other.accept} were accepted (none may be). Of ${same.pairs} with one person ${same.reject} were rejected (${share} %; at most ${mostRejected * 100} % may be), and ${same.refer} referred: a person decides.`,
    '',
    '## One person',
    '',
    ...table(tallies.filter((tally) => tally.same)),
    '',
    '## Two people',
    '',
    ...table(tallies.filter((tally) => !tally.same)),
    '',
    '## What the rules are',
    '',
    ...rules,
  ].join('\n')}\n`;
}

function table(tallies: readonly Tally[]): readonly string[] {
  return [
    '| kind | rule | pairs | accept | refer | reject |',
    '|---|---|---|---|---|---|',
    ...tallies.map(
      ({ kind, pairs, counts }) =>
        `| ${kind.name} | ${kind.rule} | ${pairs} | ${counts.accept} | ${counts.refer} | ${counts.reject} |`,
    ),
  ];
}

const rules = [
  '- **Green needs all three**: number, birth date and a name that fits. An equal number alone is nobody, for states have given numbers twice; no policy goes below that (`docs/policies.md`).',
  '- **The number** is read from documents of its own state alone, and compared sign by sign. Sweden: personal and coordination numbers, twelve digits; ten digits of a register are settled by the birth date beside them, and what contradicts it is refused. Finland: the separator belongs to the number; a filler of the MRZ stands for `+` and for `-`, and DG11 tells which. Norway: from 2032 on the first control digit may leave 0 to 3, and sex and century are not told. Denmark, and Iceland since 18 February 2026: no check digit to rely on. An Icelandic system number and Norwegian help numbers leave it open.',
  '- **A former number** is told as such and is for staff.',
  '- **A document without a number** to compare is the person’s where somebody has seen it as theirs (issuer, kind, number), and else referred. A permit to stay is never enough; beside a passport it must name the same person, by name, birth date and nationality (`document.second`).',
  '- **The birth date**: the century comes from DG11 or from the document’s own number. Where nobody tells it and two can be, it is open.',
  '- **The name** is compared in the letters of the MRZ, each in any form that 9303-3 §6 allows. Some of the given names are enough. A field that is cut fits as far as it goes, if three letters of the given names are left or one of them is whole. Near is for staff, and so are the same given names with another surname: people marry. Two documents of other given names and another surname are two people.',
];
