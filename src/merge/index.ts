export { assignRoles } from "./assign-roles.js";
export { checkWritable } from "./check-target.js";
export { keepIds } from "./keep-ids.js";
export { compareBuilds, type BuildDifference, type ScopeDifference } from "./compare-builds.js";
export { marksOf } from "./marks-of.js";
export { nextHistory } from "./next-history.js";
export { withNotes } from "./with-notes.js";
export { writeOutput, type Written } from "./write-output.js";
