/**
 * Whether a logger that makes its own records is writing: what arrives at the process's output
 * meanwhile is no line of its own. Counted, for one logger may write by way of another.
 */
export const loggerOutput = { depth: 0 };
