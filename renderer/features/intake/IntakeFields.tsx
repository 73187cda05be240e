import { Textarea, TextInput } from '@mantine/core';
import { categorySchema, petitionKindSchema, sourceSchema } from '../../../shared/model/codes.ts';
import { useRegister } from '../../data/use-register.ts';
import { Choices } from '../../ui/Choices.tsx';
import { useWords } from '../../ui/use-words.ts';
import { VillageField } from '../../ui/VillageField.tsx';
import css from './intake.module.css';
import type { IntakeField } from './intake-plan.ts';
import { KeyChoices } from './KeyChoices.tsx';
import { Parties } from './Parties.tsx';
import type { Intake } from './use-intake.ts';

type Line = 'sourceNo' | 'link' | 'title' | 'address' | 'recordedAt';
const most: Record<Line, number> = { sourceNo: 100, link: 2000, title: 200, address: 500, recordedAt: 30 };

/** What is typed, in the order in which a caller tells it. */
export function IntakeFields({ intake, onNext }: { intake: Intake; onNext(): void }) {
  const t = useWords('intake');
  const { campaigns } = useRegister();
  const { draft, write, problems } = intake;
  const problemOf = (field: IntakeField): string | undefined => {
    const one = problems.find((problem) => problem.field === field);
    return one && t(`problem.${one.key}`);
  };
  const line = (field: Line) => (
    <TextInput
      data-field={field}
      data-testid={`intake-${field}`}
      label={t(`field.${field}`)}
      placeholder={t(`placeholder.${field}`)}
      autoComplete="off"
      maxLength={most[field]}
      error={problemOf(field)}
      value={draft[field]}
      onChange={(event) => write({ [field]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <KeyChoices
        field="source"
        label={t('field.source')}
        focus
        problem={problemOf('source')}
        options={sourceSchema.options.map((value) => ({ value, text: t(`codes:source.${value}`) }))}
        chosen={draft.source}
        onChoose={(source) => write({ source })}
        onNext={onNext}
      />
      <div className={css.pair}>
        {line('sourceNo')}
        {line('recordedAt')}
      </div>
      {draft.source === 'publicOpinion' && line('link')}
      {line('title')}
      <KeyChoices
        field="category"
        label={t('field.category')}
        problem={undefined}
        options={categorySchema.options.map((value) => ({ value, text: t(`codes:category.${value}`) }))}
        chosen={draft.category}
        onChoose={(category) => write({ category })}
        onNext={onNext}
      />
      {line('address')}
      <div data-field="villageCode" className={css.village}>
        <VillageField
          label={t('field.villageCode')}
          near={null}
          without={null}
          chosen={draft.villageCode}
          focus={false}
          unchosen={t('villageByRule')}
          onChoose={(villageCode) => write({ villageCode })}
          onTaken={onNext}
        />
        {draft.villageCode !== null && (
          <button type="button" className={css.link} onClick={() => write({ villageCode: null })}>
            {t('villageAway')}
          </button>
        )}
      </div>
      <Parties parties={draft.parties} onWrite={(parties) => write({ parties })} />
      <Textarea
        data-field="detail"
        data-testid="intake-detail"
        label={t('field.detail')}
        placeholder={t('placeholder.detail')}
        maxLength={10_000}
        autosize
        minRows={2}
        maxRows={6}
        value={draft.detail}
        onChange={(event) => write({ detail: event.currentTarget.value })}
      />
      <KeyChoices
        field="petitionKind"
        label={t('field.petitionKind')}
        problem={undefined}
        options={(['none', ...petitionKindSchema.options] as const).map((value) => ({
          value,
          text: value === 'none' ? t('noPetition') : t(`codes:petitionKind.${value}`),
        }))}
        chosen={draft.petitionKind ?? 'none'}
        onChoose={(kind) => write({ petitionKind: kind === 'none' ? null : kind })}
        onNext={onNext}
      />
      {campaigns.length > 0 && (
        <Choices
          label={t('field.campaigns')}
          options={campaigns.map(({ id, name }) => ({ value: id, text: name, testId: `intake-campaign-${id}` }))}
          pressed={draft.campaigns}
          onPress={(id) =>
            write({
              campaigns: draft.campaigns.includes(id)
                ? draft.campaigns.filter((one) => one !== id)
                : [...draft.campaigns, id],
            })
          }
        />
      )}
    </>
  );
}
