#!/usr/bin/env bash
# An accessible PDF (tagged, in a language, with a title; PDF/UA) goes into one file with others, as certificates are put together for a
# case: `copyPages` of pdf-lib, the usual way on npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts pdf-lib@1.17.1 pdfkit@0.20.2

cat <<'TEXT'
guess: a copied page brings its tags, as it brings its fonts and pictures; title and language are the new file's own affair.
true:  the page keeps the marks in its content and its number in the structure tree (/StructParents), and the tree itself stays
       behind, with every role and every text in place of a picture. For a screen reader it is a page without structure, it looks the
       same, and nothing is said. Loading and saving the file whole keeps all of it.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PDFDocument as Lib, PDFName } from 'pdf-lib';
import Kit from 'pdfkit';

const version = (name) => `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version}`;
console.log(`version: ${['pdf-lib', 'pdfkit'].map(version).join(', ')}, node ${process.versions.node}`);
const kit = new Kit({ pdfVersion: '1.7', subset: 'PDF/UA', tagged: true, lang: 'sv', displayTitle: true, info: { Title: 'Case' }, compress: false });
const parts = [];
kit.on('data', (part) => parts.push(part));
const ended = new Promise((settle) => kit.on('end', settle));
const document = kit.struct('Document');
kit.addStructure(document);
document.add(kit.struct('H1', () => kit.text('A heading')));
document.end();
kit.end();
await ended;
const file = Buffer.concat(parts);

// The page's content is not compressed: its marks can be read in the file.
async function seen(pdf) {
  const bytes = await pdf.save({ useObjectStreams: false });
  const { catalog, context } = await Lib.load(bytes);
  const [tree, marked] = ['StructTreeRoot', 'MarkInfo'].map((name) => catalog.has(PDFName.of(name)));
  const elements = context.enumerateIndirectObjects().filter(([, object]) => object.get?.(PDFName.of('S')) === PDFName.of('H1'));
  const text = Buffer.from(bytes).toString('latin1');
  return { tree, marked, elements: elements.length, structParents: text.includes('/StructParents'), marks: /\/H1 <<[^>]*>> BDC/.test(text) };
}
const original = await Lib.load(file);
const copy = await Lib.create();
copy.addPage((await copy.copyPages(original, [0]))[0]);
const saved = await seen(original);
const copied = await seen(copy);
console.log('seen:  loaded and saved', JSON.stringify(saved));
console.log('seen:  page copied     ', JSON.stringify(copied));
assert.deepEqual(saved, { tree: true, marked: true, elements: 1, structParents: true, marks: true });
assert.deepEqual(copied, { tree: false, marked: false, elements: 0, structParents: true, marks: true });
JS
node seen.mjs
