import { IconAlertTriangle, IconCheck, IconChecks, IconClock } from '@tabler/icons-react';
import type { Message } from '../../../shared/model/message.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';

const icons = { queued: IconClock, sent: IconCheck, delivered: IconChecks, failed: IconAlertTriangle } as const;

/** 待发, 已发, 送达, 失败: by sign, word and colour; a failure with its reason. */
export function MessageState({ message }: { message: Pick<Message, 'state' | 'failure'> }) {
  const t = useWords('case');
  const Icon = icons[message.state];
  return (
    <span className={css.messageState} data-testid="message-state" data-state={message.state}>
      <Icon size={13} aria-hidden /> {t(`codes:messageState.${message.state}`)}
      {message.failure !== null && ` · ${t(`codes:messageFailure.${message.failure}`)}`}
    </span>
  );
}
