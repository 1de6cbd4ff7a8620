// Says of a place in a bundle which line of the sources it was, so that an error at the side door names a line that is there.
const { readFileSync } = require('node:fs');
const { SourceMap } = require('node:module');
const { fileURLToPath } = require('node:url');

/** The stack of an error as the runtime writes it, with the sources' places. */
exports.stackOf = (error, sites) =>
  [nameOf(error), ...sites.map((site) => `    at ${placed(String(site))}`)].join('\n');

const maps = new Map();

function nameOf(error) {
  try {
    return String(error);
  } catch {
    return '<error>';
  }
}

function placed(site) {
  return site.replace(/(file:\/\/[^\s()]+\.mjs):(\d+):(\d+)/, (whole, url, line, column) => {
    try {
      const entry = mapOf(url).findEntry(line - 1, column - 1);
      if (entry.originalSource === undefined) return whole;
      const source = new URL(entry.originalSource, url).href;
      return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    } catch {
      return whole;
    }
  });
}

function mapOf(url) {
  let map = maps.get(url);
  if (map === undefined) {
    map = new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8')));
    maps.set(url, map);
  }
  return map;
}
