/*
 * Two registers give ids of their own, the files that a station imports and the bank's own directory, and one id may be two people's:
 * whom the directory knows bears its id here after a word that no row of a file may begin with.
 */
const before = 'directory:';

/** The id of a person of the directory as the house writes it. */
export function directoryId(stated: string): string {
  return before + stated;
}

/** What the directory itself calls the person of this id; null for the id of somebody on file. */
export function statedDirectoryId(id: string): string | null {
  return id.startsWith(before) ? id.slice(before.length) : null;
}
