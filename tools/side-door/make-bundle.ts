import { makeBundle } from './make.ts';

// `node tools/side-door/make-bundle.ts ROOT`: makes the bundle of the side door of that checkout. Exit status 1 where it cannot.
await makeBundle(process.argv[2] ?? '');
