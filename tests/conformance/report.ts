import type { CaseResult } from './base/case.ts';
import type { PlanCase } from './base/plan.ts';
import type { Explanation } from './explained.ts';

/** One case with what came of it; `fault` says why it could not be run. */
export interface Executed {
  readonly entry: PlanCase;
  readonly title: string;
  readonly result: CaseResult | null;
  readonly fault: string | null;
  readonly explanation: Explanation | null;
}

const unitTitles: Readonly<Record<string, string>> = {
  ISO7816_A: 'Selecting the application',
  ISO7816_B: 'BAC and secure messaging',
  ISO7816_C: 'Selecting and reading files',
  ISO7816_D: 'Chip authentication',
  ISO7816_F: 'Active authentication',
  ISO7816_G: 'PACE',
  LDS_A: 'EF.COM',
  LDS_B: 'DG1',
  LDS_C: 'DG2',
  LDS_F: 'DG14',
  LDS_H: 'EF.SOD',
  LDS_I: 'DG15',
  LDS_J: 'EF.CardSecurity',
  LDS_K: 'EF.ATR/INFO',
};

const agrees = ({ entry, result }: Executed): boolean => result !== null && result.got === entry.expected;
const differs = ({ entry, result }: Executed): boolean => result !== null && result.got !== entry.expected;
const isExplained = ({ result, explanation }: Executed): boolean =>
  explanation !== null && explanation.got === result?.got;

function introduction(executed: readonly Executed[]): string {
  const described = executed.filter(({ entry }) => entry.basis === 'described');
  const titled = executed.filter(({ entry }) => entry.basis === 'title');
  const run = (list: readonly Executed[]): number => list.filter(({ result }) => result !== null).length;
  const same = (list: readonly Executed[]): number => list.filter(agrees).length;
  return `# Conformance with BSI TR-03105 part 5.1

Written by \`npm run conformance\`; the same runs are tests (\`tests/conformance\`). The plan is version 1.5 of
10 February 2020, for inspection systems that read electronic travel documents.

| Cases | Number | Executed | As expected | Different, explained below |
|---|---|---|---|---|
| described in the plan | ${described.length} | ${run(described)} | ${same(described)} | ${described.filter(differs).length} |
| only a title in the plan | ${titled.length} | ${run(titled)} | ${same(titled)} | ${titled.filter(differs).length} |

## How the runs are made

- Each document is made by us from what the plan or the title says, and lies in the simulator. The whole inspection of the
  product reads it, as in a branch: access, files, proofs against copying, passive authentication. Nothing is replaced
  but the chip. Faults that no chip of the simulator has are put between both, inside secure messaging where it must be.
- The plan knows two verdicts. *accept* is the verdict accept; *reject* is everything else, refer included.
- The policy is the one for documents with two differences: a check that this version does not make is passed over, and a
  chip that announces no proof against copying is taken as it is. Outside training both lead to a person.
- The clock stands at 10 February 2020: the plan's document expired on 31 October 2023.
- Keys and certificates are our own. The issuer's certificate is believed beforehand, with a fresh revocation list; there is no
  network. The data page is known as the typed zone; nothing is read by a camera.
- Access by BAC or PACE with the zone. Before PACE the application cannot be selected, so that no BAC hides a failure.

## AIP without terminal authentication

Of the 80 described cases 79 belong to the profile AIP: chip *and terminal* authentication, to read fingers and irises. This
product never asks for those, so it declares SIP, and the cases are AIP tests executed without terminal authentication: the
configuration CFG.DFLT.EAC without EF.CVCA, DG3 and DG4 (once, in LDS_H_03, with a DG3 that is listed and not read),
CFG.DFLT.EACAA likewise. EF.CardSecurity is added to CFG.DFLT.PACE with chip authentication mapping. The profile SHA-1 is
declared, for documents made before 2018 as ours are (later ones are referred: [policies](policies.md)); the profile for the
contents of face records is not.

## Whose verdict

The plan states a verdict for 79 cases; of LDS_H_08 its row is missing. For that one and for those of which only a title
is left the expectation is ours, and where the title gives none it says so (–). Where a case can be read in several ways all
of them are run: *mixed* says that they did not end alike.
`;
}

// The worst reason of the first document that was not accepted.
function reasonOf({ variants }: CaseResult): string {
  const [reason] = variants.flatMap(({ reasons }) => reasons);
  return reason === undefined ? '' : ` \`${reason}\``;
}

function row(executed: Executed): string {
  const { entry, title, result, fault } = executed;
  const got = result === null ? `not executed: ${fault}` : result.got + reasonOf(result);
  const runs = result === null ? 0 : result.variants.length;
  const mark = agrees(executed) ? '' : entry.id;
  const link = mark === '' ? '' : `[why](#${mark.toLowerCase()})`;
  return `| ${entry.id} | ${title} | ${entry.expected ?? '–'} | ${entry.statedBy} | ${got} | ${runs} | ${link} |`;
}

function unitTable(unit: string, executed: readonly Executed[]): string {
  const head = '| Case | What is tried | Expected | Stated by | Got | Documents | |\n|---|---|---|---|---|---|---|';
  return `### ${unit}: ${unitTitles[unit] ?? ''}\n\n${head}\n${executed.map(row).join('\n')}\n`;
}

function difference({ entry, title, result, explanation }: Executed): string {
  const variants = (result?.variants ?? []).filter(({ name }) => name !== '');
  const each = variants.map(
    ({ name, verdict, reasons }) => `${name}: ${verdict}${reasons.length === 0 ? '' : ` (\`${reasons[0]}\`)`}`,
  );
  const several = each.length === 0 ? '' : ` ${each.join('; ')}.`;
  const expected = `expected ${entry.expected ?? 'nothing stated'} (${entry.statedBy}), got ${result?.got ?? 'nothing'}`;
  return `#### ${entry.id}\n\n${title}: ${expected}.${several}\n${explanation?.because ?? 'Not explained.'}\n`;
}

/** docs/conformance.md, and the cases that it cannot account for. */
export function report(
  executed: readonly Executed[],
  deleted: readonly string[],
): { readonly text: string; readonly unexplained: readonly string[]; readonly notExecuted: readonly string[] } {
  const units = [...new Set(executed.map(({ entry }) => entry.unit))].sort();
  const tables = units.map((unit) =>
    unitTable(
      unit,
      executed.filter(({ entry }) => entry.unit === unit),
    ),
  );
  const differences = executed.filter(differs);
  const text = [
    introduction(executed),
    '## Every case\n',
    ...tables,
    `### Deleted in the plan\n\nNot run, since the plan has withdrawn them: ${deleted.join(', ')}.\n`,
    '## Differences\n',
    ...differences.map(difference),
  ].join('\n');
  return {
    text,
    unexplained: differences.filter((entry) => !isExplained(entry)).map(({ entry }) => entry.id),
    notExecuted: executed.filter(({ result }) => result === null).map(({ entry }) => entry.id),
  };
}
