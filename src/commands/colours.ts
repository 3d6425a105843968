/** `text` as one terminal draws it, and another leaves it. */
export interface Colours {
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
}

/** Those of stdout: asked for or forbidden by variable, as Node does it, else those of a terminal. */
export function coloursOf(env: NodeJS.ProcessEnv, isTerminal: boolean): Colours {
  const isOn = hasColours(env, isTerminal);
  const style = (on: number, off: number) => (text: string) =>
    isOn && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return {
    red: style(31, 39),
    yellow: style(33, 39),
    green: style(32, 39),
    bold: style(1, 22),
    dim: style(2, 22),
  };
}

// https://no-color.org, https://nodejs.org/api/cli.html#force_color1-2-3
function hasColours(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env.NO_COLOR || env.NODE_DISABLE_COLORS) return false;
  return isTerminal && env.TERM !== 'dumb';
}
