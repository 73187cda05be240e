/** 1284306 → 1,284,306. The same in both languages; tabular figures come from the style sheet. */
export function formatCount(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
