/**
 * What people call a case by, on a kiosk's last screen and in the queue: the last six characters of the id of its record (a UUID,
 * so hexadecimal digits), in capitals. Two cases may have the same.
 */
export function caseNumber(recordId: string): string {
  return recordId.slice(-6).toUpperCase();
}
