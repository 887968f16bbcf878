export { attachTo } from "./attach-to.js";
export { attachmentFor } from "./attachment.js";
export { nameFor, nameless, type Naming } from "./name-for.js";
export { inOrder } from "./in-order.js";
export { summarize, type Visible } from "./summarize.js";
export { errorOf, wouldBe, type PlaceOutcome } from "./outcome.js";
