// Source maps, version 3: https://tc39.es/ecma426/
import { decode, encode } from '@jridgewell/sourcemap-codec';

/**
 * The map without the sources that `isLeftOut` names, and without texts: whoever debugs has line and
 * file, and the texts would be more than a third of the package. Where code of what is left out
 * stands, it says that this is from nowhere, or it would seem to belong to the source before.
 */
export function leaveOutSources({ sourcesContent, ...map }, isLeftOut) {
  const kept = map.sources.flatMap((source, index) => (isLeftOut(source) ? [] : [index]));
  const newSource = new Map(kept.map((index, position) => [index, position]));
  const names = [];
  const newName = new Map();
  const renamed = name => {
    if (!newName.has(name)) newName.set(name, names.push(map.names[name]) - 1);
    return newName.get(name);
  };
  const lines = decode(map.mappings).map(line => {
    let wasNowhere = true;
    return line.flatMap(([column, source, sourceLine, sourceColumn, name]) => {
      const position = newSource.get(source);
      if (position === undefined) {
        if (wasNowhere) return [];
        wasNowhere = true;
        return [[column]];
      }
      wasNowhere = false;
      const named = name === undefined ? [] : [renamed(name)];
      return [[column, position, sourceLine, sourceColumn, ...named]];
    });
  });
  return {
    ...map,
    sources: kept.map(index => map.sources[index]),
    names,
    mappings: encode(lines),
  };
}
