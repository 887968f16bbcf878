/** null when this Node can run us, else what to say. The range is the one of package.json's `engines`. */
export function unsupportedNode(version: string): string | null {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 14) || major > 22) return null;
  return `timeline needs Node 20.19 or later in the 20 line, or 22.14 or later. This is Node ${version}.`;
}
