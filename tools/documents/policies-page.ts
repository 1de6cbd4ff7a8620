import { resolve } from 'node:path';
import { parseMrz } from '../../main/document/mrz.ts';
import { expiryCheck, typeCheck } from '../../main/inspection/checks/document-checks.ts';
import { inspectedDocument } from '../../main/inspection/inspected-document.ts';
import { loadOwnPolicies, ownAlone } from '../../main/keeping/policies/own-policies.ts';
import { resourcesIn } from '../../main/machine/resources.ts';
import { type Check, type CheckId, checkIds, successful, unsuccessful } from '../../main/result/check.ts';
import { parsePlainDate } from '../../main/result/plain-date.ts';
import { announceSpecimen } from '../../main/simulator/documents/list-specimens.ts';
import { type SpecimenId, specimenIds } from '../../main/simulator/documents/specimen.ts';
import { orderPlace } from '../../main/verification/order-standing.ts';
import type { Condition } from '../../main/verification/terms.ts';
import { purposes, type Verdict } from '../../main/verification/types.ts';
import { judge } from '../../main/verification/verdict.ts';

const policies = ownAlone(loadOwnPolicies(resourcesIn(resolve(import.meta.dirname, '../../resources'))));
const someDay = parsePlainDate('2026-11-28');
const station = { training: false, specimen: false, station: 'attended' } as const;
const results = ['failed', 'undetermined', 'not supported', 'aborted'] as const;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(head),
  row(head.map(() => '---')),
  ...rows.map(row),
];

function tied(condition: Condition): string {
  return condition.kind === 'validUntil' ? 'until its last day' : condition.scope;
}

function told({ verdict, conditions }: Verdict): string {
  return conditions.length === 0 ? verdict : `${verdict}, ${conditions.map(tied).join(', ')}`;
}

/** Every check right, but for those given. */
function checksWith(other: readonly Check[]): readonly Check[] {
  return checkIds.map((id) => other.find((check) => check.id === id) ?? successful(id));
}

/** What is printed on a specimen, told as if a state had issued it, with the check that it is made to fail. */
function checksOf(id: SpecimenId): readonly Check[] | null {
  if (someDay === null) return null;
  const { mrz, expected } = announceSpecimen(id, someDay);
  if (mrz.length === 0) return null;
  const document = inspectedDocument(parseMrz(mrz.join('\n'), someDay), null);
  const { check, result, code } = expected.inspect;
  const made =
    check === null || result === null || result === 'successful' || code === null
      ? []
      : [unsuccessful(check, result, code)];
  const own = [typeCheck(document), expiryCheck(document, someDay)];
  // The kind of the document is told by what is printed, also where that is what it is made to fail by.
  return checksWith([...own, ...made.filter((each) => !own.some((one) => one.id === each.id))]);
}

function specimenRows(): string[][] {
  return specimenIds.flatMap((id) => {
    const checks = checksOf(id);
    return checks === null
      ? []
      : [[`\`${id}\``, ...purposes.map((purpose) => told(judge(policies.of(purpose).policy, checks, station)))]];
  });
}

const swedish = (): readonly Check[] => [
  successful('document.type', { type: 'passport', code: 'P', issuer: 'SWE', nationality: 'SWE' }),
  successful('document.expiry', { expiry: '2031-05-20', at: '2026-11-28' }),
];

function outcomeOf(id: CheckId, result: (typeof results)[number], purpose: (typeof purposes)[number]): string {
  const { policy } = policies.of(purpose);
  // A film has no rule, and all but success is referred where something was filmed.
  const hasRule = id === 'face.injection-attack' || policy.rules.some(({ check }) => check === id);
  if (!hasRule) return '–';
  const { detail } = swedish().find((check) => check.id === id) ?? { detail: {} };
  const other = unsuccessful(id, result, 'check.aborted', detail);
  const { verdict, passedOver } = judge(
    policy,
    checksWith([other, ...swedish().filter((check) => check.id !== id)]),
    station,
  );
  return passedOver.includes(id) ? 'passed over' : verdict;
}

function resultRows(): string[][] {
  return checkIds.flatMap((id) =>
    results.map((result) => [`\`${id}\``, result, ...purposes.map((purpose) => outcomeOf(id, result, purpose))]),
  );
}

// A term that a bank may add (`permitFor`), on the purposes that take a permit: verdicts with the permit, with somebody else's, without.
function permitRows(): string[][] {
  const permitFor = { documents: null, except: [{ issuer: 'any', codes: ['*'], nationality: 'EU/EEA' }] };
  const beside: readonly (Check | null)[] = [
    successful('document.second'),
    unsuccessful('document.second', 'failed', 'document.second-other-person'),
    null,
  ];
  return specimenIds.flatMap((id) => {
    const checks = checksOf(id)?.filter((check) => check.id !== 'document.second');
    if (checks === undefined) return [];
    const cells = withPermit.flatMap((purpose) =>
      beside.map((second) => {
        const policy = { ...policies.of(purpose).policy, permitFor };
        return judge(policy, second === null ? checks : [...checks, second], station).verdict;
      }),
    );
    return [[`\`${id}\``, ...cells]];
  });
}

const withPermit = ['large-transfer', 'new-customer'] as const;

function orderRows(): string[][] {
  const given = [null, { source: 'typed' }, { source: 'qr' }, { source: 'signed' }] as const;
  return given.map((order) => [
    order === null ? 'none' : order.source,
    ...orderTerms.map((terms) => {
      const code = orderPlace(terms, order);
      return code === null ? 'may go on' : `\`${code}\``;
    }),
  ]);
}

const orderTerms = (['any', 'signed'] as const).flatMap((orderSource) =>
  (['none', 'optional', 'required'] as const).flatMap((order) =>
    order === 'none' && orderSource === 'signed' ? [] : [{ order, orderSource }],
  ),
);

/** `docs/policies-table.md`: what the app's own policies make of documents and of results. */
export function policiesPage(): string {
  return [
    '# What the shipped policies come to',
    '',
    'Written by `node tools/documents/write.ts` from the policies and the specimens; a test compares it. It judges checks as a record keeps them, at an attended station outside training.',
    '',
    '## Documents and purposes',
    '',
    'What is printed on each specimen, as if a state had issued it: its kind, issuer and last day, the check that it is made to fail, and every other check right.',
    '',
    ...table(['document', ...purposes], specimenRows()),
    '',
    '## Results and purposes',
    '',
    'A Swedish passport of which one check has this result and all others are right. `–`: the purpose does not ask. A code may lead elsewhere than its result (`codes` of the rule), and one proof that the chip is no copy stands for the others.',
    '',
    ...table(['check', 'result', ...purposes], resultRows()),
    '',
    '## A permit that is required',
    '',
    'Not shipped: `large-transfer` and `new-customer` with `permitFor` for every passport but those of nationals of the EU and the EEA. Specimens as above: with a residence permit that belongs to the passport, with one of somebody else, without.',
    '',
    ...table(
      ['document', ...withPermit.flatMap((id) => [`${id}, with`, `${id}, of another`, `${id}, without`])],
      permitRows(),
    ),
    '',
    '## An order that is required or signed',
    '',
    'What `order` and `orderSource` of a policy make of how an order came: what keeps a case that would be accepted from going on.',
    '',
    ...table(['order came', ...orderTerms.map(({ order, orderSource }) => `${order}, ${orderSource}`)], orderRows()),
    '',
  ].join('\n');
}
