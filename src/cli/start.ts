import path from 'node:path';
import { requireCached } from './code-cache';

const { exports, keep } = requireCached(path.join(__dirname, 'lib', 'main.js'), process.env);
(exports as typeof import('./main')).main(keep);
