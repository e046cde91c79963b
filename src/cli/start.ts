import { join } from 'node:path';
import { loadCached } from './code-cache';

const { exports, code } = loadCached(join(__dirname, 'lib', 'main.js'), process.env);
(exports as typeof import('./main')).main(code);
