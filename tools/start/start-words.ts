/** The words of a start, with the links of a bank's (`styrk:...`) among them apart. */
export interface StartWords {
  readonly words: readonly string[];
  readonly links: readonly string[];
}

export function startWords(given: readonly string[]): StartWords {
  const isLink = (word: string): boolean => /^styrk:/i.test(word);
  return { words: given.filter((word) => !isLink(word)), links: given.filter(isLink) };
}

/** The words of the app, and what was chosen for it besides. A link stands last: Electron takes no word behind a URL. */
export function appWords({ words, links }: StartWords, chosen: readonly string[]): readonly string[] {
  return [...words, ...chosen, ...links];
}

/** What is said in place of a start of the kiosk where there is no display. */
export const kioskWithoutDisplay = `There is no display on this machine, and a kiosk is a window. Without one a browser joins it at port 9222, by Chromium's own tools:

  npm run build
  node tools/run.mjs tools/electron-stand-in/run.ts --headless --debug-port 9222 -- --kiosk --training --reader-port training
`;

/** What is said in place of a start with a link where there is no display. */
export const linkWithoutDisplay = `There is no display on this machine, and a link is opened at the desk. The case goes on in the terminal with the link in place of LINK
(docs/integration.md, Link):

  npm run -s styrk -- verify --training --specimen se-passport --holder asa --purpose renew-bankid --face same --order LINK
`;
