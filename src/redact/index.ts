export { maskDeep, maskEvidence } from "./mask-evidence.js";
export { maskText, MASK_VERSION } from "./mask-text.js";
