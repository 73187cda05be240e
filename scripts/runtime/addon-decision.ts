/**
 * Whether the SQLite addon that ships with better-sqlite3 would crash here. It needs Node-API 10, which Node has since
 * 22.14 and Electron since 36; below that the process dies of a segmentation fault, so versions decide, not a trial.
 */
export function needsOwnBuild(nodeVersion: string, electronVersion: string): boolean {
  const [nodeMajor = 0, nodeMinor = 0] = numbers(nodeVersion);
  const [electronMajor = 0] = numbers(electronVersion);
  const nodeIsOld = nodeMajor < 22 || (nodeMajor === 22 && nodeMinor < 14);
  return nodeIsOld || electronMajor < 36;
}

function numbers(version: string): number[] {
  return version.replace(/^v/, '').split('.').map(Number);
}
