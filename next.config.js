/** Next serves the pages and the API. Types are checked by `npm run check`, not again by every build. */
import createNextIntlPlugin from 'next-intl/plugin';

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  poweredByHeader: false,
  cacheComponents: false,
  serverExternalPackages: ['@temporalio/client', 'twilio', 'web-push', 'mjml'],
  // The render thread's file is found by its path, not by an import (engine/render-message.ts).
  outputFileTracingIncludes: { '/**': ['./engine/render-worker.mjs', './node_modules/liquidjs/**'] },
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
};

export default createNextIntlPlugin('./app/words-request.ts')(config);
