import { expect, it } from 'vitest';
import { routes } from './api-route.js';
import { openApi } from './open-api.js';

it.each(routes.filter(([path]) => path !== 'openapi.json'))(
  '%s is described, with all of its methods',
  (path, methods) => {
    const described = Object.entries(openApi.paths).find(
      ([name]) => name.replaceAll(/\{(\w+)\}/g, ':$1') === `/${path}`,
    );
    const told = Object.keys(described?.[1] ?? {});
    for (const method of Object.keys(methods)) expect(told).toContain(method.toLowerCase());
  },
);
