import { type Context, ROOT_CONTEXT } from '@opentelemetry/api';
import type { LogContext } from '../context/log-context.js';

export function activeContext(context: LogContext): Context {
  return context.bound().trace ?? ROOT_CONTEXT;
}
