import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { documentsPage, faultsPage } from './pages.ts';
import { policiesPage } from './policies-page.ts';

const docs = resolve(import.meta.dirname, '../../docs');
writeFileSync(resolve(docs, 'documents.md'), documentsPage());
writeFileSync(resolve(docs, 'faults.md'), faultsPage());
writeFileSync(resolve(docs, 'policies-table.md'), policiesPage());
