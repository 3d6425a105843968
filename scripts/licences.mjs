// What is bundled brings its licence along: MIT and ISC ask for it, and whoever audits dist/ reads
// there what is in it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const PACKAGE = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** An esbuild plugin that adds the folders of the packages a build takes something from. */
export function noteLibraries(folders) {
  return {
    name: 'note-libraries',
    setup({ initialOptions, onEnd }) {
      initialOptions.metafile = true;
      onEnd(({ metafile }) => {
        for (const { inputs } of Object.values(metafile?.outputs ?? {})) {
          for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
            const folder = PACKAGE.exec(input)?.[1];
            if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
          }
        }
      });
    },
  };
}

/** Packages with the same licence text share one copy of it. */
export function writeLicences(file, folders) {
  const packagesByText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const path = `${folder}/LICENSE`;
    if (!existsSync(path)) throw new Error(`${path} is missing, and ${name} is bundled.`);
    const text = readFileSync(path, 'utf8').trim();
    const packages = packagesByText.get(text) ?? [];
    packages.push(`${name} ${version} (${license})`);
    packagesByText.set(text, packages);
  }
  const parts = [...packagesByText].map(
    ([text, packages]) => `${packages.join('\n')}\n\n${text}\n`,
  );
  writeFileSync(
    file,
    `Parts of these packages are in the files beside this one.\n\n${parts.join(`\n${'-'.repeat(78)}\n\n`)}`,
  );
}
