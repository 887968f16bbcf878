/** Of the SQLite that this program brings. */
export async function libraryVersion(): Promise<string> {
  const { default: Database } = await import("better-sqlite3");
  const database = new Database(":memory:");
  try {
    return database.prepare("select sqlite_version()").pluck().get() as string;
  } finally {
    database.close();
  }
}
