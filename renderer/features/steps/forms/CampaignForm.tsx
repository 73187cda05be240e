import { useRegister } from '../../../data/use-register.ts';
import { Choices } from '../../../ui/Choices.tsx';
import { useWords } from '../../../ui/use-words.ts';
import type { StepFormProps } from '../forms.ts';
import { NumberedChoices } from '../NumberedChoices.tsx';
import { StepFrame } from '../StepFrame.tsx';
import css from '../steps.module.css';
import { useStep } from '../use-step.ts';

/** 专项行动: taken in, or taken out where it is in. Tags overlap. */
export function CampaignForm(props: StepFormProps) {
  const t = useWords('steps');
  const { campaigns } = useRegister();
  const { detail } = props;
  const [lone] = campaigns;
  const isIn = (id: string | null): boolean => id !== null && detail?.case.campaigns.includes(id) === true;
  const initial = { campaignId: campaigns.length === 1 && lone ? lone.id : null, tagged: true };
  const step = useStep('tagCampaign', props, initial, {
    lacks: ({ campaignId }) => (campaignId === null ? t('campaign.choose') : null),
    ...(detail !== null && { fixed: ({ campaignId }) => ({ tagged: !isIn(campaignId) }) }),
  });
  const { campaignId } = step.filled;
  const tagged = step.filled.tagged === true;
  return (
    <StepFrame step={step} confirmKey="Enter" confirm={t(tagged ? 'campaign.in' : 'campaign.out')}>
      {campaigns.length === 0 && <p className={css.state}>{t('campaign.none')}</p>}
      <NumberedChoices
        label={t('campaign.which')}
        values={campaigns.map(({ id }) => id)}
        text={(id) => {
          const name = campaigns.find((campaign) => campaign.id === id)?.name ?? id;
          return isIn(id) ? t('campaign.isIn', { name }) : name;
        }}
        chosen={campaignId}
        onChoose={(id) => step.write({ campaignId: id })}
      />
      {detail === null && (
        <Choices
          label={t('campaign.what')}
          options={[
            { value: 'in', text: t('campaign.in'), testId: 'step-choice-in' },
            { value: 'out', text: t('campaign.out'), testId: 'step-choice-out' },
          ]}
          pressed={[tagged ? 'in' : 'out']}
          onPress={(value) => step.write({ tagged: value === 'in' })}
        />
      )}
    </StepFrame>
  );
}
