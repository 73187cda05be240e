import type { Category } from '../../../shared/model/codes.ts';
import type { Slot } from '../cases/slot.ts';
import type { Prng } from '../prng.ts';
import { surnameOf } from '../register/names.ts';
import type { Place } from '../register/places.ts';
import { civicWords } from './civic.ts';
import type { CategoryWords } from './grammar.ts';
import { landWords } from './land.ts';
import { moneyWords } from './money.ts';
import { peopleWords } from './people.ts';
import { serviceWords } from './services.ts';

const words: Record<Category, CategoryWords> = {
  ...landWords,
  ...peopleWords,
  ...moneyWords,
  ...serviceWords,
  ...civicWords,
};

export const spots = [
  '老协会旁',
  '村部旁',
  '祠堂前',
  '村口大榕树下',
  '小学后',
  '卫生所对面',
  '溪边',
  '桥头',
  '宫庙前',
  '文化广场旁',
  '菜市场旁',
  '环村路边',
  '晒谷场',
  '旧供销社旁',
  '水尾',
  '戏台旁',
];
const reporters: Record<Slot['source'], string> = {
  grid: '网格员巡查时发现：',
  outreach: '下沉干部入户摸排了解到：',
  selfReport: '当事人到接访窗口反映：',
  police110: '110转来非警务警情：',
  hotline12345: '12345热线来电反映：',
  publicOpinion: '网民发布短视频反映：',
  other: '来信来访登记：',
};
/** What follows the facts; quarrels have two sides, requests have one who asks. */
const quarrelEndings = [
  '目前双方情绪基本稳定。',
  '现场已劝离，尚未达成一致。',
  '希望村里出面主持调解。',
  '村级已初步接触，需镇里协助。',
  '当事人表示再不解决将继续向上反映。',
  '请老协会和网格长一并参与调解。',
  '双方均愿意坐下来谈。',
  '一方要求尽快给说法。',
];
const requestEndings = [
  '要求尽快处理并答复。',
  '反映人要求书面答复。',
  '请所在村先行核实。',
  '反映人留有现场照片。',
  '此前已反映过一次。',
  '希望明确整改时限。',
  '请相关站所到场查看。',
  '反映人愿意配合现场指认。',
];
const requests: ReadonlySet<Slot['category']> = new Set<Slot['category']>([
  'environment',
  'cityAppearance',
  'livelihood',
  'safety',
  'other',
  'villageAffairs',
  'education',
  'medical',
  'consumer',
]);

type Part = string | { key: string };
const compiled = new Map<string, Part[]>();

/** Splits `{v}村民…` into words and holes once; a grammar has some hundreds of patterns and is asked a million times. */
function partsOf(pattern: string): Part[] {
  let parts = compiled.get(pattern);
  if (!parts) {
    parts = pattern.split(/(\{[^}]+\})/).map((part) => (part.startsWith('{') ? { key: part.slice(1, -1) } : part));
    compiled.set(pattern, parts);
  }
  return parts;
}

function fill(pattern: string, known: Map<string, string>, lists: CategoryWords['lists'], prng: Prng): string {
  let text = '';
  for (const part of partsOf(pattern)) text += typeof part === 'string' ? part : wordOf(part.key, known, lists, prng);
  return text;
}

/** A word once chosen stays for the case: title and detail speak of the same thing. */
function wordOf(key: string, known: Map<string, string>, lists: CategoryWords['lists'], prng: Prng): string {
  const before = known.get(key);
  if (before !== undefined) return before;
  const word = drawWord(key, known, lists, prng);
  known.set(key, word);
  return word;
}

const tens = ['十', '二十', '三十', '四十', '五十', '六十'];
const numerals = ['两', '三', '四', '五', '六', '七', '八', '九'];

function drawWord(key: string, known: Map<string, string>, lists: CategoryWords['lists'], prng: Prng): string {
  switch (key) {
    case 'a':
      return surnameOf(prng);
    case 'b': {
      const other = surnameOf(prng);
      return other === known.get('a') ? (other === '陈' ? '林' : '陈') : other;
    }
    case 'n':
      return prng.pick(numerals);
    case 'tens':
      return prng.pick(tens);
    case 'm':
      return String(1 + prng.below(prng.chance(700) ? 12 : 60));
    case 'd':
      return String(3 + prng.below(40));
    case 'w':
      return prng.pick(spots);
    default: {
      const list = lists[key];
      if (!list) throw new RangeError(`the grammar knows no {${key}}`);
      return fill(prng.pick(list), known, lists, prng);
    }
  }
}

export interface CaseText {
  title: string;
  detail: string;
  /** Where it says things stand, and the surnames it speaks of: address and parties agree with them. */
  spot: string | null;
  surnames: (string | undefined)[];
}

/** Title and detail of a case: the same things and surnames in both. Surnames only: full names stand in the parties. */
export function textOf(slot: Pick<Slot, 'category' | 'place' | 'petitionKind' | 'source'>, prng: Prng): CaseText {
  const { topics, lists } = words[slot.category];
  const [titles, details] = prng.pick(topics);
  const { name, short, town } = slot.place;
  const known = new Map([
    ['v', name],
    ['s', short],
    ['t', town.name],
  ]);
  let title = fill(prng.pick(titles), known, lists, prng);
  if (slot.petitionKind === 'repeat') title += '（重复信访）';
  if (slot.petitionKind === 'backlog') title += '（信访积案）';
  const detail = `${reporters[slot.source]}${fill(prng.pick(details), known, lists, prng)}${prng.pick(requests.has(slot.category) ? requestEndings : quarrelEndings)}`;
  return { title, detail, spot: known.get('w') ?? null, surnames: [known.get('a'), known.get('b')] };
}

/** An address as people give it: town, village and something that stands near. */
export function addressOf(place: Place, prng: Prng, spot: string | null = null): string {
  const house = `${place.short}第${1 + prng.below(14)}组${1 + prng.below(180)}号`;
  const where = spot ?? (prng.chance(600) ? house : prng.pick(spots));
  return `${place.town.name}${place.name}${where}`;
}
