/** A number for people: four significant digits, thousands apart. */
export function figure(value: number): string {
  const [whole, fraction] = String(Number(value.toPrecision(4))).split(".") as [string, string | undefined];
  return `${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}${fraction === undefined ? "" : `.${fraction}`}`;
}
