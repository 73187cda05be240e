import { describe, expect, it } from 'vitest';
import { sourceSchema } from '../model/codes.ts';
import { openapiDocument } from './openapi.ts';

const document = JSON.parse(JSON.stringify(openapiDocument())) as {
  openapi: string;
  paths: Record<
    string,
    Record<string, { operationId: string; security: unknown[]; requestBody?: object; responses: object }>
  >;
  components: { schemas: Record<string, { required?: string[]; properties?: object }> };
};

describe('the OpenAPI document', () => {
  it('names every endpoint of the server, and only /auth, /health and /docs are open', () => {
    const open = Object.entries(document.paths)
      .filter(([, methods]) => Object.values(methods).every((one) => one.security.length === 0))
      .map(([path]) => path);
    expect(open.sort()).toEqual(['/auth/login', '/auth/refresh', '/docs', '/health']);
    for (const path of [
      '/auth/logout',
      '/sync/snapshot',
      '/sync/changes',
      '/sync/notices',
      '/sync/commands',
      '/sync/digest',
      '/sync/rows',
    ])
      expect(document.paths[path], path).toBeDefined();
    for (const source of sourceSchema.options) expect(document.paths[`/intake/${source}`]?.post, source).toBeDefined();
  });

  it('refers only to schemas it holds, and each operation has its own name', () => {
    const refs = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
      (match) => match[1] ?? '',
    );
    for (const ref of refs) expect(document.components.schemas[ref], ref).toBeDefined();
    const names = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((one) => one.operationId),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('says what intake says: the number of the source is required, the defaults are not', () => {
    for (const source of sourceSchema.options) {
      const { required } = document.components.schemas[`Intake_${source}`] ?? {};
      expect(required, source).toContain('sourceNo');
      expect(required, source).not.toContain('category');
    }
    expect(document.components.schemas.Intake_hotline12345?.required).toContain('phone');
  });
});
