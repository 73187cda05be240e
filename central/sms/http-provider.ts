import type { SmsAnswer, SmsProvider } from './provider.ts';

const timeoutMs = 10_000;

/**
 * Posts each SMS as JSON `{id, phone, text}` with `Idempotency-Key`. 2xx: taken, `{"delivered": true}` in the body if it has arrived already. 4xx: refused for
 * good, but 408 and 429 ask for another try. Anything else, and no answer: try again.
 */
export function createHttpProvider(url: string): SmsProvider {
  return {
    async send(sms): Promise<SmsAnswer> {
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': sms.id },
          body: JSON.stringify(sms),
          signal: AbortSignal.timeout(timeoutMs),
        });
        const text = await answer.text();
        if (answer.ok) return { outcome: 'sent', delivered: saysDelivered(text) };
        const again = answer.status >= 500 || answer.status === 408 || answer.status === 429;
        return { outcome: again ? 'unreachable' : 'refused' };
      } catch {
        return { outcome: 'unreachable' };
      }
    },
  };
}

function saysDelivered(text: string): boolean {
  try {
    return (JSON.parse(text) as { delivered?: unknown } | null)?.delivered === true;
  } catch {
    return false;
  }
}
