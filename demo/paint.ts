import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];
/** Without a style the text stays as it is. */
export type Paint = (style: Style | undefined, text: string) => string;

/** Colours for a stream, or none: by NO_COLOR, FORCE_COLOR, and whether it is a terminal. */
export function paintFor(stream: NodeJS.WriteStream, env = process.env): Paint {
  const isWanted = env.NO_COLOR === undefined || env.NO_COLOR === '';
  const isForced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const hasColor = isWanted && (isForced || (stream.isTTY === true && stream.hasColors()));

  return (style, text) => {
    if (!hasColor || style === undefined) return text;
    // We looked at the stream ourselves: newer Nodes would look again, and not at this one.
    return styleText(style, text, { validateStream: false });
  };
}
