import type { WireLimits } from "./types.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const DEFAULT_LIMITS: WireLimits = {
  connectMs: 10 * SECOND,
  headersMs: 30 * SECOND,
  silenceMs: 30 * SECOND,
  wholeMs: 2 * MINUTE,
  maxBytes: 64 * 1024 * 1024,
  maxDepth: 64,
  maxTries: 6,
  maxWaitMs: 15 * MINUTE,
  backOffFirstMs: SECOND,
  backOffMaxMs: 60 * SECOND,
  maxRedirects: 3,
};
