import type { PoolClient } from 'pg';
import texts from '../../resources/locales/zh-CN/sms.json' with { type: 'json' };
import type { Case } from '../../shared/model/case.ts';
import type { Effects } from '../../shared/model/effects.ts';
import { normalisePhone } from '../../shared/model/phone.ts';
import { composeUrgeText } from '../../shared/model/sms-text.ts';
import type { WireCommand } from '../../shared/protocol/commands.ts';
import { formatDateTime, hourMs } from '../../shared/time/shanghai.ts';
import { selectRows } from '../db/rows.ts';
import { insertDue } from '../db/sms-outbox.ts';

/**
 * Puts the messages of a command into the SMS outbox, in the command's transaction: what was accepted is sent. A number that cannot be read is
 * found out here and told as the delivery's failure, by the worker, so that this row is what the pure rule said.
 */
export async function queueSms(
  client: PoolClient,
  effects: Effects,
  command: WireCommand,
  sender: string,
  now: number,
): Promise<void> {
  const queued = effects.messages.filter((message) => message.state === 'queued');
  if (queued.length === 0) return;
  const persons = await selectRows(client, 'person', 'WHERE id = ANY($1)', [queued.map((message) => message.personId)]);
  const place = await placeOf(client, effects.case);
  const note = effects.events.find((event) => event.kind === 'urged')?.note ?? '';
  for (const message of queued) {
    const person = persons.find((row) => row.id === message.personId);
    if (!person) throw new Error(`command ${command.id} names a person that is gone`);
    const phone = normalisePhone(person.phone ?? '');
    const body = composeUrgeText(texts.urge[message.degree], {
      recipient: person.name,
      caseNo: effects.case.no,
      title: effects.case.title,
      place,
      due: formatDateTime(effects.case.dueAt),
      hours: String(Math.floor(Math.abs(now - effects.case.dueAt) / hourMs)),
      sender,
      note,
    });
    await insertDue(client, { messageId: message.id, phone: phone.ok ? phone.digits : '', body, nextAt: now });
  }
}

async function placeOf(client: PoolClient, { townCode, villageCode }: Case): Promise<string> {
  const [town] = await selectRows(client, 'town', 'WHERE id = $1', [townCode]);
  const [village] = await selectRows(client, 'village', 'WHERE id = $1', [villageCode]);
  return `${town?.name ?? '仙游县'}${village?.name ?? ''}`;
}
