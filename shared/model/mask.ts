import { normalisePhone } from './phone.ts';

/** 张三丰 → 张*丰, 李四 → 李*, 欧阳修文 → 欧**文: the first character, the last when there are three or more. */
export function maskName(name: string): string {
  const letters = [...name.trim()];
  if (letters.length <= 1) return letters.length === 0 ? '' : '*';
  const last = letters.length === 2 ? '*' : (letters[letters.length - 1] ?? '*');
  return `${letters[0]}${'*'.repeat(Math.max(letters.length - 2, 0))}${last}`;
}

/** 13800138000 → 138****8000, 05948291234 → 059****1234. Service numbers name nobody and stay; what cannot be read is hidden whole. */
export function maskPhone(phone: string): string {
  const known = normalisePhone(phone);
  if (!known.ok) return phone.trim() === '' ? '' : '****';
  const { digits, kind } = known;
  if (kind === 'short' || kind === 'service400') return digits;
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** 350322199001011234 → 350***************: the province and city stay, birth date and serial do not. */
export function maskIdNumber(id: string): string {
  const letters = id.trim();
  return letters.slice(0, 3) + '*'.repeat(Math.max(letters.length - 3, 0));
}
