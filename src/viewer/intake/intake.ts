import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeMessage } from '../../receiver/otlp-messages.js';
import { intakeRefusal } from '../server/guard.js';
import { isGrpc, refuseGrpc } from './grpc.js';
import { RequestFault } from './read-body.js';
import { type Delivery, encodingOf, readRequest } from './read-request.js';

export interface IntakeOptions {
  /** Resolves when it is kept. */
  readonly deliver: (delivery: Delivery) => Promise<void>;
  /** Called for each attempt to speak gRPC. */
  readonly onGrpc: () => void;
}

/** Answers exporters, as a collector does. */
export function createIntake({ deliver, onGrpc }: IntakeOptions) {
  return async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const refused = intakeRefusal(incoming);
      if (refused) throw new RequestFault(refused.status, refused.message);
      if (isGrpc(incoming)) {
        onGrpc();
        refuseGrpc(response);
        return;
      }
      await deliver(await readRequest(incoming));
      answer(incoming, response, 200);
    } catch (error) {
      if (incoming.errored) return;
      const { status, message } = error instanceof RequestFault ? error : unavailable(error);
      answer(incoming, response, status, message);
    }
  };
}

// Exporters keep it and try again.
function unavailable(error: unknown): RequestFault {
  return new RequestFault(503, `It cannot be kept: ${(error as Error).message}.`);
}

function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  status: number,
  message?: string,
): void {
  const isJson = encodingOf(incoming) === 'json';
  const fields = message === undefined ? {} : { message };
  const protobufName = message === undefined ? 'ExportLogsServiceResponse' : 'RpcStatus';
  const body = isJson ? JSON.stringify(fields) : encodeMessage(protobufName, fields);
  response.writeHead(status, {
    'content-type': isJson ? 'application/json' : 'application/x-protobuf',
    'content-length': Buffer.byteLength(body),
    ...(status === 405 && { allow: 'POST' }),
    // What is left of a body that was too large is not read.
    ...(!incoming.complete && { connection: 'close' }),
  });
  response.end(body);
}
