import type { FailureTable } from "./text.js";

/** Store and files: nothing is written where that is not safe. */
export const STORAGE_FAILURES = {
  BUILD_OVERTAKEN: {
    what: "Another build of the same incident began to write while this one ran.",
    todo: "Let the other one end, then build again: what both have read is kept.",
  },
  OUTPUT_UNUSABLE: {
    what: "A file cannot be written where it is to go: it is a folder, a device or a link that leads elsewhere, or its folder is read-only.",
    todo: "Move away what is in the way, correct the permissions, or choose another folder with --out.",
  },
  OWNER_FILE_CHANGED: {
    what: "The file that the owner edits was saved by somebody while the draft was made. It was not touched.",
    todo: "Build again. The proposal stands beside it as NAME.new.md.",
  },
  OWNER_FILE_CLOSED: {
    what: "The front matter of the file says `status: closed`: its owner is done with it, and it is not rebuilt.",
    todo: "Build with --reopen, which sets it back to `in review`, or into another folder with --out.",
  },
  OWNER_FILE_UNSAFE: {
    what: "The file that the owner edits is in a state in which a merge could lose something: conflict markers, cut off, not UTF-8, a changed closing mark, of another incident or a later version.",
    todo: "The message says which, and what to do. The proposal of the build stands beside it as NAME.new.md.",
  },
  PURGE_UNFINISHED: {
    what: "What was to be purged is deleted, yet copies of it may still be in the store's log: another process was reading.",
    todo: "Run `timeline purge` once more when the other command has ended: it removes the last copies.",
  },
  STORE_DAMAGED: {
    what: "The store is damaged: its bytes are not those that were written.",
    todo: "Move the file away and build again: the evidence is read anew from the sources, and your timeline file is not touched.",
  },
  STORE_DISK: {
    what: "The disk failed while the store was read or written.",
    todo: "Check the disk, then build again.",
  },
  STORE_EMPTY: { what: "The store is there and holds no incident.", todo: "Run `timeline build`." },
  STORE_FULL: {
    what: "No space is left where the store is.",
    todo: "Make space, then build again: what was read so far is kept.",
  },
  STORE_LOCKED: {
    what: "Another process wrote the store for longer than we wait.",
    todo: "Wait until the other build is done, then build again.",
  },
  STORE_MISSING: {
    what: "No build has made the store yet, or the config names another place.",
    todo: "Run `timeline build`, or look at the place with `timeline config show --origin`.",
  },
  STORE_NETWORK: {
    what: "The store is to be on a network file system, whose locks do not hold: it could be damaged there.",
    todo: 'Choose a folder on a local disk with "store" in the config.',
  },
  STORE_NEWER: {
    what: "The store was written by a newer version of this program, and was left alone.",
    todo: 'Use that version, or choose another place with "store" in the config.',
  },
  STORE_NOT_OURS: {
    what: "The file that is to be the store is another program's, a folder or a link; it was left as it is.",
    todo: 'Choose another place with "store" in the config.',
  },
  STORE_OLDER: {
    what: "The store was written by an earlier version of this program, and a dry run would have had to change it; it was left alone.",
    todo: "Build, or look with `timeline list`: that brings the store up to date. Then the dry run works.",
  },
  STORE_READ_ONLY: {
    what: "The store or its folder cannot be written by this user.",
    todo: 'Correct the permissions, or choose another place with "store" in the config.',
  },
  STORE_UNUSABLE: {
    what: "The store cannot be opened or made where it is to be.",
    todo: 'Check the folder, or choose another place with "store" in the config.',
  },
  WRITE_UNSAFE: {
    what: "The store, an output or a file that somebody edited cannot be written without risk, so that it was left alone.",
    todo: "The message names the file: free the disk, correct the permissions, or choose another place.",
  },
  WATCH_RUNNING: {
    what: "Another `timeline watch` is at work on the same store.",
    todo: "One does everything that is due. Stop it first, or give each its own store.",
  },
} satisfies FailureTable;
