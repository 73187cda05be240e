import type { FastifyInstance } from 'fastify';
import type { Health } from '../../shared/protocol/health.ts';
import { protocolVersion } from '../../shared/protocol/version.ts';
import type { Central } from '../central.ts';
import { readMeta } from '../db/meta.ts';

export function getHealth(app: FastifyInstance, central: Central): void {
  app.get('/health', async (): Promise<Health> => {
    const { epoch, rev } = await readMeta(central.pool);
    const serverTime = central.clock.now();
    return { ok: true, product: 'xianyou-central', protocol: protocolVersion, epoch, rev, serverTime };
  });
}
