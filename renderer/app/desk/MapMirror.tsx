import { useTranslation } from 'react-i18next';
import { useRegister } from '../../data/use-register.ts';

interface Props {
  areas: ReadonlyMap<string, { text: string; description: string }> | null;
  onArea(code: string): void;
}

/** The areas' figures as a list of buttons: for those who hear the screen, and to be read by machine. A canvas can be neither. */
export function MapMirror({ areas, onArea }: Props) {
  const { t } = useTranslation('app');
  const { towns, villages } = useRegister();
  return (
    <div className="visually-hidden">
      <ul data-testid="map-areas" aria-label={t('map.areaList')}>
        {[...(areas ?? [])].map(([code, area]) => (
          <li key={code}>
            <button
              type="button"
              tabIndex={-1}
              data-code={code}
              data-name={towns.get(code)?.name ?? villages.get(code)?.name ?? code}
              data-value={area.text}
              onClick={() => onArea(code)}
            >
              {area.description}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
