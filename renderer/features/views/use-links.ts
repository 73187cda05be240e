import { useEffect, useRef, useState } from 'react';
import { type DeskLink, readLink } from '../../../shared/desk-link.ts';
import { countyScope } from '../../../shared/model/case-filter.ts';
import { onLinkArrived, query, shellCall } from '../../data/bridge.ts';
import { now } from '../../data/clock.ts';
import { useDesk } from '../../data/desk-store.ts';
import { useRegister } from '../../data/use-register.ts';
import { openView, type Unknown, viewOf } from '../../data/views.ts';
import { say } from '../../ui/Notice.tsx';
import type { TimeWords } from '../../ui/time.ts';
import { useWords } from '../../ui/use-words.ts';
import { useShared } from './shared.ts';

/** Opens what the app was opened with, at the start and whenever another address comes. A damaged or foreign one is said and changes nothing. */
export function useLinks(openDesk: () => void, openCase: (caseId: string) => void): void {
  const t = useWords('views');
  const register = useRegister();
  const [link, setLink] = useState<DeskLink | null>(null);
  const doors = useRef({ openDesk, openCase });
  doors.current = { openDesk, openCase };

  useEffect(() => {
    const take = async (): Promise<void> => {
      const taken = await shellCall('takeLink', {}).catch(() => ({ link: null }));
      if (taken.link !== null) setLink(readLink(taken.link));
    };
    void take();
    return onLinkArrived(() => void take());
  }, []);

  useEffect(() => {
    // Places and campaigns are known once the register is there; a fault is a fault before.
    if (link === null || (link.kind !== 'fault' && !register.loaded)) return;
    setLink(null);
    doors.current.openDesk();
    if (link.kind === 'fault') return say(t(`link.${link.fault}`));
    if (link.kind === 'case') return void openByNumber(link.no, doors.current.openCase, t);
    const unknown = openView(link.view, register);
    useShared.setState({ shared: link.name === null ? null : { name: link.name, view: viewOf(useDesk.getState()) } });
    say(openedText(link.name, unknown, t));
  }, [link, register, t]);
}

/** What was opened, and what of it is not known here. */
export function openedText(name: string | null, { place, campaign }: Unknown, t: TimeWords): string {
  return [
    name === null ? t('opened') : t('openedNamed', { name }),
    ...(place === null ? [] : [t('unknownPlace', { place })]),
    ...(campaign === null ? [] : [t('unknownCampaign', { campaign })]),
  ].join(t('sentences'));
}

async function openByNumber(no: string, openCase: (caseId: string) => void, t: TimeWords): Promise<void> {
  const filter = {
    ...{ scope: countyScope, period: { from: null, to: null }, metric: 'recorded' as const, asOf: now() },
    ...{ sources: [], categories: [], campaign: null, work: null, text: no, caseIds: null },
  };
  try {
    const { rows } = await query('openList', { filter, sort: 'recorded', limit: 50 });
    const found = rows.find((row) => row.no === no);
    if (found) openCase(found.id);
    else say(t('link.noCase', { no }));
  } catch {
    say(t('link.unread', { no }));
  }
}
