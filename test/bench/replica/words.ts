import type { Question } from './filters.ts';
import { deskFilter, everything } from './filters.ts';

/** What operators type, by kind. The frequencies are the seed's: 路 stands in a third of all titles or addresses, 鳄 in none. */
export const words: Readonly<Record<string, readonly string[]>> = {
  '1 character, frequent': ['村', '路', '的', '纠'],
  '1 character, rare': ['窑', '碑'],
  '1 character, miss': ['鳄'],
  '2 characters, frequent': ['纠纷', '排水'],
  '2 characters, rare': ['欠薪', '古树'],
  '2 characters, miss': ['鳄鱼', '村鳄'],
  '3 and more, frequent': ['宅基地', '邻里纠纷'],
  '3 and more, rare': ['霞桥村排水', '秀峰村宅基地'],
  '3 and more, miss': ['村路的纠纷水', '鳄鱼伤人事件'],
  'pinyin in full': ['paishui', 'zhaijidi', 'jiufen'],
  'pinyin begun': ['pais', 'ji', 'zhaij'],
  'pinyin initials': ['ps', 'zjd', 'jf', 'lljf'],
  'pinyin, 1 letter': ['j', 'z'],
  'pinyin, miss': ['vvvv', 'zzzzzzzz', 'qxqxq'],
  'case number': ['XY-2023-08-0042', '2016-05', 'xy'],
  'two words': ['村 排水', '路 鳄', '纠纷 xiaqiao', '的 村'],
};

/** Each word asked of the desk as it opens, and of every case ever recorded. */
export function searchQuestions(): Question[] {
  return Object.entries(words).flatMap(([kind, list]) =>
    list.flatMap((text): Question[] => [
      { name: `${kind}: ${text}, desk`, filter: { ...deskFilter, text }, sort: 'attention' },
      { name: `${kind}: ${text}, all`, filter: { ...everything, text }, sort: 'recorded' },
      { name: `${kind}: ${text}, all by attention`, filter: { ...everything, text }, sort: 'attention' },
    ]),
  );
}
