/** Version of the wire between a workstation and the central server. Sent by both sides in this header. */
export const protocolVersion = 1;
export const protocolHeader = 'x-xianyou-protocol';
/** Oldest client version the server still serves. Below it the server answers 426 with kind `protocolTooOld`. */
export const oldestProtocol = 1;
/** The server's clock, epoch milliseconds, on every answer: a workstation's wrong clock must not make a case overdue. */
export const serverTimeHeader = 'x-xianyou-server-time';
