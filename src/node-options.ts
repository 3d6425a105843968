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
