import type { VendorPolicy } from "../../src/kit/wire/types.js";

/** Receivers answer what they like; one that is busy says so with 429. */
export const wire: VendorPolicy = {
  concurrency: 4,
  bucketOf: ({ url }) => url.host,
  perMinute: () => null,
  judge: () => null,
  answersPlainly: () => true,
};
