import * as v from 'valibot';
import { longest } from '../main/result/bounds.ts';
import { code, count, day, done, list, nothing, text } from './contract-parts.ts';

/*
 * The way to headquarters, as the office shows, tends and sets it: a part of the contract (`contract.ts`). Files are chosen in dialogs
 * of the system and read by the main process; of what lies in them the page is told what is public and nothing of a secret. Setting
 * and taking back is confirmed outside the page (`main/station/dangerous-acts.ts`) and a recorded act.
 */

/** Bounds of what is told of headquarters. */
export const headquartersBounds = { host: 300, database: 100, kinds: 8, part: 20, files: 8 } as const;

/** SHA-256 of a certificate, or a public key, in lower-case hex. */
const hex = text(64);
const instant = text(30);
const whole = v.pipe(v.number(), v.integer());

const certificateSchema = v.object({
  subject: text(longest.issuerName),
  fingerprint: hex,
  notAfter: day,
  /** Below zero past its last day. */
  daysLeft: whole,
});

/** How many of each kind. */
const countsSchema = v.object({ records: count, checkpoints: count, answers: count, erasures: count });

/** How a try ended: `code` null, well. */
const tried = { triedAt: instant, code: v.nullable(code), failingSince: v.nullable(instant) } as const;

export const setHeadquartersSchema = v.object({
  host: text(headquartersBounds.host),
  port: count,
  database: text(headquartersBounds.database),
  user: text(headquartersBounds.database),
  /** By what the station proves itself, and by what the server must; null: by nothing, by a generally known authority. */
  certificate: v.nullable(certificateSchema),
  authority: v.nullable(certificateSchema),
  /** Whether it proves itself at all: the certificate in a PKCS#12 file may not be told. */
  identified: v.boolean(),
  password: v.boolean(),
  sealingKey: hex,
  issuingKey: v.nullable(hex),
  receives: v.boolean(),
  setAt: instant,
  setBy: list(text(longest.sign), 2),
});

/** Files that somebody chose to set headquarters with, by what lies in them. */
const chosenSchema = v.object({
  files: list(
    v.object({
      part: v.picklist([
        'authority',
        'certificate',
        'key',
        'sealing',
        'issuing',
        'receiving',
        'passphrase',
        'password',
      ]),
      name: text(longest.fileName),
      certificate: v.nullable(certificateSchema),
      /** Of a public key of headquarters; null for what is secret. */
      publicKey: v.nullable(hex),
    }),
    headquartersBounds.files,
  ),
  /** Whether they are enough, and fit together. */
  ready: v.boolean(),
  /** Why certificate and key cannot be used as they are. */
  hindrance: v.nullable(code),
});

export const headquartersViewSchema = v.object({
  now: instant,
  /** Who the station is: headquarters enrols it by these. */
  station: v.object({ id: text(60), publicKey: hex, role: text(100) }),
  set: v.nullable(setHeadquartersSchema),
  delivery: v.nullable(
    v.object({
      parts: list(
        v.object({
          part: v.picklist(['records', 'checkpoints', 'answers', 'erasures']),
          newest: count,
          delivered: count,
          deliveredAt: v.nullable(instant),
        }),
        headquartersBounds.kinds,
      ),
      /** Of what somebody counts: a checkpoint goes with its record. */
      waiting: count,
      waitingSince: v.nullable(instant),
      last: v.nullable(v.object(tried)),
      /** So many that it had taken it had no longer, and they were delivered again. */
      wentBack: v.nullable(v.object({ count, at: instant })),
      pulled: list(
        v.object({ kind: text(headquartersBounds.part), number: count, issuedAt: instant, takenAt: instant }),
        headquartersBounds.kinds,
      ),
      lastPull: v.nullable(v.object(tried)),
    }),
  ),
  /** What was chosen and is not set yet; null where nothing was. */
  chosen: v.nullable(chosenSchema),
});

/** What somebody has done with headquarters now: so many of so many; null where nobody can know the whole. */
export const headquartersWorkSchema = v.object({
  kind: v.picklist(['deliver', 'fetch', 'write', 'take']),
  done: count,
  all: v.nullable(count),
});

const issueKind = v.picklist(['trust', 'roster', 'blocked', 'operators']);
const issueSchema = v.object({
  kind: issueKind,
  number: count,
  outcome: v.picklist(['taken', 'known', 'older']),
});

/** The calls of this part. All of them fail with `storage.locked` while the folder is. */
export const headquartersMethods = {
  'headquarters.state': { args: nothing, answer: headquartersViewSchema },
  /**
   * Delivers what waits, now, beside the desk; how far it is stands in the snapshots. Fails with `fleet.not-set`, `service.cancelled`,
   * and as the delivery in the background does.
   */
  'headquarters.deliver': { args: nothing, answer: countsSchema },
  /**
   * Fetches what headquarters issued and takes what is new; what of it was `refused`, kind by kind, keeps nothing else back. Fails with `case.busy`, `trust.busy`, `holder.import-running` while
   * somebody is served or its lists are worked on, and as the fetching in the background does.
   */
  'headquarters.fetch': {
    args: nothing,
    answer: v.object({
      issues: list(issueSchema, headquartersBounds.kinds),
      refused: list(v.object({ kind: issueKind, number: count, code }), headquartersBounds.kinds),
    }),
  },
  /** Asks what somebody has done here to end: what has arrived stays, and the next try goes on there. */
  'headquarters.cancel': { args: nothing, answer: done },
  /**
   * Lets an administrator choose files in a dialog of the system: what headquarters gave the station (each is known by what lies in
   * it), or a file whose first line is a secret; null where none was chosen. Nothing is set. Fails with `input.unreadable`,
   * `input.too-large`, `fleet.malformed`, each with the name of the `file` at fault.
   */
  'headquarters.choose': {
    args: v.tuple([v.picklist(['files', 'passphrase', 'password'])]),
    answer: v.nullable(chosenSchema),
  },
  /** Forgets the chosen files. */
  'headquarters.leave': { args: nothing, answer: done },
  /**
   * Sets headquarters at this address with the chosen files, once two administrators have confirmed it in the window outside this page
   * (by name where nobody signs in). Fails with `service.unusable`, `fleet.not-set` where no files were chosen or headquarters' sealing
   * key is not among them, `operator.second-needed`, `trust.not-confirmed`, `confirm.timed-out`, `confirm.open`, `confirm.changed`.
   */
  'headquarters.set': { args: v.tuple([text(longest.place)]), answer: done },
  /** Takes it back, confirmed as above; one administrator is enough where there is one. Fails with `fleet.not-set`, and as above. */
  'headquarters.unset': { args: nothing, answer: done },
  /**
   * Writes what headquarters has not confirmed as one file, sealed for it and signed by the station, where a person says in a dialog
   * of the system; null where they said nowhere. `more`: it does not hold all. Fails with `fleet.not-set`, `service.cancelled`,
   * `output.unwritable`.
   */
  'headquarters.writeFile': {
    args: nothing,
    answer: v.nullable(v.object({ file: text(longest.fileName), rows: countsSchema, more: v.boolean() })),
  },
  /**
   * Takes a file of headquarters' that a person chooses in a dialog of the system: what it issued, or a receipt; null where none was
   * chosen. Fails as fetching does, with `input.unreadable`, `input.too-large`, `fleet.malformed`, and as the file does, with its name
   * in `file`.
   */
  'headquarters.takeFile': {
    args: nothing,
    answer: v.nullable(v.union([v.object({ issue: issueSchema }), v.object({ arrived: countsSchema })])),
  },
} as const;

export type HeadquartersMethod = keyof typeof headquartersMethods;
export type HeadquartersView = v.InferOutput<typeof headquartersViewSchema>;
export type HeadquartersChosen = v.InferOutput<typeof chosenSchema>;
export type HeadquartersCertificate = v.InferOutput<typeof certificateSchema>;
export type HeadquartersWorkView = v.InferOutput<typeof headquartersWorkSchema>;
