export { writeNewFiles } from '../machine/output-file.ts';
