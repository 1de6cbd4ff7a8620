import { Failure } from '../../result/failure.ts';
import { memberTwice, readStrictText } from '../../result/strict-json.ts';

/** What a column may hold of a person. */
export const plainFields = [
  'id',
  'reference',
  'personalNumber',
  'givenNames',
  'surname',
  'birthDate',
  'identityLevel',
  'dormant',
  'deceased',
  'emigrated',
  'protected',
] as const;

const numberFields = ['country', 'value', 'validFrom', 'validTo', 'replacedBecause'] as const;
const documentFields = ['issuer', 'kind', 'number', 'seenBy', 'seenOn'] as const;
const mostOfAKind = 9;

/** `number.country` and `number1.country` are of the first other number, `number2.country` of the second. */
const groupForm = /^(number|document)([1-9]?)\.([A-Za-z]+)$/;

/** Other names under which a column is met, without blanks, dashes and capitals. */
const otherNames: Readonly<Record<string, string>> = {
  kundnummer: 'id',
  kundnr: 'id',
  customernumber: 'id',
  customerid: 'id',
  kundreferens: 'reference',
  referens: 'reference',
  customerreference: 'reference',
  personnummer: 'personalNumber',
  personnr: 'personalNumber',
  förnamn: 'givenNames',
  tilltalsnamn: 'givenNames',
  firstname: 'givenNames',
  givenname: 'givenNames',
  efternamn: 'surname',
  lastname: 'surname',
  familyname: 'surname',
  födelsedatum: 'birthDate',
  dateofbirth: 'birthDate',
  identitetsnivå: 'identityLevel',
  vilande: 'dormant',
  avliden: 'deceased',
  utvandrad: 'emigrated',
  skyddad: 'protected',
  skyddadidentitet: 'protected',
};

const bare = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');
const known = new Map([...plainFields.map((field) => [bare(field), field] as const), ...Object.entries(otherNames)]);

/** The field that a name means; null where it means none. */
export function fieldNamed(name: string): string | null {
  const plain = known.get(bare(name));
  if (plain !== undefined) return plain;
  const [, group = '', which = '', part = ''] = groupForm.exec(name.trim()) ?? [];
  const parts: readonly string[] = group === 'number' ? numberFields : documentFields;
  return group !== '' && parts.includes(part) ? `${group}${which === '' ? '1' : which}.${part}` : null;
}

/** Which field each column of a file holds. */
export interface Columns {
  /** By position; null where a column is not used. For JSON Lines empty: there each row names its fields. */
  readonly fields: readonly (string | null)[];
  /** Names that somebody gave to fields, for rows that name theirs. */
  readonly named: Readonly<Record<string, string>>;
  /** Names of columns that mean no field. */
  readonly unused: readonly string[];
}

/**
 * Reads a header: each name by itself, or as `mapping` gives it (field to column). Fails with `holder.import-malformed`, reason
 * `header`, where there is no id or no name, or two columns of one field.
 */
export function columnsOf(header: readonly string[], mapping: ReadonlyMap<string, string>, line: number): Columns {
  const names = header.map((name) => name.normalize('NFC').trim());
  const given = new Map([...mapping].map(([field, column]) => [column.normalize('NFC').trim(), fieldNamed(field)]));
  if ([...given].some(([column, field]) => field === null || !names.includes(column))) throw refused(line, 'mapping');
  const mapped = new Set(given.values());
  const fields = names.map((name) => {
    const field = given.get(name);
    if (field !== undefined) return field;
    const own = fieldNamed(name);
    return own !== null && mapped.has(own) ? null : own;
  });
  const used = fields.filter((field) => field !== null);
  const hasName = used.includes('givenNames') || used.includes('surname');
  if (!used.includes('id') || !hasName || new Set(used).size < used.length) throw refused(line, 'header');
  return { fields, named: {}, unused: names.filter((name, position) => fields[position] === null && name !== '') };
}

/** The columns of JSON Lines, where each row names its fields. Fails as `columnsOf` for a mapping to no field. */
export function columnsOfJson(mapping: ReadonlyMap<string, string>): Columns {
  const named = [...mapping].map(([field, name]) => [name, fieldNamed(field)] as const);
  if (named.some(([, field]) => field === null)) throw refused(1, 'mapping');
  return { fields: [], named: Object.fromEntries(named) as Record<string, string>, unused: [] };
}

function refused(line: number, reason: 'header' | 'mapping'): Failure {
  return new Failure('holder.import-malformed', { line, reason });
}

/** A row as its fields: texts by name, those of other numbers and of documents as `number1.country`. */
export type RawRow = ReadonlyMap<string, string>;

/**
 * A row of a table, by its columns. Excel leaves out delimiters behind the last filled cell of a row, and writes some for cells that
 * were once used: a row may lack columns that mean nothing, and have empty cells beyond the last. One that lacks a column
 * that is used may have been cut, and what it would say of its person is not known.
 */
export function rawOfFields(fields: readonly string[], columns: Columns): RawRow | 'columns' {
  const lacks = columns.fields.slice(fields.length).some((field) => field !== null);
  const more = fields.slice(columns.fields.length).some((text) => text.trim() !== '');
  if (lacks || more) return 'columns';
  const raw = new Map<string, string>();
  for (const [position, field] of columns.fields.entries()) {
    const text = fields[position] ?? '';
    if (field !== null && text !== '') raw.set(field, text);
  }
  return raw;
}

/**
 * A row of JSON Lines: `numbers` and `documents` are lists of objects, everything else texts. `field-twice` where two members
 * are one field, by one name (RFC 8259 §4) or by two that mean the same: which of both is the person's nobody can tell.
 */
export function rawOfJson(text: string, columns: Columns): RawRow | 'json' | 'field-twice' {
  const read = readStrictText(text);
  if ('refused' in read) return read.refused === memberTwice ? 'field-twice' : 'json';
  const row = read.value;
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'json';
  const members: [field: string | null, value: unknown][] = [];
  for (const [name, value] of Object.entries(row)) {
    if (name !== 'numbers' && name !== 'documents') {
      members.push([fieldOfMember(name, columns), typeof value === 'boolean' ? (value ? 'yes' : '') : value]);
      continue;
    }
    if (value === null) continue;
    if (!Array.isArray(value) || value.length > mostOfAKind) return 'json';
    for (const [position, one] of value.entries()) {
      if (typeof one !== 'object' || one === null) return 'json';
      const group = `${name.slice(0, -1)}${position + 1}`;
      for (const [part, value] of Object.entries(one)) {
        if (value !== null && typeof value !== 'string') return 'json';
        members.push([fieldNamed(`${group}.${part}`), value]);
      }
    }
  }
  const raw = new Map<string, string>();
  for (const [field, value] of members) {
    if (field === null || value === null) continue;
    if (typeof value !== 'string') return 'json';
    if (raw.has(field)) return 'field-twice';
    raw.set(field, value);
  }
  return raw;
}

// As in a header: where somebody said which column is a field, the one that bears its name is not.
function fieldOfMember(name: string, { named }: Columns): string | null {
  if (Object.hasOwn(named, name)) return named[name] ?? null;
  const own = fieldNamed(name);
  return own !== null && Object.values(named).includes(own) ? null : own;
}
