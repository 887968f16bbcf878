/** For whom a file is made. What is for the public is computed from public evidence, and never filtered afterwards. */
export const AUDIENCES = ["internal", "public"] as const;
export type Audience = (typeof AUDIENCES)[number];
