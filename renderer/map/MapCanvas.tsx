import './map.css';
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MapController } from './controller.ts';
import { loadGeoData } from './geo-data.ts';
import type { AreaData, MapEvents, Padding } from './map-types.ts';
import type { MapScope } from './modes/mode.ts';
import type { MapPoint } from './point-features.ts';
import { cssVariables, type MapTheme } from './theme.ts';

export interface MapCanvasProps {
  theme: MapTheme;
  scope: MapScope;
  /** Name of the map for those who hear the screen: `t('map:label', { place, metric })`. */
  label: string;
  /** Null while the values are not there yet: areas are plain, not hatched. */
  areas: AreaData | null;
  /** Null hides points and shows the areas' values; a list shows the points and only the areas' names. */
  points: readonly MapPoint[] | null;
  selected?: readonly string[];
  /** A place [lng, lat] to go nearer to; each new value once. */
  approached?: readonly [number, number] | null;
  /** Pixels of the map that other elements cover; the place in view is fitted into the rest. */
  padding?: Padding;
  onAreaClick(scope: MapScope): void;
  onAreaHover?(hover: MapEvents['areaHover']): void;
  onClusterClick?(cluster: MapEvents['clusterClick']): void;
  onPointClick?(point: MapEvents['pointClick']): void;
  onViewport?(viewport: MapEvents['viewport']): void;
  /** Legend, switches and cards that lie over the map. */
  children?: ReactNode;
}

const noPadding: Padding = { top: 24, right: 24, bottom: 24, left: 24 };
const nothingSelected: readonly string[] = [];

/** Hands props to the map controller and its events back; draws nothing itself but the schematic note and the failure. */
export function MapCanvas(props: MapCanvasProps) {
  const [attempt, setAttempt] = useState(0);
  return <MapView key={attempt} {...props} onRetry={() => setAttempt(attempt + 1)} />;
}

function MapView(props: MapCanvasProps & { onRetry(): void }) {
  const { theme, scope, label, areas, points, selected = nothingSelected, padding = noPadding } = props;
  const { t } = useTranslation('map');
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const [map, setMap] = useState<MapController | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    let live = true;
    let controller: MapController | null = null;
    loadGeoData()
      .then((geo) => {
        if (!live || container.current === null) return;
        const {
          theme: startTheme,
          scope: startScope,
          label: startLabel,
          padding: startPadding = noPadding,
        } = latest.current;
        controller = new MapController(container.current, {
          geo,
          theme: startTheme,
          scope: startScope,
          label: startLabel,
          padding: startPadding,
        });
        controller.on('areaClick', (to) => latest.current.onAreaClick(to));
        controller.on('areaHover', (hover) => latest.current.onAreaHover?.(hover));
        controller.on('clusterClick', (cluster) => latest.current.onClusterClick?.(cluster));
        controller.on('pointClick', (point) => latest.current.onPointClick?.(point));
        controller.on('viewport', (viewport) => latest.current.onViewport?.(viewport));
        // Whoever takes a picture waits until the map is whole. Past React: it changes with every frame and the page does not follow it.
        controller.on('drawn', () => container.current?.removeAttribute('data-idle'));
        controller.on('idle', () => container.current?.setAttribute('data-idle', ''));
        controller.on('failed', ({ message }) => setFailure(message));
        setMap(controller);
      })
      .catch((error: unknown) => live && setFailure(error instanceof Error ? error.message : String(error)));
    return () => {
      live = false;
      controller?.destroy();
      setMap(null);
    };
  }, []);

  useEffect(() => map?.setTheme(theme), [map, theme]);
  useEffect(() => map?.setScope(scope), [map, scope]);
  useEffect(() => map?.setAreas(areas), [map, areas]);
  useEffect(() => map?.setPoints(points), [map, points]);
  useEffect(() => map?.setSelected(selected), [map, selected]);
  useEffect(() => map?.setLabel(label), [map, label]);
  const { approached = null } = props;
  useEffect(() => {
    if (approached) map?.approach(approached);
  }, [map, approached]);
  const { top, right, bottom, left } = padding;
  useEffect(() => map?.setPadding({ top, right, bottom, left }), [map, top, right, bottom, left]);

  return (
    <div className="map-root" style={cssVariables(theme) as CSSProperties}>
      <div className="map-canvas" data-testid="map-canvas" ref={container} />
      {failure !== null && (
        <div className="map-note" role="alert" title={failure}>
          <strong>{t('failed.title')}</strong>
          <span>{t('failed.hint')}</span>
          <button type="button" onClick={props.onRetry}>
            {t('failed.retry')}
          </button>
        </div>
      )}
      {props.children}
      <p className="map-schematic" title={t('schematicSources')}>
        {t('schematic')}
      </p>
    </div>
  );
}
