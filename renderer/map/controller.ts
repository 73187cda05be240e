import 'maplibre-gl/dist/maplibre-gl.css';
import { type LayerSpecification, Map as LibreMap, type MapMouseEvent, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Bbox } from '../../shared/geo/bbox.ts';
import { AreaPaint } from './area-paint.ts';
import { Emitter } from './emitter.ts';
import type { GeoData } from './geo-data.ts';
import { LabelOverlay, labelCodeOf } from './labels/overlay.ts';
import type { Rect } from './labels/placement.ts';
import { areaLabels } from './labels/texts.ts';
import { mapImages } from './layers/images.ts';
import { layerStack } from './layers/stack.ts';
import { type AreaData, type MapEvents, type MapOptions, nearestZoom, type Padding } from './map-types.ts';
import { type MapScope, type Place, townOfVillage } from './modes/mode.ts';
import { modes } from './modes/table.ts';
import { clusterRadius, type MapPoint, pointFeatures } from './point-features.ts';
import { type MapTheme, mapTokens } from './theme.ts';

setWorkerUrl(workerUrl);

/** Statistics bureau codes: nine digits a town, twelve a village. */
const TOWN_DIGITS = 9;
const MOTION_MS = 150;
const VIEWPORT_DELAY_MS = 120;

/** The map. Lives outside React; fed with data, answers with events. Nothing it does asks the network. */
export class MapController {
  readonly #map: LibreMap;
  readonly #geo: GeoData;
  readonly #paint: AreaPaint;
  readonly #labels: LabelOverlay;
  readonly #events = new Emitter<MapEvents>();
  #theme: MapTheme;
  #scope: MapScope;
  #padding: Padding;
  #areas: AreaData | null = null;
  #points: readonly MapPoint[] | null = null;
  #selected: ReadonlySet<string> = new Set();
  #ready = false;
  #movedByHand = false;
  #viewportTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(container: HTMLElement, options: MapOptions) {
    this.#geo = options.geo;
    this.#theme = options.theme;
    this.#scope = options.scope;
    this.#padding = options.padding;
    const [west, south, east, north] = this.#boxOf(options.scope);
    this.#map = new LibreMap({
      container,
      style: {
        version: 8,
        sources: {
          surroundings: { type: 'geojson', data: this.#geo.surroundings },
          county: { type: 'geojson', data: this.#geo.county },
          towns: { type: 'geojson', data: this.#geo.towns, promoteId: 'code' },
          villages: { type: 'geojson', data: this.#geo.villages, promoteId: 'code' },
          cases: { type: 'geojson', data: pointFeatures([]) },
        },
        layers: [],
      },
      bounds: [west, south, east, north],
      fitBoundsOptions: { padding: this.#padding },
      maxBounds: [117.6, 24.6, 119.9, 26.4],
      maxZoom: nearestZoom,
      locale: { 'Map.Title': options.label },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      boxZoom: false,
      doubleClickZoom: false,
      renderWorldCopies: false,
      fadeDuration: 0,
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#paint = new AreaPaint(this.#map);
    this.#labels = new LabelOverlay(
      this.#map.getCanvasContainer(),
      (lng, lat) => this.#map.project([lng, lat]),
      (code) => this.#events.emit('areaClick', scopeOf(code)),
    );
    this.#listen();
  }

  on<K extends keyof MapEvents>(name: K, listener: (payload: MapEvents[K]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** Goes to a place: fits it and opens its town's villages. */
  setScope(scope: MapScope, { animate = true } = {}): void {
    const moved = scope.code !== this.#scope.code;
    this.#scope = scope;
    if (!this.#ready) return;
    this.#leave();
    this.#applyScope();
    if (moved) this.focusArea(scope.code, { animate });
  }

  setPadding(padding: Padding): void {
    this.#padding = padding;
    if (this.#ready && !this.#movedByHand) this.focusArea(this.#scope.code, { animate: false });
  }

  setAreas(areas: AreaData | null): void {
    this.#areas = areas;
    if (this.#ready) this.#applyAreas();
  }

  /** Clusters and cases of the viewport; null hides them and gives the areas their values back. */
  setPoints(points: readonly MapPoint[] | null): void {
    const switched = (points === null) !== (this.#points === null);
    this.#points = points;
    if (!this.#ready) return;
    this.#map.getSource<import('maplibre-gl').GeoJSONSource>('cases')?.setData(pointFeatures(points ?? []));
    if (switched) this.#applyAreas();
    else this.#place();
  }

  setSelected(codes: readonly string[]): void {
    this.#selected = new Set(codes);
    if (this.#ready) this.#applySelection();
  }

  setLabel(label: string): void {
    this.#map.getCanvas().setAttribute('aria-label', label);
  }

  setTheme(theme: MapTheme): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    if (!this.#ready) return;
    const tokens = mapTokens[theme];
    for (const { id, data } of mapImages(tokens)) this.#map.updateImage(id, data);
    for (const { id, paint = {} } of layerStack(tokens))
      for (const [name, value] of Object.entries(paint)) this.#map.setPaintProperty(id, name as never, value as never);
  }

  focusArea(code: string, { animate = true } = {}): void {
    const [west, south, east, north] = this.#boxOf({ level: this.#scope.level, code });
    this.#movedByHand = false;
    const duration = animate ? MOTION_MS : 0;
    this.#map.fitBounds([west, south, east, north], { padding: this.#padding, duration, maxZoom: 15 });
  }

  /** Goes nearer to a place: what stood there as one cluster comes apart. */
  approach([lng, lat]: readonly [number, number]): void {
    this.#movedByHand = true;
    this.#map.easeTo({ center: [lng, lat], zoom: this.#map.getZoom() + 2, duration: MOTION_MS });
  }

  destroy(): void {
    clearTimeout(this.#viewportTimer);
    this.#events.clear();
    this.#labels.destroy();
    this.#map.remove();
  }

  #boxOf(scope: MapScope): Bbox {
    const area = this.#geo.areas.get(scope.code);
    if (area === undefined) throw new RangeError(`the map has no area ${scope.code}`);
    if (scope.code.length <= TOWN_DIGITS) return area.bbox;
    // A village is shown among its neighbours, so that one sees where it lies and can step over.
    const [west, south, east, north] = area.bbox;
    const [dx, dy] = [(east - west) * 0.35, (north - south) * 0.35];
    return [west - dx, south - dy, east + dx, north + dy];
  }

  #listen(): void {
    const map = this.#map;
    map.on('style.load', () => this.#start());
    map.on('error', ({ error }) => {
      // Once it stands, the map goes on without the part that failed; the report says so, the screen stays.
      if (this.#ready) console.error('map', error);
      else this.#events.emit('failed', { message: error.message });
    });
    map.on('render', () => this.#events.emit('drawn', undefined));
    map.on('idle', () => this.#events.emit('idle', undefined));
    map.on('move', (event) => {
      if (event.originalEvent) this.#movedByHand = true;
      this.#labels.follow();
    });
    map.on('moveend', () => this.#rest());
    map.on('resize', () => {
      if (this.#ready && !this.#movedByHand) this.focusArea(this.#scope.code, { animate: false });
    });
    map.on('click', (event) => this.#click(event));
    map.on('mousemove', (event) => this.#hover(event));
    map.on('mouseout', () => this.#leave());
  }

  #start(): void {
    const tokens = mapTokens[this.#theme];
    for (const { id, data, options } of mapImages(tokens)) this.#map.addImage(id, data, options);
    for (const layer of layerStack(tokens)) this.#map.addLayer(layer as LayerSpecification);
    this.#ready = true;
    this.#applyScope();
    this.#applySelection();
    if (this.#points) this.setPoints(this.#points);
    this.#rest();
    // Names are measured; once the bundled font is there they have another width.
    void document.fonts.ready.then(() => this.#place());
  }

  #applyScope(): void {
    const town = modes[this.#scope.level].openTown(this.#scope);
    for (const layer of ['villages', 'villages-hatch', 'village-border', 'villages-mark'])
      this.#map.setFilter(layer, ['==', ['get', 'townCode'], town ?? '']);
    this.#applyAreas();
  }

  #applyAreas(): void {
    const mode = modes[this.#scope.level];
    const data = this.#areas?.scope.code === this.#scope.code ? this.#areas : null;
    const { valued, named, colored } = mode.labels(this.#scope, this.#geo);
    this.#paint.color(data ? colored : [], data?.values ?? new Map(), data?.breaks ?? []);
    const withValues = this.#points === null ? valued : [];
    const nameOnly = this.#points === null ? named : [...valued, ...named];
    this.#labels.show(areaLabels(this.#geo, data?.values ?? new Map(), withValues, nameOnly, data?.kind ?? 'count'));
    this.#labels.mark(null, this.#selected);
    this.#place();
  }

  #applySelection(): void {
    this.#paint.select(this.#selected);
    this.#labels.mark(null, this.#selected);
  }

  #place(): void {
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    const { top } = this.#padding;
    const frame = { left: 8, top: Math.max(8, top - 28), right: width - 8, bottom: height - 8 };
    const obstacles = (this.#points ?? []).map((point) => {
      const { x, y } = this.#map.project([point.lng, point.lat]);
      const reach = point.clusterId === null ? 10 : clusterRadius(point.count) + 2;
      return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
    });
    this.#labels.place(frame, [...obstacles, ...this.#covered()]);
  }

  /** Where the legend and the switches lie over the map, so that no name is cut by them. */
  #covered(): Rect[] {
    const container = this.#map.getContainer();
    const { left: x, top: y } = container.getBoundingClientRect();
    return [...(container.parentElement?.querySelectorAll('[data-covers-map]') ?? [])].map((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { left: left - x, right: right - x, top: top - y, bottom: bottom - y };
    });
  }

  #rest(): void {
    this.#place();
    clearTimeout(this.#viewportTimer);
    this.#viewportTimer = setTimeout(() => {
      const bounds = this.#map.getBounds();
      const bbox = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] as const;
      this.#events.emit('viewport', { bbox, zoom: this.#map.getZoom() });
    }, VIEWPORT_DELAY_MS);
  }

  #click(event: MapMouseEvent): void {
    const hit = this.#pointAt(event);
    const { clusterId, count, caseId } = (hit?.properties ?? {}) as {
      clusterId?: number;
      count?: number;
      caseId?: string;
    };
    const scope = this.#scopeAt(event);
    if (clusterId !== undefined && count !== undefined) {
      // Where it lies, not where its disc was hit: coming nearer makes four pixels of each.
      const [lng = 0, lat = 0] = hit?.geometry.type === 'Point' ? hit.geometry.coordinates : event.lngLat.toArray();
      this.#events.emit('clusterClick', { clusterId, count, lng, lat });
    } else if (caseId !== undefined) this.#events.emit('pointClick', { caseId });
    else if (scope !== null) this.#events.emit('areaClick', scope);
  }

  /** The cluster or case under the cursor; a label over it is nearer to the eye and wins. */
  #pointAt(event: MapMouseEvent) {
    if (this.#points === null || labelCodeOf(event.originalEvent.target) !== null) return undefined;
    return this.#map.queryRenderedFeatures(event.point, { layers: ['points', 'clusters', 'cluster-badges'] })[0];
  }

  #hover(event: MapMouseEvent): void {
    if (this.#pointAt(event)) {
      this.#leave();
      this.#map.getCanvas().style.cursor = 'pointer';
      return;
    }
    const scope = this.#scopeAt(event);
    this.#map.getCanvas().style.cursor = scope === null ? '' : 'pointer';
    if (this.#paint.hover(scope?.code ?? null)) this.#labels.mark(scope?.code ?? null, this.#selected);
    this.#events.emit('areaHover', scope && { scope, x: event.point.x, y: event.point.y });
  }

  #leave(): void {
    if (this.#paint.hover(null)) this.#labels.mark(null, this.#selected);
    this.#events.emit('areaHover', null);
  }

  /** A label means its own area even where it was moved aside; elsewhere the area under the cursor decides. */
  #scopeAt(event: MapMouseEvent): MapScope | null {
    const code = labelCodeOf(event.originalEvent.target);
    if (code !== null) return scopeOf(code);
    const villageCode = this.#geo.locateVillage(event.lngLat.lng, event.lngLat.lat);
    if (villageCode === null) return null;
    const place: Place = { villageCode, townCode: townOfVillage(villageCode) };
    return modes[this.#scope.level].target(this.#scope, place);
  }
}

const scopeOf = (code: string): MapScope => ({ level: code.length > TOWN_DIGITS ? 'village' : 'town', code });
