/** Draws the network of manifests/production: npm run draw */
import { writeFile } from 'node:fs/promises';
import { drawn, file } from './files.ts';

await writeFile(file, await drawn());
