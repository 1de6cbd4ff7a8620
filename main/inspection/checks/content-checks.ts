import type { FileName } from '../../chip/files.ts';
import { digest } from '../../crypto/hash.ts';
import { optionalGroups } from '../../document/optional-groups.ts';
import type { FaceDeviation, FaceRecord } from '../../document/types.ts';
import { toHex } from '../../result/bytes.ts';
import { type Check, type Detail, successful, unsuccessful } from '../../result/check.ts';
import type { PlainFailure } from '../../result/failure.ts';
import { isGone } from './access-checks.ts';

/** How a file went that was asked for: why it could not be read, or why what was read could not be understood. */
export interface ContentFinding {
  readonly unread: PlainFailure | null;
  readonly malformed: PlainFailure | null;
  /** SHA-256 of the file in hex, where that is to be kept in the place of its content. */
  readonly digest?: string;
}

/** Every group that is asked for beside the zone and the face. */
export const furtherGroups = [7, 11, 12, 13, 14, 15, 16] as const;

/** Those of them that are asked for wherever they are announced, whatever the policy wants. */
const alwaysWanted = furtherGroups.filter((group) => !optionalGroups.some((optional) => optional === group));

/** How a file went. Of a group that only a policy wanted nothing goes further than its hash. */
export function contentFinding(
  name: FileName,
  file: { readonly bytes: Uint8Array } | { readonly failure: PlainFailure },
  malformed: PlainFailure | null,
): ContentFinding {
  if ('failure' in file) return { unread: file.failure, malformed: null };
  const hashed = optionalGroups.some((group) => name === `EF.DG${group}`);
  return { unread: null, malformed, ...(hashed ? { digest: toHex(digest('SHA-256', file.bytes)) } : {}) };
}

const portrait = 'document.portrait';
const dataGroups = 'document.data-groups';

/** What makes another image of it, or none of a face; other deviations are shown and do no harm. */
const harmful: readonly FaceDeviation[] = ['biometric type', 'face length'];

/**
 * `document.portrait`: whether DG2 holds a face that can be shown (9303-10 §4.7.2). Without it no faces can be compared,
 * however genuine the file. `failed` where the record is not as its standard says, `undetermined` where its kind is not
 * known here or DG2 could not be read. `finding` is null where nobody asked for DG2.
 */
export function portraitCheck(
  face: FaceRecord | null,
  finding: ContentFinding | null,
  end: PlainFailure | null,
): Check {
  if (finding === null) {
    return end === null
      ? unsuccessful(portrait, 'undetermined', 'file.not-read', { dataGroup: 2 })
      : unsuccessful(portrait, 'aborted', end.code);
  }
  const { unread, malformed } = finding;
  if (unread !== null) {
    if (isGone(unread) || end !== null) return unsuccessful(portrait, 'aborted', unread.code);
    return unsuccessful(portrait, 'undetermined', 'data-group.missing', { dataGroup: 2, reason: unread.code });
  }
  if (malformed !== null) {
    const result = malformed.code === 'face.unknown-format' ? 'undetermined' : 'failed';
    return unsuccessful(portrait, result, malformed.code, malformed.fields);
  }
  const [image] = face?.images ?? [];
  if (face === null || image === undefined) return unsuccessful(portrait, 'failed', 'face.no-image');
  const { format, statedFormat, width, height } = image;
  const { standard, images, deviations } = face;
  const detail = { standard, images: images.length, format, statedFormat, width, height, deviations };
  return deviations.some((deviation) => harmful.includes(deviation))
    ? unsuccessful(portrait, 'failed', 'face.malformed', detail)
    : successful(portrait, detail);
}

/**
 * `document.data-groups`: whether every group beside DG1 and DG2 that was asked for is there and can be understood. What
 * is in it stays out of the detail. `failed` where a group is not as its standard says, `undetermined` where it is
 * announced and cannot be had, or where nothing tells which groups there are (`announced` is null), `not supported` where
 * no such group is announced.
 */
export function dataGroupsCheck(
  findings: ReadonlyMap<number, ContentFinding>,
  announced: ReadonlySet<number> | null,
  end: PlainFailure | null,
): Check {
  const groups = [...findings].toSorted(([a], [b]) => a - b);
  const detail: Record<string, Detail> = {
    dataGroups: Object.fromEntries(groups.map(([group, finding]) => [`DG${group}`, wordOf(finding)])),
    sha256: Object.fromEntries(
      groups.flatMap(([group, { digest }]) => (digest === undefined ? [] : [[`DG${group}`, digest]])),
    ),
  };
  const wrong = groups.map(([, finding]) => wrongOf(finding)).find((failure) => failure !== null);
  if (wrong !== undefined) return unsuccessful(dataGroups, 'failed', wrong.code, detail);
  if (end !== null) return unsuccessful(dataGroups, 'aborted', end.code, detail);
  const missing = groups.map(([, { unread }]) => unread).find((failure) => failure !== null);
  if (missing !== undefined) {
    const code = missing.code === 'file.not-found' ? 'data-group.absent' : missing.code;
    return unsuccessful(dataGroups, 'undetermined', code, detail);
  }
  if (announced === null) return unsuccessful(dataGroups, 'undetermined', 'security-object.missing', detail);
  if (alwaysWanted.some((group) => announced.has(group) && !findings.has(group))) {
    return unsuccessful(dataGroups, 'undetermined', 'file.not-read', detail);
  }
  if (groups.length === 0) return unsuccessful(dataGroups, 'not supported', 'data-group.none-optional', detail);
  return successful(dataGroups, detail);
}

function wordOf({ unread, malformed }: ContentFinding): string {
  return unread?.code ?? malformed?.code ?? 'understood';
}

// A file that is not there or kept closed says nothing of its form; one that ends too early or is too large does.
function wrongOf({ unread, malformed }: ContentFinding): PlainFailure | null {
  if (malformed !== null) return malformed;
  const withheld =
    unread === null || isGone(unread) || unread.code === 'file.not-found' || unread.code === 'file.refused';
  return withheld || unread.code.startsWith('secure-messaging.') ? null : unread;
}
