/** One SMS. `id` is the idempotency key: a provider that gets it twice sends it once. */
export interface Sms {
  id: string;
  phone: string;
  text: string;
}

/** `delivered`: whether the provider already knows that it arrived. `refused` is final, `unreachable` is tried again. */
export type SmsAnswer = { outcome: 'sent'; delivered: boolean } | { outcome: 'refused' } | { outcome: 'unreachable' };

/** A way to send. Never throws: whatever goes wrong is an answer. */
export interface SmsProvider {
  send(sms: Sms): Promise<SmsAnswer>;
}
