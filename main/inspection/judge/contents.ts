import { type ActiveAuthenticationKey, parseActiveAuthenticationKey } from '../../chip/active-authentication-key.ts';
import type { FileName } from '../../chip/files.ts';
import { parseSecurityInfos, type SecurityInfo } from '../../chip/security-infos.ts';
import { parseCom } from '../../document/com.ts';
import { parseDg1 } from '../../document/dg1.ts';
import { parseDg2 } from '../../document/dg2.ts';
import { parseDg7 } from '../../document/dg7.ts';
import { parseDg11 } from '../../document/dg11.ts';
import { parseDg12 } from '../../document/dg12.ts';
import { parseDg13 } from '../../document/dg13.ts';
import { parseDg16 } from '../../document/dg16.ts';
import { decodeTlv } from '../../document/tlv.ts';
import type { Mrz } from '../../document/types.ts';
import { asFailure, Failure, type PlainFailure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { parseSignedData } from '../../trust/cms/cms.ts';
import { type LdsSecurityObject, parseLdsSecurityObject } from '../../trust/cms/lds-security-object.ts';

function parsersFor(at: PlainDate) {
  return {
    'EF.CardAccess': cardAccessInfos,
    'EF.COM': parseCom,
    'EF.SOD': unverifiedContent,
    'EF.DG1': (file: Uint8Array): Mrz => parseDg1(file, at),
    'EF.DG2': parseDg2,
    'EF.DG7': parseDg7,
    'EF.DG11': parseDg11,
    'EF.DG12': parseDg12,
    'EF.DG13': parseDg13,
    'EF.DG14': (file: Uint8Array): readonly SecurityInfo[] => parseSecurityInfos(decodeTlv(file).value),
    'EF.DG15': (file: Uint8Array): { readonly key: ActiveAuthenticationKey | null } => ({
      key: parseActiveAuthenticationKey(decodeTlv(file).value),
    }),
    'EF.DG16': parseDg16,
  } as const satisfies Partial<Record<FileName, (file: Uint8Array) => unknown>>;
}

type Parsers = ReturnType<typeof parsersFor>;
type Understood = { readonly value: unknown } | { readonly malformed: PlainFailure };

// The file is there for the sake of its PACEInfo (9303-11 §9.2.11): one that says nothing at all is none of a standard's.
function cardAccessInfos(file: Uint8Array): readonly SecurityInfo[] {
  const infos = parseSecurityInfos(file);
  if (infos.length === 0) throw new Failure('security-infos.malformed', { reason: 'empty' });
  return infos;
}

// What EF.SOD lists, before its signature is verified: it says what to ask the chip for, not what to believe.
function unverifiedContent(securityObject: Uint8Array): LdsSecurityObject {
  return parseLdsSecurityObject(parseSignedData(decodeTlv(securityObject).value).content);
}

/**
 * What a document's files say, understood when it is first asked for and once only: while a chip is read, and when what was
 * read is judged. Each file is understood here alone, whichever door it came through.
 */
export class Contents {
  readonly #bytesOf: (file: FileName) => Uint8Array | null;
  readonly #parsers: Parsers;
  readonly #understood = new Map<FileName, { readonly bytes: Uint8Array; readonly as: Understood }>();

  /** `bytesOf` answers null for a file that is not there (yet). `at`: by which day the years of two digits are told. */
  constructor(bytesOf: (file: FileName) => Uint8Array | null, at: PlainDate) {
    this.#bytesOf = bytesOf;
    this.#parsers = parsersFor(at);
  }

  /** What the file says; null where it is not there or cannot be understood. */
  of<Name extends keyof Parsers>(file: Name): ReturnType<Parsers[Name]> | null {
    const understood = this.#understand(file);
    return understood !== null && 'value' in understood ? (understood.value as ReturnType<Parsers[Name]>) : null;
  }

  /** Why a file that is there cannot be understood; null where it can, or nobody here reads it. */
  malformed(file: FileName): PlainFailure | null {
    const understood = file in this.#parsers ? this.#understand(file as keyof Parsers) : null;
    return understood !== null && 'malformed' in understood ? understood.malformed : null;
  }

  /** The data groups that EF.COM or EF.SOD announce (9303-10 §4.6); null where neither can tell. */
  get announced(): ReadonlySet<number> | null {
    const [common, securityObject] = [this.of('EF.COM'), this.of('EF.SOD')];
    if (common === null && securityObject === null) return null;
    return new Set([...(common?.dataGroups ?? []), ...(securityObject?.hashes.keys() ?? [])]);
  }

  #understand(file: keyof Parsers): Understood | null {
    const bytes = this.#bytesOf(file);
    if (bytes === null) return null;
    const known = this.#understood.get(file);
    if (known?.bytes === bytes) return known.as;
    const as = understood(() => this.#parsers[file](bytes));
    this.#understood.set(file, { bytes, as });
    return as;
  }
}

function understood(parse: () => unknown): Understood {
  try {
    return { value: parse() };
  } catch (thrown) {
    return { malformed: asFailure(thrown) };
  }
}
