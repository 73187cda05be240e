import type { Scope } from '../../scripts/local/scope.ts';
import type { Say } from '../../scripts/runtime/progress.ts';
import { desk, launch } from './launch.ts';
import { type StartOptions, workstation } from './starts.ts';

const firstSyncWithinMs = 300_000;

/** Opens the app on a new workstation and leaves it when its replica is whole: the start that is measured is any day's, not the first day's. */
export async function warmUpDesk(
  options: StartOptions,
  name: 'large' | 'small',
  scope: Scope,
  say: Say,
): Promise<void> {
  say(`First sync of the ${name} workstation …`);
  const { app, page } = await launch(
    options.electronPath,
    desk(options.app, workstation(options, name)),
    scope,
    firstSyncWithinMs,
  );
  await page.locator('[data-testid=sync-dot][data-state=live]').waitFor({ timeout: firstSyncWithinMs });
  await app.close();
}
