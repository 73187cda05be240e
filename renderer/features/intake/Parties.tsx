import { ActionIcon, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { normalisePhone } from '../../../shared/model/phone.ts';
import type { IntakeDraft } from '../../data/intake-draft.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './intake.module.css';
import { plainPhone } from './intake-plan.ts';

interface Props {
  parties: IntakeDraft['parties'];
  onWrite(parties: IntakeDraft['parties']): void;
}

/** The reporter first, then others: name and number. A number is put into the form one dials when the field is left; one that cannot be dialled is said to be so. */
export function Parties({ parties, onWrite }: Props) {
  const t = useWords('intake');
  // Rows have no identity but their place.
  const rows = parties.map((party, index) => ({ ...party, index, id: `party-${index}` }));
  const change = (index: number, patch: Partial<IntakeDraft['parties'][number]>): void =>
    onWrite(parties.map((party, at) => (at === index ? { ...party, ...patch } : party)));
  return (
    <fieldset className={css.parties} data-field="parties">
      <legend>{t('field.parties')}</legend>
      {rows.map(({ id, index, name, phone }) => {
        const read = phone.trim() === '' ? null : normalisePhone(phone);
        return (
          <div key={id} className={css.party}>
            <TextInput
              aria-label={t(index === 0 ? 'party.reporter' : 'party.other', { n: index })}
              placeholder={t(index === 0 ? 'party.reporter' : 'party.other', { n: index })}
              data-testid={`intake-name-${index}`}
              autoComplete="off"
              maxLength={50}
              value={name}
              onChange={(event) => change(index, { name: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t('party.phone', { n: index + 1 })}
              placeholder={t('party.phonePlaceholder')}
              data-testid={`intake-phone-${index}`}
              autoComplete="off"
              maxLength={100}
              value={phone}
              onChange={(event) => change(index, { phone: event.currentTarget.value })}
              onBlur={() => change(index, { phone: plainPhone(phone) })}
            />
            <ActionIcon
              variant="subtle"
              aria-label={t(index === parties.length - 1 ? 'party.add' : 'party.remove', { n: index + 1 })}
              title={t(index === parties.length - 1 ? 'party.add' : 'party.remove', { n: index + 1 })}
              onClick={() =>
                onWrite(
                  index === parties.length - 1
                    ? [...parties, { name: '', phone: '' }].slice(0, 50)
                    : parties.filter((_, at) => at !== index),
                )
              }
            >
              {index === parties.length - 1 ? <IconPlus size={15} /> : <IconX size={15} />}
            </ActionIcon>
            {read && !read.ok && (
              <p className={css.hint}>{t('party.undialable', { why: t(`codes:phoneRefusal.${read.reason}`) })}</p>
            )}
            {read?.ok && read.alternatives.length > 0 && (
              <p className={css.hint}>
                {t('party.several', { numbers: [read, ...read.alternatives].map(({ digits }) => digits).join(' / ') })}
              </p>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
