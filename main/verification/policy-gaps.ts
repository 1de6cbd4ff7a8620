import type { CheckId } from '../result/check.ts';
import { isPrinted } from '../trust/country-codes.ts';
import { bothOf, stateGroups } from './document-patterns.ts';
import type { PermitFor, PolicyCondition } from './terms.ts';
import type { Policy, PolicyRule } from './types.ts';

/** Something that a policy says and that can never count, or leaves open that the law asks for. */
export interface PolicyGap {
  readonly gap:
    | 'rule-not-asked'
    | 'code-without-effect'
    | 'no-document-taken'
    | 'state-unknown'
    | 'condition-without-document'
    | 'alone-without-effect'
    | 'override-without-effect'
    | 'freshness-of-nothing'
    | 'freshness-of-nobody-on-file'
    | 'freshness-beside-order'
    | 'permit-for-nobody'
    | 'approved-without-effect'
    | 'retention-not-stated';
  /** The check, the code or the condition that it is about. */
  readonly about: string | null;
}

/**
 * The gaps of a policy: `stated` as its author wrote it (rules for what nobody asks included), `whole` as it would judge
 * together with the one for documents.
 */
export function policyGaps(
  stated: { readonly rules: readonly Pick<PolicyRule, 'check'>[] },
  whole: Policy,
): readonly PolicyGap[] {
  const ruled = (id: CheckId): PolicyRule | undefined => whole.rules.find(({ check }) => check === id);
  const refers = (id: CheckId): boolean => {
    // It has no rule: of a second document all but success is referred.
    if (id === 'document.second') return whole.documentsInCase !== 'one';
    if (id === 'face.injection-attack') return true;
    const rule = ruled(id);
    return rule !== undefined && [...Object.values(rule.outcomes), ...Object.values(rule.codes)].includes('refer');
  };
  const { documents, retention } = whole;
  return [
    ...stated.rules.filter(({ check }) => ruled(check) === undefined).map(({ check }) => gap('rule-not-asked', check)),
    ...whole.rules.flatMap(codesWithoutEffect),
    ...(documents !== null && documents.length === 0 ? [gap('no-document-taken')] : []),
    ...statesUnknown(whole).map((code) => gap('state-unknown', code)),
    ...whole.conditions
      // Also what the purpose does not take as it is may be gone on with, by a colleague, and is tied then.
      .filter((each) => !hasDocument(each, null))
      .map((each) => gap('condition-without-document', nameOf(each))),
    ...whole.alone.filter((id) => !refers(id)).map((id) => gap('alone-without-effect', id)),
    ...whole.overrides.flatMap(({ checks }) =>
      checks.filter((id) => !refers(id)).map((id) => gap('override-without-effect', id)),
    ),
    ...freshnessGaps(whole),
    ...(whole.permitFor !== null && !hasPassport(whole.permitFor, documents) ? [gap('permit-for-nobody')] : []),
    ...(whole.knownDocuments === 'approved' && !refersNoNumber(ruled('holder.personal-number'))
      ? [gap('approved-without-effect')]
      : []),
    // AMLR 2024/1624 art. 77 (1): of whoever becomes a customer a copy or a reference is kept.
    ...(whole.id === 'new-customer' && (retention === null || retention.keep === 'none' || retention.years < 5)
      ? [gap('retention-not-stated')]
      : []),
  ];
}

function gap(kind: PolicyGap['gap'], about: string | null = null): PolicyGap {
  return { gap: kind, about };
}

// Codes are those of the MRZ (9303-3 §5): one that stands in none is a slip, and takes no document of anybody.
function statesUnknown({ documents, conditions, permitFor }: Policy): readonly string[] {
  const patterns = [
    ...(documents ?? []),
    ...[...conditions, ...(permitFor === null ? [] : [permitFor])].flatMap((each) => [
      ...(each.documents ?? []),
      ...each.except,
    ]),
  ];
  const groups: readonly string[] = stateGroups;
  const unknown = (code: string, as: 'issuer' | 'nationality'): string[] =>
    groups.includes(code) || isPrinted(code, as) ? [] : [code];
  const found = patterns.flatMap(({ issuer, nationality }) => [
    ...unknown(issuer, 'issuer'),
    ...(nationality === null ? [] : unknown(nationality, 'nationality')),
  ]);
  return [...new Set(found)];
}

// Only a case that is referred since its document has no number comes to whoever could approve it (`documentSeen`).
function refersNoNumber(rule: PolicyRule | undefined): boolean {
  return (rule?.codes['holder.no-personal-number'] ?? rule?.outcomes.undetermined) === 'refer';
}

// A permit belongs to a passport: where none that the purpose takes needs one, nobody is ever asked for it.
function hasPassport({ documents, except }: PermitFor, taken: Policy['documents']): boolean {
  const passports = { issuer: 'any', codes: ['P*'], nationality: null };
  const meant = (documents ?? [passports]).flatMap((each) => bothOf(each, passports) ?? []);
  return hasDocument({ condition: 'validUntil', documents: meant, except, remainingMonths: null }, taken);
}

// A reading that can never count: of no errand, of one in which nobody on file was compared with the document, or where each case
// carries an order, for which nothing that was read before was read.
function freshnessGaps({ freshness, holder, order }: Policy): PolicyGap[] {
  if (freshness === null) return [];
  const { purposes } = freshness;
  return [
    ...(purposes.length === 0 ? [gap('freshness-of-nothing')] : []),
    ...(holder === 'on-file' && purposes.includes('new-customer')
      ? [gap('freshness-of-nobody-on-file', 'new-customer')]
      : []),
    ...(order === 'required' ? [gap('freshness-beside-order')] : []),
  ];
}

// A code speaks for what could not be told or is not supported: where both lead there anyway it changes nothing.
function codesWithoutEffect({ check, codes, outcomes }: PolicyRule): PolicyGap[] {
  return Object.entries(codes)
    .filter(([, outcome]) => outcome === outcomes.undetermined && outcome === outcomes['not supported'])
    .map(([code]) => gap('code-without-effect', `${check} ${code}`));
}

function hasDocument({ documents, except }: PolicyCondition, taken: Policy['documents']): boolean {
  const meant = documents === null ? (taken ?? []) : documents.flatMap((each) => both(each, taken));
  const all = documents === null && taken === null;
  const isExcepted = (each: (typeof meant)[number]): boolean =>
    except.some((other) => JSON.stringify(bothOf(each, other)) === JSON.stringify(each));
  const everything = except.some(
    ({ issuer, codes, nationality }) => issuer === 'any' && codes.includes('*') && nationality === null,
  );
  return !everything && (all || meant.some((each) => !isExcepted(each)));
}

function both(one: NonNullable<Policy['documents']>[number], taken: Policy['documents']) {
  return taken === null ? [one] : taken.flatMap((other) => bothOf(one, other) ?? []);
}

function nameOf({ condition }: PolicyCondition): string {
  return condition === 'validUntil' ? condition : condition.scope;
}
