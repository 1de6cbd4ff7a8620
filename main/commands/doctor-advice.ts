import { failureWords } from '../../resources/failures/failures.ts';
import type { FailureCode } from '../result/failure-codes.ts';

/**
 * What whoever looks at a machine with `doctor` does about a failure. The failure's own words are for staff at the desk and
 * send them to IT; here IT itself reads, so what IT is called for is said outright.
 */
export function adviceToAdministrators(code: FailureCode, platform: NodeJS.Platform): string {
  if (code === 'reader.service-stopped')
    return startService[platform] ?? 'Start the smart card service of this machine.';
  if (code === 'trust.empty') return 'Import a master list: styrk trust import --help.';
  if (code === 'log.older' || code === 'log.forked')
    return 'Tell your security officer, and keep that file: it shows what this folder lacks. What then is to be done: docs/backup.md, "After an older state".';
  if (code === 'witness.ahead' || code === 'witness.disagrees')
    return 'Tell your security officer, and leave this folder and that of the witness as they are: together they show what this folder lacks. What then is to be done: docs/backup.md, "After an older state".';
  if (code === 'log.not-cosigned')
    return 'A witness has not cosigned the newest record yet. Ask it now, and see why it does not: styrk records cosign.';
  if (code === 'runtime.version') return 'Run Styrk on Node 24 or 26.';
  return failureWords('en', code).staff;
}

// What lies in the issue itself; whom to trust, and what the station could not do just then, is the station's own.
const theirs = /^(fleet|policy|input)\.|^bundle\.(?!signer-not-pinned$)|^holder\.import-malformed$/;

/** What to do at a station about something that headquarters issued and that could not be taken: nobody there chose a file. */
export function adviceOnIssue(code: FailureCode): string {
  return theirs.test(code) ? 'Tell headquarters. What was here before still counts.' : failureWords('en', code).staff;
}

// The names under which the systems know their PC/SC service.
const startService: Partial<Record<NodeJS.Platform, string>> = {
  linux:
    'Install pcscd where it is missing, and start it: systemctl enable --now pcscd.socket, or pcscd without systemd.',
  win32: 'Start the Smart Card service (SCardSvr). Windows starts it with the first reader.',
};
