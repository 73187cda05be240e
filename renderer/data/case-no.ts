/** Number of a case; of one that the server has not taken in yet, the words that stand for it. */
export function caseNo(no: string, t: (key: string) => string): string {
  return no === '' ? t('codes:caseNoPending') : no;
}
