// Source maps, version 3: https://tc39.es/ecma426/
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE_BITS = 5;
const CONTINUES = 1 << VALUE_BITS;

/**
 * The map without the sources that `isLeftOut` names. Where their code stands, it says that this is
 * from nowhere, or it would seem to belong to the source before.
 */
export function leaveOutSources(map, isLeftOut) {
  const kept = map.sources.flatMap((source, index) => (isLeftOut(source) ? [] : [index]));
  const newSource = new Map(kept.map((index, position) => [index, position]));
  const newName = new Map();
  const lines = segmentsOf(map.mappings).map(line => {
    let wasNowhere = true;
    return line.flatMap(([column, source, ...place]) => {
      const position = newSource.get(source);
      if (position === undefined) {
        if (wasNowhere) return [];
        wasNowhere = true;
        return [[column]];
      }
      wasNowhere = false;
      const [sourceLine, sourceColumn, name] = place;
      const named = name === undefined ? [] : [renumbered(newName, name)];
      return [[column, position, sourceLine, sourceColumn, ...named]];
    });
  });
  return {
    ...map,
    sources: kept.map(index => map.sources[index]),
    sourcesContent: kept.map(index => map.sourcesContent[index]),
    names: [...newName.keys()].map(name => map.names[name]),
    mappings: encode(lines),
  };
}

function renumbered(numbers, number) {
  if (!numbers.has(number)) numbers.set(number, numbers.size);
  return numbers.get(number);
}

// A field counts from the one of its kind before: columns from the line's start, others from the file's.
function segmentsOf(mappings) {
  const last = [0, 0, 0, 0, 0];
  return mappings.split(';').map(line => {
    last[0] = 0;
    if (line === '') return [];
    return line.split(',').map(text => {
      const fields = decodeNumbers(text);
      for (const [i, difference] of fields.entries()) last[i] += difference;
      return last.slice(0, fields.length);
    });
  });
}

function encode(lines) {
  const last = [0, 0, 0, 0, 0];
  const encoded = lines.map(line => {
    last[0] = 0;
    const segments = line.map(fields =>
      fields
        .map((field, i) => {
          const difference = field - last[i];
          last[i] = field;
          return encodeNumber(difference);
        })
        .join(''),
    );
    return segments.join(',');
  });
  return encoded.join(';');
}

// Five bits a digit, the lowest first; of a number's first digit, the lowest bit is its sign.
function decodeNumbers(text) {
  const numbers = [];
  let bits = 0;
  let shift = 0;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    bits |= (digit & (CONTINUES - 1)) << shift;
    shift += VALUE_BITS;
    if (digit & CONTINUES) continue;
    numbers.push(bits & 1 ? -(bits >> 1) : bits >> 1);
    bits = 0;
    shift = 0;
  }
  return numbers;
}

function encodeNumber(number) {
  let bits = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const digit = bits & (CONTINUES - 1);
    bits >>= VALUE_BITS;
    text += DIGITS[bits > 0 ? digit | CONTINUES : digit];
  } while (bits > 0);
  return text;
}
