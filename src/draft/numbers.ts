/** A measured value for readers: three significant digits, no exponent, no locale. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "no value";
  if (value === 0) return "0";
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size >= 15) return `10^${size}`;
  if (size < -6) return value > 0 ? "almost 0" : "just below 0";
  const rounded = size >= 2 ? Math.round(value).toFixed(0) : value.toFixed(2 - size).replace(/\.?0+$/, "");
  return rounded.replace(/^(-?\d+)/, (digits) => grouped(digits));
}

/** Thousands are set apart from five digits on. */
function grouped(digits: string): string {
  return digits.replace("-", "").length < 5 ? digits : digits.replace(/\d(?=(?:\d{3})+$)/g, "$&,");
}
