/** What an urging's text may say. No party's name, phone or account: a message may be read by others. */
export interface UrgeVars {
  /** Name and title of the recipient, e.g. 测试某某. */
  recipient: string;
  caseNo: string;
  title: string;
  /** Town and village, e.g. 枫亭镇秀峰村. */
  place: string;
  /** `2023-08-21 20:00`. */
  due: string;
  /** Hours past due, or left when not yet due; whole number. */
  hours: string;
  sender: string;
  note: string;
}
export const urgeVarNames = [
  'recipient',
  'caseNo',
  'title',
  'place',
  'due',
  'hours',
  'sender',
  'note',
] as const satisfies readonly (keyof UrgeVars)[];

const placeholder = /\{\{\s*(\w+)\s*\}\}/g;

/**
 * Text of one message: each `{{name}}` of the template replaced by its value, once, so that braces in a case's title are text. A name that is not a
 * variable stays as it stands; line breaks in values become spaces.
 */
export function composeUrgeText(template: string, vars: UrgeVars): string {
  return template
    .replace(placeholder, (whole, name: string) => (isVar(name) ? vars[name].replace(/\s+/g, ' ').trim() : whole))
    .trim();
}

/** Names in the template that are no variable: shown before a template is saved. */
export function unknownPlaceholders(template: string): string[] {
  return [...template.matchAll(placeholder)].map((match) => match[1] ?? '').filter((name) => !isVar(name));
}

function isVar(name: string): name is keyof UrgeVars {
  return (urgeVarNames as readonly string[]).includes(name);
}
