import type { Command } from './command.ts';

/** A command by name, loaded when it is called: a start reads only what it needs. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Every command of the side door, in the order of the help. */
export const commandTable: readonly CommandEntry[] = [
  {
    name: 'demo',
    summary: 'A guided training case in the terminal: from a specimen to a sealed record',
    load: () => import('./demo.ts'),
  },
  {
    name: 'doctor',
    summary: 'What works on this machine: reader, service, trust, clock, storage',
    load: () => import('./doctor.ts'),
  },
  {
    name: 'installation check',
    summary: 'Whether packages of Styrk are those that the bank signed, and not older than this one',
    load: () => import('./installation-check.ts'),
  },
  { name: 'readers', summary: 'The card readers of this machine', load: () => import('./readers.ts') },
  {
    name: 'station show',
    summary: 'Whether this station is attended',
    load: () => import('./station-show.ts'),
  },
  {
    name: 'station set',
    summary: 'Says whether this station is attended; for administrators, at set-up',
    load: () => import('./station-set.ts'),
  },
  {
    name: 'station cameras',
    summary: 'Which camera films faces, and which one the lines of a document',
    load: () => import('./station-cameras.ts'),
  },
  {
    name: 'policy check',
    summary: 'What a policy says, its gaps, and what becomes stricter or looser by it',
    load: () => import('./policy-check.ts'),
  },
  {
    name: 'policy show',
    summary: 'The policies by which this station judges, in words',
    load: () => import('./policy-show.ts'),
  },
  {
    name: 'service set',
    summary: "Names a service that this station may ask: register, digital-id, or the bank's directory",
    load: () => import('./service-set.ts'),
  },
  { name: 'service show', summary: 'The services that this station may ask', load: () => import('./service-show.ts') },
  { name: 'service unset', summary: 'Takes a service back', load: () => import('./service-unset.ts') },
  {
    name: 'fleet set',
    summary: 'Names the headquarters that this station delivers its records to',
    load: () => import('./fleet-set.ts'),
  },
  {
    name: 'fleet show',
    summary: 'Who this station is to its headquarters, and which one is set',
    load: () => import('./fleet-show.ts'),
  },
  {
    name: 'fleet unset',
    summary: 'Takes headquarters back',
    load: () => import('./fleet-unset.ts'),
  },
  {
    name: 'fleet deliver',
    summary: 'Delivers to headquarters what waits, now',
    load: () => import('./fleet-deliver.ts'),
  },
  {
    name: 'fleet status',
    summary: 'How far the delivery to headquarters is',
    load: () => import('./fleet-status.ts'),
  },
  {
    name: 'fleet pull',
    summary: 'Fetches what headquarters issued, and takes what is new',
    load: () => import('./fleet-pull.ts'),
  },
  {
    name: 'fleet export',
    summary: 'Writes what headquarters has not confirmed as a signed file',
    load: () => import('./fleet-export.ts'),
  },
  {
    name: 'fleet import',
    summary: 'Takes a file of headquarters; at headquarters one of a station',
    load: () => import('./fleet-import.ts'),
  },
  {
    name: 'fleet publish',
    summary: 'For headquarters: signs and issues what stations are to take',
    load: () => import('./fleet-publish.ts'),
  },
  {
    name: 'fleet migrate',
    summary: 'For headquarters: makes its tables in PostgreSQL, or brings them up to date',
    load: () => import('./fleet-migrate.ts'),
  },
  {
    name: 'fleet enrol',
    summary: 'For headquarters: enrols a station',
    load: () => import('./fleet-enrol.ts'),
  },
  {
    name: 'fleet keys',
    summary: 'For headquarters: makes its keys',
    load: () => import('./fleet-keys.ts'),
  },
  {
    name: 'fleet erase',
    summary: 'Erases at headquarters what stations have erased; for headquarters',
    load: () => import('./fleet-erase.ts'),
  },
  {
    name: 'fleet read',
    summary: 'For headquarters: proves and opens a record that a station delivered',
    load: () => import('./fleet-read.ts'),
  },
  {
    name: 'trust import',
    summary: 'Takes lists, directory exports, certificates, revocations, defects, station bundles',
    load: () => import('./trust-import.ts'),
  },
  { name: 'trust list', summary: 'The certificates that this station believes', load: () => import('./trust-list.ts') },
  {
    name: 'trust show',
    summary: 'The trust store and its last update, or one certificate',
    load: () => import('./trust-show.ts'),
  },
  {
    name: 'trust why',
    summary: 'Why a certificate is believed, or is not: path, lists, refusals',
    load: () => import('./trust-why.ts'),
  },
  {
    name: 'trust export',
    summary: 'What this station believes as one signed file for another station',
    load: () => import('./trust-export.ts'),
  },
  {
    name: 'trust limits',
    summary: 'How old lists may be at this station',
    load: () => import('./trust-limits.ts'),
  },
  {
    name: 'trust update',
    summary: 'Fetches lists from the place that is set and takes what is new, all or nothing',
    load: () => import('./trust-update.ts'),
  },
  {
    name: 'trust source',
    summary: 'Where lists are fetched: a folder or https addresses',
    load: () => import('./trust-source.ts'),
  },
  {
    name: 'trust reread',
    summary: 'Reads what the trust store holds with a second reader and compares',
    load: () => import('./trust-reread.ts'),
  },
  { name: 'trust history', summary: 'Every change of the trust store', load: () => import('./trust-history.ts') },
  {
    name: 'trust mend',
    summary: 'Takes out what was changed past Styrk: the way back from trust.tampered',
    load: () => import('./trust-mend.ts'),
  },
  {
    name: 'clock accept',
    summary: 'Says that the newest day that the station has seen was wrong',
    load: () => import('./clock-accept.ts'),
  },
  {
    name: 'trust restore',
    summary: 'Takes the newest change of the trust store back',
    load: () => import('./trust-restore.ts'),
  },
  {
    name: 'trust unpin',
    summary: 'Takes a pinned signer back, and what rests on it',
    load: () => import('./trust-unpin.ts'),
  },
  {
    name: 'banks add',
    summary: 'Lets a system of the bank send signed orders',
    load: () => import('./banks-add.ts'),
  },
  {
    name: 'banks list',
    summary: "The bank's systems that may send orders, and the keys that answers are verified by",
    load: () => import('./banks-list.ts'),
  },
  {
    name: 'banks connect',
    summary: 'How the server of a system is reached: by which certificates',
    load: () => import('./banks-connect.ts'),
  },
  { name: 'banks remove', summary: 'Takes a system of the bank back', load: () => import('./banks-remove.ts') },
  {
    name: 'order serve',
    summary: "Takes the bank's orders in without a window, and gives answers out",
    load: () => import('./order-serve.ts'),
  },
  {
    name: 'order host',
    summary: 'What a browser starts to hand orders over (native messaging)',
    load: () => import('./order-host.ts'),
  },
  {
    name: 'order install-host',
    summary: 'Tells Chrome or Edge of the program that hands orders over',
    load: () => import('./order-install-host.ts'),
  },
  {
    name: 'answer show',
    summary: 'An answer of this station in words, proved',
    load: () => import('./answer-show.ts'),
  },
  { name: 'check', summary: 'Judges saved files of a chip, without a chip', load: () => import('./check.ts') },
  {
    name: 'inspect',
    summary: 'Reads a document on a reader and judges it alone, without a purpose',
    load: () => import('./inspect.ts'),
  },
  {
    name: 'verify',
    summary: 'A whole case: reads a document, compares it with the holder, seals a record',
    load: () => import('./verify.ts'),
  },
  {
    name: 'referrals list',
    summary: 'The cases that wait for a colleague',
    load: () => import('./referrals-list.ts'),
  },
  { name: 'referrals show', summary: 'One of them, as it comes out today', load: () => import('./referrals-show.ts') },
  {
    name: 'referrals decide',
    summary: 'Decides one, by the own sign-in of a colleague who never had it',
    load: () => import('./referrals-decide.ts'),
  },
  {
    name: 'referrals stations',
    summary: 'The stations that are trusted with referred cases, and the card of this one',
    load: () => import('./referrals-stations.ts'),
  },
  {
    name: 'referrals trust',
    summary: 'Trusts another station of the bank with referred cases',
    load: () => import('./referrals-trust.ts'),
  },
  {
    name: 'referrals distrust',
    summary: 'Takes that back',
    load: () => import('./referrals-distrust.ts'),
  },
  {
    name: 'referrals route',
    summary: 'Referred cases go to a trusted station by themselves, over headquarters',
    load: () => import('./referrals-route.ts'),
  },
  {
    name: 'referrals unroute',
    summary: 'Takes that back',
    load: () => import('./referrals-unroute.ts'),
  },
  {
    name: 'referrals export',
    summary: 'Hands referred cases over to another station as a sealed file',
    load: () => import('./referrals-export.ts'),
  },
  {
    name: 'referrals import',
    summary: 'Takes such a file in, or how cases ended at another station',
    load: () => import('./referrals-import.ts'),
  },
  {
    name: 'referrals answer',
    summary: 'Tells a station how its cases ended here, as a sealed file',
    load: () => import('./referrals-answer.ts'),
  },
  {
    name: 'referrals give-back',
    summary: 'Gives a case back to the station that handed it over, undecided',
    load: () => import('./referrals-give-back.ts'),
  },
  {
    name: 'holders import',
    summary: 'Takes a register of holders from CSV',
    load: () => import('./holders-import.ts'),
  },
  { name: 'holders find', summary: 'Finds holders by number, id or name', load: () => import('./holders-find.ts') },
  { name: 'records list', summary: 'The sealed records, newest first', load: () => import('./records-list.ts') },
  { name: 'records show', summary: 'One record as it was sealed', load: () => import('./records-show.ts') },
  { name: 'records check', summary: 'Whether the chain of records is whole', load: () => import('./records-check.ts') },
  {
    name: 'records export',
    summary: 'Records as one file that the station signs, for the bank and authorities',
    load: () => import('./records-export.ts'),
  },
  {
    name: 'records extract',
    summary: 'What is kept of a person, for the person, as one signed file',
    load: () => import('./records-extract.ts'),
  },
  {
    name: 'records event',
    summary: 'Says from which day the years run for which records are kept',
    load: () => import('./records-event.ts'),
  },
  {
    name: 'records hold',
    summary: 'Keeps records longer because an authority asks for it',
    load: () => import('./records-hold.ts'),
  },
  { name: 'records release', summary: 'Ends a hold', load: () => import('./records-release.ts') },
  {
    name: 'records due',
    summary: 'Which records are due to be erased, and which are held',
    load: () => import('./records-due.ts'),
  },
  {
    name: 'records erase',
    summary: 'Erases the records whose time is over',
    load: () => import('./records-erase.ts'),
  },
  {
    name: 'backup',
    summary: 'The whole folder as one file, sealed for the bank’s key, while it is in use',
    load: () => import('./backup.ts'),
  },
  { name: 'backup key', summary: 'The bank’s key for which backups are made', load: () => import('./backup-key.ts') },
  { name: 'restore', summary: 'Makes a folder out of a backup', load: () => import('./restore.ts') },
  {
    name: 'records receipt',
    summary: 'The proof that a record stands in the log',
    load: () => import('./records-receipt.ts'),
  },
  {
    name: 'records prove',
    summary: 'Checks such a proof offline',
    load: () => import('./records-prove.ts'),
  },
  {
    name: 'records anchor',
    summary: 'Where checkpoints of the log go: files, witnesses',
    load: () => import('./records-anchor.ts'),
  },
  {
    name: 'records sign',
    summary: 'How checkpoints of the log are signed, and by which keys',
    load: () => import('./records-sign.ts'),
  },
  {
    name: 'records cosign',
    summary: 'Writes the newest checkpoint there and asks the witnesses',
    load: () => import('./records-cosign.ts'),
  },
  {
    name: 'records witness',
    summary: "A witness of other stations' logs",
    load: () => import('./records-witness.ts'),
  },
  {
    name: 'order show',
    summary: 'An order in words, its hash, and what speaks against it',
    load: () => import('./order-show.ts'),
  },
  {
    name: 'operators add',
    summary: 'Adds an operator who signs in; the first one is an administrator',
    load: () => import('./operators-add.ts'),
  },
  { name: 'operators list', summary: 'Who signs in to this folder', load: () => import('./operators-list.ts') },
  {
    name: 'operators show',
    summary: 'One operator, with the cases of the last half year',
    load: () => import('./operators-show.ts'),
  },
  { name: 'operators role', summary: 'Gives an operator another role', load: () => import('./operators-role.ts') },
  {
    name: 'operators export',
    summary: 'Writes operators for all stations of a headquarters; for administrators there',
    load: () => import('./operators-export.ts'),
  },
  {
    name: 'operators train',
    summary: 'Says until when an operator counts as trained',
    load: () => import('./operators-train.ts'),
  },
  { name: 'operators reset', summary: 'Lets a locked operator try afresh', load: () => import('./operators-reset.ts') },
  {
    name: 'operators secret',
    summary: "A new secret: one's own, or another's by two administrators",
    load: () => import('./operators-secret.ts'),
  },
  {
    name: 'operators remove',
    summary: 'Takes an operator out; the records that name them stay',
    load: () => import('./operators-remove.ts'),
  },
  { name: 'specimens', summary: 'The documents that the simulator can play', load: () => import('./specimens.ts') },
  {
    name: 'replay',
    summary: 'Runs a recorded protocol again, and tells whether the same keys and commands come out',
    load: () => import('./replay.ts'),
  },
  { name: 'chip', summary: 'Plays a specimen into a virtual PC/SC reader', load: () => import('./chip.ts') },
];
