/** The states of the European Union, as MRZs print them (9303-3 §5: Germany is `D`). */
const europeanUnion = [
  'AUT',
  'BEL',
  'BGR',
  'CYP',
  'CZE',
  'D',
  'DNK',
  'ESP',
  'EST',
  'FIN',
  'FRA',
  'GRC',
  'HRV',
  'HUN',
].concat(['IRL', 'ITA', 'LTU', 'LUX', 'LVA', 'MLT', 'NLD', 'POL', 'PRT', 'ROU', 'SVK', 'SVN', 'SWE']);
/** And of the European Economic Area with them. */
const economicArea: ReadonlySet<string> = new Set([...europeanUnion, 'ISL', 'LIE', 'NOR']);

/** What stands for several states where a policy names an issuer or a nationality. */
export const stateGroups = ['EU/EEA', 'any'] as const;

/** One kind of document: an issuer, codes as DG1 prints them, and whose documents (null: anyone's). */
export interface AcceptedDocuments {
  /** As the MRZ prints it, or one of `stateGroups`. */
  readonly issuer: string;
  /** Each a code, or its beginning and `*`: `P*` is every passport. */
  readonly codes: readonly string[];
  readonly nationality: string | null;
}

/** What DG1 says of a document, as the check of its type tells it. */
export interface DocumentSeen {
  readonly code?: unknown;
  readonly issuer?: unknown;
  readonly nationality?: unknown;
}

/** Whether a document is of this kind. What is not known is of none. */
export function takes(taken: AcceptedDocuments, { code, issuer, nationality }: DocumentSeen): boolean {
  const ofState = (group: string, state: unknown): boolean =>
    typeof state === 'string' &&
    (group === 'any' || group === state || (group === 'EU/EEA' && economicArea.has(state)));
  return (
    typeof code === 'string' &&
    taken.codes.some((each) => covers(each, code)) &&
    ofState(taken.issuer, issuer) &&
    (taken.nationality === null || ofState(taken.nationality, nationality))
  );
}

/** The kind of document that both of two are; null where nothing is. */
export function bothOf(one: AcceptedDocuments, other: AcceptedDocuments): AcceptedDocuments | null {
  const within = (codes: readonly string[], others: readonly string[]): string[] =>
    codes.filter((code) => others.some((each) => covers(each, code)));
  const codes = [...new Set([...within(one.codes, other.codes), ...within(other.codes, one.codes)])];
  const issuer = narrower(one.issuer, other.issuer);
  const nationality =
    one.nationality === null || other.nationality === null
      ? (one.nationality ?? other.nationality)
      : narrower(one.nationality, other.nationality);
  const none =
    issuer === null ||
    codes.length === 0 ||
    (nationality === null && one.nationality !== null && other.nationality !== null);
  return none ? null : { issuer, codes, nationality };
}

function narrower(one: string, other: string): string | null {
  if (one === other || other === 'any') return one;
  if (one === 'any') return other;
  if (one === 'EU/EEA') return economicArea.has(other) ? other : null;
  return other === 'EU/EEA' && economicArea.has(one) ? one : null;
}

function covers(pattern: string, code: string): boolean {
  return pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : pattern === code;
}
