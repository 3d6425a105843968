/**
 * `--require <path>` as NODE_OPTIONS wants it: only a space separates, quotes can be anywhere, and
 * a backslash escapes within quotes alone. Unquoted where that will do, because a Node older than 12
 * knows no quotes.
 * https://github.com/nodejs/node/blob/v24.11.0/src/node_options.cc (ParseNodeOptionsEnvVar)
 */
export function requireOption(path: string): string {
  if (!/[ "]/.test(path)) return `--require ${path}`;
  return `--require "${path.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * NODE_OPTIONS with `path` preloaded, once, before whatever else is preloaded: an application's
 * OpenTelemetry, for instance, whose start is then seen.
 */
export function addRequire(nodeOptions: string | undefined, path: string): string {
  const option = requireOption(path);
  if (!nodeOptions) return option;
  return ` ${nodeOptions} `.includes(` ${option} `) ? nodeOptions : `${option} ${nodeOptions}`;
}

/** The options one by one, as Node splits them. */
export function splitNodeOptions(nodeOptions: string): string[] {
  const options: string[] = [];
  // Without a quote's end Node does not start, and neither is there an option.
  const pieces = nodeOptions.match(/(?:"(?:\\.|[^"\\])*"|[^ "])+/gs) ?? [];
  for (const piece of pieces) {
    options.push(
      piece.replace(/"((?:\\.|[^"\\])*)"/gs, (_, quoted: string) =>
        quoted.replace(/\\(.)/gs, '$1'),
      ),
    );
  }
  return options;
}
